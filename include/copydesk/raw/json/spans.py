"""The objects of a JSON file, in an array, one behind the other, or only one: cut apart by their braces.

By nothing else, unlike the scanner, which must know what an object at the top holds: a square bracket too few in one spoils no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.raw.lines import Readable
from copydesk.raw.xml.windows import Span, Window

BETWEEN = re.compile(rb"[^\s\[\],\x1e]")  # the first byte of something; U+001E parts the objects of JSON text sequences
BRACE = re.compile(rb'["{}]')
IN_STRING = re.compile(rb'\\.|"', re.DOTALL)
JUNK_END = re.compile(rb"\n|(?=\{)")


class JsonSpans:
    """The outermost objects of a stream; what stands between them and is none goes line by line."""

    def __init__(self, stream: Readable, max_bytes: int) -> None:
        self._window = Window(stream, max_bytes)

    @property
    def has_any(self) -> bool:
        """Whether anything but white space was met, known once the stream has ended."""
        return bool(self._window.head.strip() or self._window.tail.strip())

    @property
    def is_closed(self) -> bool:
        """Whether an array that was begun has its end, known once the stream has ended."""
        head = bytes(self._window.head).lstrip()
        return not head.startswith(b"[") or self._window.tail.rstrip().endswith(b"]")

    def __iter__(self) -> Iterator[Span]:
        window = self._window
        while found := window.find(BETWEEN):
            window.open(window.at - 1)
            if found[0] == b"{":
                is_whole = self._to_brace()
                yield window.cut(window.at, is_cut=not is_whole)
            else:
                window.find(JUNK_END)
                yield window.cut(window.at)

    def _to_brace(self) -> bool:
        """Go behind the brace that closes the object; whether there is one."""
        depth = 1
        while depth and (found := self._window.find(BRACE)):
            if found[0] == b'"':
                self._skip_string()
            else:
                depth += 1 if found[0] == b"{" else -1
        return not depth

    def _skip_string(self) -> None:
        while (found := self._window.find(IN_STRING)) and found[0] != b'"':
            pass
