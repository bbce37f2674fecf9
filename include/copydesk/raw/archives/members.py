"""What archives are made of: members, and the bytes of one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from copydesk.raw.compression.inflating import Damaged, Stored
from copydesk.raw.compression.stream import BUFFER_BYTES, Ending, State


class Kind(StrEnum):
    """What a member is; all but files are no documents by their nature."""

    FILE = "file"
    FOLDER = "folder of an archive"
    LINK = "link in an archive"
    SPECIAL = "device or other special member of an archive"


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an archive, its bytes to be read before the next one is asked for."""

    name: str  # as it stands there, be it absolute or with '..': nothing is ever written under it
    kind: Kind
    content: Stored
    trouble: str = ""  # why it cannot be read, and what to do


class Slice:
    """The next `size` bytes of a stream; Damaged, as `describe` says, where the stream ends before."""

    def __init__(self, stream: Stored, size: int, describe: Callable[[], Ending]) -> None:
        self._stream = stream
        self._describe = describe
        self.left = size
        self.is_short = False

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes."""
        data = self._stream.read(min(size, self.left))
        if not data and self.left and size:
            self.is_short = True
            raise Damaged(self._describe())
        self.left -= len(data)
        return data

    def skip(self) -> bool:
        """Read past what is left; whether it was all there."""
        while not self.is_short and self.left:
            data = self._stream.read(min(BUFFER_BYTES, self.left))
            self.is_short = not data
            self.left -= len(data)
        return not self.is_short


def broken(detail: str, offset: int = 0) -> Ending:
    """The end of an archive that is not made as archives are."""
    return Ending(State.BROKEN_ARCHIVE, offset, offset, detail)
