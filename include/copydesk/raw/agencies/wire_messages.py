"""The messages of a wire as control characters frame them, found by these alone: damage to one spoils no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from copydesk.raw.lines import Readable
from copydesk.raw.xml.windows import Window

SOH, STX, ETX, EOT = b"\x01", b"\x02", b"\x03", b"\x04"  # begin a header, begin a text, end that, end the transmission
BORDER = re.compile(rb"[\x01\x04]")
BORDER_OF_NOTHING = re.compile(rb"\x01|\x04++")  # between messages an idle line may send one end after another
IDLE = bytes({*range(0x21), 0x7F} - {1, 2, 3})  # what lines send while nothing is sent


@dataclass(frozen=True, slots=True)
class Stretch:
    """A message from its SOH to its EOT, or to the next SOH where that is missing; or what stands between two."""

    content: bytes | None  # None where it is too long to be held
    offset: int
    size: int
    is_message: bool
    is_last: bool

    @property
    def is_idle(self) -> bool:
        """Whether nothing stands in it."""
        return not self.is_message and self.content is not None and not self.content.translate(None, IDLE)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a message is made of."""

    header: bytes
    text: bytes
    ending: bytes  # between ETX and EOT
    is_whole: bool  # the end of its text is there
    stray_at: int | None  # where in the message a further text begins, whose header is lost


class Stretches:
    """A stream in stretches, of which one at a time is held."""

    def __init__(self, stream: Readable, max_bytes: int) -> None:
        self._window = Window(stream, max_bytes)

    def __iter__(self) -> Iterator[Stretch]:
        """Every stretch in order, without empty ones."""
        window, begin, is_message = self._window, 0, False
        window.open(begin)
        while found := window.find(BORDER if is_message else BORDER_OF_NOTHING):
            is_start = found[0] == SOH
            stop = window.start + found.start() if is_start else window.at
            if stop > begin:
                yield self._cut(stop, is_message)
            window.open(stop)
            begin, is_message = stop, is_start
        if window.end > begin:
            yield self._cut(window.end, is_message, is_last=True)

    def _cut(self, stop: int, is_message: bool, is_last: bool = False) -> Stretch:
        span = self._window.cut(stop)
        return Stretch(span.content, span.offset, span.size, is_message, is_last)


def parts_of(message: bytes) -> Parts | None:
    """The parts of a message; None where no text begins in it. A text without ETX ends with the transmission."""
    content = message.removeprefix(SOH)
    header, begins, rest = content.removesuffix(EOT).partition(STX)
    if not begins:
        return None
    text, ends, ending = rest.partition(ETX)
    ending, further, _ = ending.partition(STX)
    at = len(SOH + header + STX + text + ETX + ending) if further else None
    return Parts(header, text, ending, bool(ends) or content.endswith(EOT), at)
