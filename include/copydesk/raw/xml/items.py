"""The items of an XML file one by one, each made into a record by the reader of its format."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from copydesk.raw.compression.stream import Decompressed, State
from copydesk.raw.context import Context
from copydesk.raw.encodings.decoding import Undecodable, decode
from copydesk.raw.encodings.names import python_codec
from copydesk.raw.encodings.transcoding import Utf8Stream
from copydesk.raw.xml.spans import Spans
from copydesk.raw.xml.tree import Head, Unreadable, parse_item
from copydesk.raw.xml.windows import Span
from copydesk.records import Edition, Origin, Reason, Record, Reject, Skipped

DECLARED = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")

Made = Record | Reject | Skipped


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What files of a format are made of."""

    called: str  # for people
    items: tuple[str, ...]  # elements that are a record each
    roots: frozenset[str]  # elements that may hold no item at all


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a file, and what stands before the first."""

    element: Element
    head: Head
    origin: Origin
    context: Context

    def withdrawn(self, detail: str, edition: Edition, url: str | None = None) -> Reject:
        """It says that the item is not to be published."""
        return replace(self.reject(Reason.WITHDRAWN, detail, url), edition=edition)

    def reject(self, reason: Reason, detail: str, url: str | None = None) -> Reject:
        """It became no record."""
        return self.context.reject(reason, f"{_where(self.element.tag, self.origin)}: {detail}", self.origin, url)


def read_items(stream: Decompressed, context: Context, vocabulary: Vocabulary, make: Callable[[Item], Made]) -> Iterator[Made]:
    """What `make` makes of each item of the file; then one reject if the file is damaged, or not of the format."""
    reading = _Reading(stream, context, vocabulary, make)
    yield from reading.items()
    stream.skip_rest()
    if trouble := reading.trouble():
        yield trouble


class _Reading:
    """How far a file was read."""

    def __init__(self, stream: Decompressed, context: Context, vocabulary: Vocabulary, make: Callable[[Item], Made]) -> None:
        self._stream, self._context, self._vocabulary, self._make = stream, context, vocabulary, make
        self._utf8 = Utf8Stream(stream)
        self._spans = Spans(self._utf8, vocabulary.items, context.max_record_bytes)
        self._head: Head | None = None
        self._declared: str | None = None
        self._refused: Unreadable | None = None
        self._cut: Span | None = None
        self._ordinal = self._end = 0

    def items(self) -> Iterator[Made]:
        for span in self._spans:
            if self._head is None and not self._read_head():
                return
            if span.is_cut:
                self._cut = span
                return
            offset = self._utf8.place(span.offset)
            self._end = span.offset + span.size
            made = self._item(span, offset)
            self._ordinal += not isinstance(made, Skipped)
            yield made

    def _read_head(self) -> bool:
        content = self._spans.head
        declared = DECLARED.match(content)
        codec = python_codec(declared[1].decode("ascii")) if declared else None
        # A declaration that can be read byte by byte is not written in UTF-16, whatever it says.
        self._declared = codec if codec and not codec.startswith("utf-16") else None
        try:
            self._head = Head(self._text(content))
        except Unreadable as error:
            self._refused = error
            self._stream.mark_partial()
        except Undecodable:
            self._head = Head("")
        return self._refused is None

    def _text(self, content: bytes) -> str:
        return decode(content, "application/xml", None if self._utf8.wide else self._declared).text

    def _item(self, span: Span, offset: int) -> Made:
        origin = self._origin(span.content, offset)
        if span.content is None:
            return self._context.reject_oversized(span.size, origin)
        try:
            element = parse_item(self._text(span.content), self._head.namespaces if self._head else {})
        except Unreadable as error:
            return self._context.reject(error.reason, f"item at byte {origin.offset}: {error}", origin)
        except Undecodable as error:
            return self._context.reject(Reason.UNDECODABLE, f"item at byte {origin.offset}: {error}", origin)
        return self._make(Item(element, self._head or Head(""), origin, self._context))

    def _origin(self, content: bytes | None, offset: int) -> Origin:
        if content is not None and self._utf8.wide:
            content = content.decode("utf-8", "replace").encode(self._utf8.wide, "replace")
        return self._context.origin(content, self._ordinal, offset)

    def trouble(self) -> Reject | None:
        """What is wrong with the file itself."""
        if self._head is None and self._refused is None:
            self._read_head()
        if self._refused:
            return self._context.reject(
                self._refused.reason, f"nothing of the file is read: {self._refused}", self._origin(None, 0)
            )
        origin = self._origin(None, self._utf8.place(self._cut.offset if self._cut else self._end))
        if self._stream.ending.state is not State.COMPLETE:
            return self._context.reject_damaged(self._stream.ending, origin)
        if self._cut:
            detail = f"the file ends inside the item at byte {origin.offset}"
            return self._context.reject(Reason.TRUNCATED, detail, origin)
        return self._trouble_around(origin)

    def _trouble_around(self, origin: Origin) -> Reject | None:
        """What is wrong where no item is: nothing of the format, or no end of what was begun."""
        root = self._head.root if self._head else None
        name = self._head.name if self._head else None
        if not self._spans.count:
            if not self._spans.head.strip():
                return self._context.reject(Reason.EMPTY, "nothing stands in the file", origin)
            if root is None and self._head and self._head.is_sound:
                return self._context.reject(Reason.TRUNCATED, "the file ends before the element it would be", origin)
            if root is None or root.tag not in self._vocabulary.roots:
                return self._context.reject(Reason.UNPARSABLE, self._foreign(root), origin)
        if name and not re.search(rb"</%b\s*>\s*|<%b[^<>]*/>" % ((re.escape(name.encode()),) * 2), self._spans.tail):
            detail = f"the file ends at byte {self._stream.ending.offset} before the </{name}> that closes it"
            return self._context.reject(Reason.TRUNCATED, detail, origin)
        return None

    def _foreign(self, root: Element | None) -> str:
        wanted = " or ".join(f"<{name}>" for name in self._vocabulary.items)
        found = "it is no XML" if root is None else f"its root is <{root.tag}>"
        return f"no {self._vocabulary.called}: {wanted} stands nowhere in the file; {found}"


def _where(name: str, origin: Origin) -> str:
    return f"<{name}> at byte {origin.offset}"
