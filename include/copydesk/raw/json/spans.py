"""The objects of a JSON file, in an array, one behind the other, or only one: cut apart by their braces.

By nothing else, unlike the scanner: a square bracket too few in one object, or a word between two, spoils no other. The scanner, which
reads what an object at the top holds member by member, must count both kinds of brackets, and nothing tells it where to go on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.raw.lines import Readable
from copydesk.raw.xml.windows import Span, Window

BETWEEN = re.compile(rb"[^\s\[\],\x1e]")  # the first byte of something; U+001E parts the objects of JSON text sequences
IN_ARRAY = re.compile(rb"[^\s,\x1e]")
BRACE = re.compile(rb'["{}]')
IN_STRING = re.compile(rb'\\.|"', re.DOTALL)
JUNK_END = re.compile(rb"\n|(?=\{)")


class JsonSpans:
    """The outermost objects of a stream; what stands between them is taken line by line."""

    def __init__(self, stream: Readable, max_bytes: int, array_at: int | None = None) -> None:
        """`array_at` is where the array of them begins that stands in an object at the top, if one does."""
        self._window = Window(stream, max_bytes)
        self._array_at = array_at
        self._is_inside = array_at is not None

    @property
    def has_any(self) -> bool:
        """Whether anything but white space was met, known once the stream has ended."""
        return bool(self._window.head.strip() or self._window.tail.strip())

    @property
    def is_closed(self) -> bool:
        """Whether an array that was begun has its end, known once the stream has ended."""
        head = bytes(self._window.head).lstrip()
        return not self._is_inside and (not head.startswith(b"[") or self._window.tail.rstrip().endswith(b"]"))

    def __iter__(self) -> Iterator[Span]:
        if self._array_at is not None:
            yield from self._enveloped(self._array_at)
        while found := self._window.find(BETWEEN):
            yield self._next(found[0])

    def _enveloped(self, array_at: int) -> Iterator[Span]:
        """The objects of the array; behind it the object around it is passed over to its end."""
        self._window.at = array_at + 1
        while found := self._window.find(IN_ARRAY):
            if found[0] == b"]":
                self._is_inside = not self._to_brace()
                return
            yield self._next(found[0])

    def _next(self, first: bytes) -> Span:
        """The object, or the line of junk, whose first byte was just found."""
        window = self._window
        window.open(window.at - 1)
        if first == b"{":
            is_whole = self._to_brace()
            return window.cut(window.at, is_cut=not is_whole)
        window.find(JUNK_END)
        return window.cut(window.at)

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
