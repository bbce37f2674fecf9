"""Plain text: one article a file, or many with a line between them that the source names."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator

from copydesk.raw.compression.inflating import State
from copydesk.raw.compression.stream import Decompressed
from copydesk.raw.context import Context
from copydesk.raw.documents import read_document
from copydesk.raw.encodings.transcoding import Utf8Stream
from copydesk.raw.lines import ANY_END, Line, read_lines
from copydesk.records import Record, Reject
from copydesk.sources.record import RecordFields

MEDIA_TYPE = "text/plain"
MAX_SEPARATOR_BYTES = 1000  # a longer line separates nothing, and is searched for no pattern


def read_text(stream: Decompressed, context: Context) -> Iterator[Record | Reject]:
    """The article of a text file, or every article of one whose source names a separator."""
    if is_separator := separator_of(context.fields):
        return _read_articles(stream, context, is_separator)
    return read_document(stream, context, MEDIA_TYPE)


def separator_of(fields: RecordFields) -> Callable[[bytes], bool] | None:
    """What tells whether a line stands between two articles, spaces around it aside; None where a file is one article."""
    if fields.separator:
        separator = fields.separator.strip().encode()
        return lambda line: line.strip() == separator
    if fields.separator_pattern:
        pattern = re.compile(fields.separator_pattern)
        return lambda line: len(line) <= MAX_SEPARATOR_BYTES and bool(pattern.fullmatch(line.decode("utf-8", "replace").strip()))
    return None


def _read_articles(stream: Decompressed, context: Context, is_separator: Callable[[bytes], bool]) -> Iterator[Record | Reject]:
    """A record or a reject for each article that is not blank, then one reject if the file is damaged."""
    source = Utf8Stream(stream, context.fields.encoding)
    article = _Article(0, context.max_record_bytes)
    ordinal = 0
    for line in read_lines(source, context.max_record_bytes, ANY_END):
        is_cut = not line.has_end and stream.ending.state is not State.COMPLETE
        if is_cut or line.content is None or not is_separator(line.text):
            article.add(line)
            continue
        if not article.is_blank:
            yield article.read(context, ordinal, source)
            ordinal += 1
        article = _Article(line.offset + line.size, context.max_record_bytes)
    if stream.ending.state is not State.COMPLETE:
        yield context.reject_damaged(stream.ending, context.origin(None, ordinal, source.place(article.offset)))
    elif not article.is_blank:
        yield article.read(context, ordinal, source)


class _Article:
    """The lines of one article, as long as they are not too many."""

    def __init__(self, offset: int, max_bytes: int) -> None:
        self.offset = offset
        self.is_blank = True
        self._max_bytes = max_bytes
        self._size = 0
        self._lines: list[bytes] = []

    def add(self, line: Line) -> None:
        """Another line of it."""
        self._size += line.size
        self.is_blank &= line.content is not None and not line.content.removeprefix(BOM_UTF8).strip()
        self._lines.append(line.content or b"")
        if self._size > self._max_bytes:
            self._lines.clear()

    def read(self, context: Context, ordinal: int, source: Utf8Stream) -> Record | Reject:
        """What becomes of it."""
        offset = source.place(self.offset)
        if self._size > self._max_bytes:
            return context.reject_oversized(self._size, context.origin(None, ordinal, offset))
        content = b"".join(self._lines)
        origin = context.origin(content, ordinal, offset)
        charset = None if source.wide else context.fields.encoding
        return Record(content, MEDIA_TYPE, origin, id=context.place(origin), charset=charset)
