"""The items of an XML file, found by their tags alone: a broken one spoils no other, and no more than one is held."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from copydesk.raw.lines import Readable
from copydesk.raw.xml.windows import Span, Window

QUIET_ENDS = {b"<![CDATA[": re.compile(rb"\]\]>"), b"<!--": re.compile(rb"-->"), b"<?": re.compile(rb"\?>")}
TAG_END = re.compile(rb"/?>")


class Spans:
    """The items of a stream by the names of their elements; one that has no end tag ends where the next of its name begins."""

    def __init__(self, stream: Readable, names: Sequence[str], max_bytes: int) -> None:
        self._window = Window(stream, max_bytes)
        named = "|".join(map(re.escape, names)).encode()
        self._tag = re.compile(rb"(?P<quiet><!\[CDATA\[|<!--|<\?)|<(?P<close>/?)(?:[\w.-]{1,60}:)?(?P<name>%b)(?=[\s/>])" % named)
        self.count = 0

    @property
    def head(self) -> bytes:
        """What stands before the first item, known once that was found or the stream has ended."""
        return bytes(self._window.head)

    @property
    def tail(self) -> bytes:
        """The end of what was read."""
        return self._window.tail

    def __iter__(self) -> Iterator[Span]:
        """Every item in order."""
        window, opened = self._window, b""
        while found := window.find(self._tag):
            if found["quiet"]:
                window.find(QUIET_ENDS[found["quiet"]])
                continue
            at, is_end = window.start + found.start(), bool(found["close"])
            if opened and found["name"] == opened:
                if is_end and not window.find(TAG_END):
                    break
                opened = b""
                yield self._cut(window.at if is_end else at)
            if not opened and not is_end:
                opened = found["name"]
                window.open(at)
                if (tag_end := window.find(TAG_END)) and tag_end[0] == b"/>":
                    opened = b""
                    yield self._cut(window.at)
        if window.mark is not None:
            yield self._cut(window.end, is_cut=True)

    def _cut(self, stop: int, is_cut: bool = False) -> Span:
        self.count += 1
        return self._window.cut(stop, is_cut)
