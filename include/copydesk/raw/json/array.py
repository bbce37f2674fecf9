"""JSON arrays, also inside an object that says more about them, of any size; and JSON values one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from copydesk.raw.compression.inflating import State
from copydesk.raw.compression.stream import Decompressed
from copydesk.raw.context import SIZE_SETTING, Context
from copydesk.raw.encodings.decoding import Undecodable
from copydesk.raw.encodings.transcoding import Utf8Stream
from copydesk.raw.json.scanner import Scanner, Value
from copydesk.raw.json.values import parse_json
from copydesk.raw.mapping import find_content, map_row, named
from copydesk.records import Origin, Reason, Record, Reject
from copydesk.sources.record import names_of

MAX_NAME_BYTES = 1 << 16
MAX_NAMES = 30  # of an object's members, to be told
UNREAD = "the rest of the file is not read"
RECORD_SEPARATOR = b"\x1e"  # of JSON text sequences


def read_json(stream: Decompressed, context: Context) -> Iterator[Record | Reject]:
    """A record or a reject for each element of an array, or for each object where there is none, then one if the file is damaged."""
    document = _Document(Utf8Stream(stream), context)
    yield from document.read()
    if document.is_broken:
        stream.mark_partial()
    stream.skip_rest()
    if stream.ending.state is not State.COMPLETE:
        yield context.reject_damaged(stream.ending, document.origin_of_rest())
    elif document.is_cut:
        origin = document.origin_of_rest()
        yield context.reject(Reason.TRUNCATED, f"the file ends inside the value at byte {origin.offset}", origin)


class _Document:
    """One file, read value by value."""

    def __init__(self, source: Utf8Stream, context: Context) -> None:
        self.is_cut = False
        self.is_broken = False
        self._has_rows = False  # whether objects at the top are records, as in JSON lines
        self._found: str | None = None  # the array of an object that holds its records
        self._is_empty = False  # whether one that has no element may be it
        self._names: list[str] = []
        self._rest = self._ordinal = 0
        self._source = source
        self._context = context
        self._scanner = Scanner(source)

    @property
    def _is_over(self) -> bool:
        return self.is_cut or self.is_broken

    def origin_of_rest(self) -> Origin:
        """Where the part begins of which no record was made."""
        return self._context.origin(None, self._ordinal, self._source.place(self._rest))

    def read(self) -> Iterator[Record | Reject]:
        """Every value at the top of the file, which as a rule is one."""
        while not self._is_over and (byte := self._scanner.peek()):
            if byte == b"[":
                self._scanner.skip()
                yield from self._elements()
            elif byte == b"{":
                yield from self._top_object()
            elif byte == RECORD_SEPARATOR:
                self._scanner.skip()
            else:
                yield self._row(self._scanner.read_value(self._context.max_record_bytes))
            self._rest = self._rest if self._is_over else self._scanner.offset

    def _elements(self) -> Iterator[Record | Reject]:
        """The elements of an array whose bracket was passed."""
        while (byte := self._scanner.peek()) != b"]":
            self._rest = self._scanner.offset
            if byte == b",":
                self._scanner.skip()
                continue
            value = self._scanner.read_value(self._context.max_record_bytes) if byte else None
            if not value or not value.is_whole:
                self.is_cut = True
                return
            yield self._row(value)
            if self._is_over:
                return
        self._scanner.skip()

    def _top_object(self) -> Iterator[Record | Reject]:
        """What an object at the top holds: records in an array, or itself one."""
        path, trouble = self._context.fields.items, ""
        if not path and not self._has_rows:
            start = self._scanner.read_start(self._context.max_record_bytes)
            self._scanner.unread(start.content or b"")
            trouble = self._trouble(start)
            self._has_rows = start.is_whole and not trouble
        yield from self._whole_row() if self._has_rows else self._envelope(path, trouble)

    def _trouble(self, start: Value) -> str:
        """Why an object is no record; nothing where it is one, or has no array that could hold records."""
        if not start.is_whole:
            return f"it is larger than {SIZE_SETTING}={self._context.max_record_bytes}"
        try:
            row = parse_json(start.content or b"")
        except (ValueError, RecursionError) as error:
            return f"not valid JSON: {error}" if b"[" in (start.content or b"") else ""
        if not isinstance(row, Mapping) or find_content(row, self._context.fields.content) is not None:
            return ""
        arrays = (value for value in row.values() if isinstance(value, list))
        return "it has no text" if any(all(isinstance(each, Mapping) for each in array) for array in arrays) else ""

    def _whole_row(self) -> Iterator[Record | Reject]:
        self._rest = self._scanner.offset
        value = self._scanner.read_value(self._context.max_record_bytes)
        self.is_cut = not value.is_whole
        if value.is_whole:
            yield self._row(value)

    def _envelope(self, path: str | None, trouble: str) -> Iterator[Record | Reject]:
        """The records in an object at the top; one reject where there is no array of them."""
        start = self._scanner.offset
        self._found, self._is_empty, self._names = None, False, []
        yield from self._members(path)
        if self._found is None and not self._is_empty and not self._is_over:
            where = f"no array at [record] items = {path!r}" if path else f"no array of objects, and {trouble}"
            reason = Reason.TOO_LARGE if trouble.startswith("it is larger") else Reason.UNPARSABLE
            yield self._reject(reason, start, f"{where}; the object has {named(self._names)}")

    def _members(self, path: str | None) -> Iterator[Record | Reject]:
        """The records in an object: in the array at `path`, or without one in its only array of objects."""
        self._scanner.skip()
        while self._scanner.peek() != b"}":
            self._rest = self._scanner.offset
            if self._scanner.peek() == b",":
                self._scanner.skip()
                continue
            name = self._read_name()
            if name is not None:
                yield from self._member(name, path)
            elif self.is_broken:
                yield self._reject(Reason.UNPARSABLE, self._rest, f"not valid JSON: no name of a member; {UNREAD}")
            if self._is_over:
                return
        self._scanner.skip()

    def _has_text(self) -> bool:
        """Whether a member that was met is, or holds, the one with the text."""
        return any(name.partition(".")[0] in self._names for name in names_of(self._context.fields.content))

    def _member(self, name: str, path: str | None) -> Iterator[Record | Reject]:
        """The records in the value of a member, if it is one that holds any."""
        byte = self._scanner.peek()
        self._names += [name] if len(self._names) < MAX_NAMES else []
        if byte == b"[" and path == name:
            self._found = name
            self._scanner.skip()
            yield from self._elements()
        elif byte == b"[" and path is None and not self._has_text():
            self._scanner.skip()
            yield from self._likely_elements(name)
        elif byte == b"{" and path and path.startswith(f"{name}."):
            yield from self._members(path[len(name) + 1 :])
        else:
            self.is_cut = not self._scanner.read_value(0).is_whole

    def _likely_elements(self, name: str) -> Iterator[Record | Reject]:
        """The elements of an array whose bracket was passed, if they are objects, and no array before it had any."""
        first = self._scanner.peek()
        if first == b"{" and self._found is None:
            self._found = name
            yield from self._elements()
            return
        if first == b"{":
            several = f"{self._found!r} and {name!r} are both arrays of objects, and of the second nothing is read"
            yield self._reject(Reason.UNPARSABLE, self._rest, f"{several}; [record] items names the one with the records")
        self._is_empty |= first == b"]"
        self.is_cut = not self._scanner.skip_nested()

    def _read_name(self) -> str | None:
        """The name of a member, its colon passed."""
        byte = self._scanner.peek()
        value = self._scanner.read_value(MAX_NAME_BYTES) if byte == b'"' else None
        colon = self._scanner.peek()
        self.is_cut = not byte or not colon
        self.is_broken = not self.is_cut and (not value or value.content is None or colon != b":")
        if self._is_over or not value:
            return None
        self._scanner.skip()
        try:
            return str(parse_json(value.content or b""))
        except ValueError:
            return ""

    def _row(self, value: Value) -> Record | Reject:
        offset = self._source.place(value.offset)
        if value.content is None:
            return self._context.reject_oversized(value.size, self._origin(None, offset))
        origin = self._origin(value.content, offset)
        where = f"element at byte {origin.offset}"
        try:
            return map_row(parse_json(value.content), self._context, origin, where)
        except Undecodable as error:
            return self._context.reject(Reason.UNDECODABLE, f"{where}: {error}", origin)
        except (ValueError, RecursionError) as error:
            # Brackets and quotes tell where a broken value ends; after a stray word there is nothing to go by.
            self.is_broken = not value.content.startswith((b"{", b"[", b'"'))
            rest = f"; {UNREAD}" if self.is_broken else ""
            return self._context.reject(Reason.UNPARSABLE, f"{where}: not valid JSON: {error}{rest}", origin)

    def _reject(self, reason: Reason, offset: int, detail: str) -> Reject:
        origin = self._origin(None, self._source.place(offset))
        return self._context.reject(reason, f"object at byte {origin.offset}: {detail}", origin)

    def _origin(self, content: bytes | None, offset: int) -> Origin:
        origin = self._context.origin(content, self._ordinal, offset)
        self._ordinal += 1
        return origin
