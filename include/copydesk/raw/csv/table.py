"""CSV and TSV: one article a row, its columns mapped by the source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from copydesk.raw.compression.inflating import State
from copydesk.raw.compression.stream import Decompressed
from copydesk.raw.context import SIZE_SETTING, Context
from copydesk.raw.csv.dialect import line_decoder, sniff_delimiter, without_declaration
from copydesk.raw.csv.rows import CsvRow, CsvRows, Trouble
from copydesk.raw.encodings.names import SAMPLE_BYTES
from copydesk.raw.encodings.transcoding import Utf8Stream
from copydesk.raw.lines import ANY_END, read_lines
from copydesk.raw.mapping import in_words, map_row, named
from copydesk.records import Origin, Reason, Record, Reject
from copydesk.sources.record import names_of

NULL = r"\N"  # nothing, as MySQL and PostgreSQL write it


def read_csv(stream: Decompressed, context: Context) -> Iterator[Record | Reject]:
    """A record or a reject for each row that is not blank, then one reject if the file is damaged."""
    fields, limit = context.fields, context.max_record_bytes
    source = Utf8Stream(stream, fields.encoding)
    decode_line = line_decoder(source, fields.encoding)
    delimiter = fields.delimiter or sniff_delimiter(decode_line(source.peek(SAMPLE_BYTES)), fields.columns)
    lines = read_lines(source, limit, ANY_END)
    rows = CsvRows(lines, delimiter, decode_line, lambda: stream.ending.state is State.COMPLETE, limit)
    table = _Table(context, source)
    yield from table.read(rows, stream)
    stream.skip_rest()
    if stream.ending.state is not State.COMPLETE:
        yield context.reject_damaged(stream.ending, context.origin(None, table.ordinal, source.place(table.tail)))


class _Table:
    """The rows of one file as records."""

    def __init__(self, context: Context, source: Utf8Stream) -> None:
        self.ordinal = self.tail = 0
        self._context = context
        self._source = source

    def read(self, rows: CsvRows, stream: Decompressed) -> Iterator[Record | Reject]:
        header = None if self._context.fields.columns else rows.read_row()
        if header and not header.trouble and not without_declaration(header.content):
            header = rows.read_row()
        if header and header.trouble and not self._is_damage(header, stream):
            stream.mark_partial()
            yield self._reject(header, "the header: nothing of the file is read")
            self.ordinal, self.tail = 1, header.end
        names = _unique(self._context.fields.columns or (header.fields if header else ()))
        for row in rows.read_rows(len(names)) if names else ():
            self.tail = row.offset
            if self._is_damage(row, stream):
                break
            yield self._read_row(row, names)
            self.ordinal, self.tail = self.ordinal + 1, row.end
        is_read = header and not header.trouble and not self._is_damage(header, stream)
        if header and is_read and not self.ordinal and not {*names_of(self._context.fields.content)}.intersection(names):
            yield self._reject_header(header, names)

    def _reject_header(self, header: CsvRow, names: list[str]) -> Reject:
        """What has no rows and not even the columns that are wanted is another format in one line, rather than an empty table."""
        origin, where = self._locate(header)
        self.ordinal += 1
        missing = (
            f"{where}: no row follows, and column {in_words(self._context.fields.content)} is missing; there is {named(names)}"
        )
        return self._context.reject(Reason.MISSING_CONTENT, missing, origin)

    def _is_damage(self, row: CsvRow, stream: Decompressed) -> bool:
        """Whether a row is what is left before the place where its file is broken."""
        return (not row.has_end or row.trouble is Trouble.OPEN) and stream.ending.state is not State.COMPLETE

    def _read_row(self, row: CsvRow, names: list[str]) -> Record | Reject:
        if row.trouble:
            return self._reject(row, "")
        origin, where = self._locate(row)
        if len(row.fields) == len(names):
            fields = ("" if field == NULL else field for field in row.fields)
            return map_row(dict(zip(names, fields, strict=True)), self._context, origin, where)
        reason = Reason.UNPARSABLE if row.has_end else Reason.TRUNCATED
        hint = "; is there a delimiter in a field without quotes?" if len(row.fields) > len(names) else ""
        return self._context.reject(reason, f"{where}: {len(row.fields)} fields for {len(names)} columns{hint}", origin)

    def _reject(self, row: CsvRow, consequence: str) -> Reject:
        origin, where = self._locate(row)
        rest = consequence or f"nothing is read from there to byte {self._context.first_byte + self._source.place(row.end)}"
        if row.trouble is Trouble.TOO_LARGE:
            trouble = f"more than {SIZE_SETTING}={self._context.max_record_bytes} bytes; is a quote not closed?"
            return self._context.reject(Reason.TOO_LARGE, f"{where}: {trouble} {rest}", origin)
        if row.trouble is Trouble.OPEN and not row.has_end:
            return self._context.reject(Reason.TRUNCATED, f"{where}: the file ends inside quotes", origin)
        trouble = "a quote is not closed" if row.trouble is Trouble.OPEN else f"its quotes are not sound: {row.detail}"
        return self._context.reject(Reason.UNPARSABLE, f"{where}: {trouble}; {rest}", origin)

    def _locate(self, row: CsvRow) -> tuple[Origin, str]:
        content = None if row.trouble else row.content
        origin = self._context.origin(content, self.ordinal, self._source.place(row.offset))
        line = "" if self._context.first_byte else f" (line {row.line})"  # a piece does not know how many stand before it
        return origin, f"row at byte {origin.offset}{line}"


def _unique(names: Iterable[str]) -> list[str]:
    """Names of columns, those that stand twice told apart the way pandas does: `text`, `text.1`."""
    seen: Counter[str] = Counter()
    told: list[str] = []
    for name in map(str.strip, names):
        told.append(f"{name}.{seen[name]}" if seen[name] else name)
        seen[name] += 1
    return told
