"""JSON lines: one object a line, its fields mapped by the source."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from copydesk.raw.compression import BUFFER_BYTES, Decompressed, State
from copydesk.raw.context import Context
from copydesk.raw.decoding import Undecodable, decode, scrub
from copydesk.records import Origin, Reason, Record, Reject
from copydesk.sources import RecordFields

GIVEN = ("title", "published_at", "authors")
# Raw tabs inside strings are against the letter of JSON, and common in dumps.
DECODER = json.JSONDecoder(strict=False)
ARRAY = "the file is a JSON array, not JSON lines: write one object a line, with no brackets around and no commas between"


@dataclass(frozen=True, slots=True)
class _Line:
    content: bytes  # without its end; of an oversized line only the beginning
    offset: int
    size: int
    has_end: bool


def read_jsonl(stream: Decompressed, context: Context) -> Iterator[Record | Reject]:
    """A record or a reject for each line that is not blank, then one reject if the file is damaged."""
    ordinal = tail = 0
    for line in _lines(stream, context.max_record_bytes):
        tail = line.offset
        if not line.has_end and stream.ending.state is not State.COMPLETE:
            break
        tail += line.size
        if line.content.removeprefix(BOM_UTF8).strip():
            yield _read_line(line, context, ordinal)
            ordinal += 1
    if stream.ending.state is not State.COMPLETE:
        yield context.reject_damaged(stream.ending, context.origin(None, ordinal, tail))


def _lines(stream: Decompressed, max_bytes: int) -> Iterator[_Line]:
    """Every line; one over `max_bytes` is read past without being held."""
    offset = 0
    while content := stream.readline(max_bytes + 3):  # room for a line end of two bytes
        size, end = len(content), content[-1:]
        if size > max_bytes + 2:
            while end != b"\n" and (more := stream.readline(BUFFER_BYTES)):
                size, end = size + len(more), more[-1:]
        yield _Line(content.rstrip(b"\r\n"), offset, size, end == b"\n")
        offset += size


def _read_line(line: _Line, context: Context, ordinal: int) -> Record | Reject:
    if len(line.content) > context.max_record_bytes:
        return context.reject_oversized(line.size, context.origin(None, ordinal, line.offset))
    origin = context.origin(line.content, ordinal, line.offset)
    try:
        return _map_row(DECODER.decode(_text(line.content)), context, origin)
    except Undecodable as error:
        return context.reject(Reason.UNDECODABLE, f"line at byte {line.offset}: {error}", origin)
    except (ValueError, RecursionError) as error:
        return _reject_broken(line, context, origin, error)


def _text(content: bytes) -> str:
    content = content.removeprefix(BOM_UTF8)  # of the file, or of a file that was appended to it
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return decode(content, "application/json").text


def _reject_broken(line: _Line, context: Context, origin: Origin, error: Exception) -> Reject:
    is_cut = not line.has_end and not line.content.rstrip().endswith(b"}")
    if is_cut and line.content.lstrip().startswith((b"{", BOM_UTF8)):
        return context.reject(Reason.TRUNCATED, f"the file ends inside the line at byte {line.offset}: {error}", origin)
    trouble = ARRAY if _is_of_array(line.content, error) else f"not valid JSON: {error}"
    return context.reject(Reason.UNPARSABLE, f"line at byte {line.offset}: {trouble}", origin)


def _is_of_array(content: bytes, error: Exception) -> bool:
    """Whether a line begins or ends a JSON array, or is a value of it with the comma behind."""
    comma = isinstance(error, json.JSONDecodeError) and error.doc[error.pos :].strip() == ","
    line = content.removeprefix(BOM_UTF8).strip()
    return comma or line.startswith(b"[") or line == b"]"


def _map_row(row: object, context: Context, origin: Origin) -> Record | Reject:
    if not isinstance(row, dict):
        found = ARRAY if isinstance(row, list) else f"a JSON {type(row).__name__}, where each line must be an object"
        found = f"line at byte {origin.offset}: {found}"
        return context.reject(Reason.UNPARSABLE, found, origin)
    name = context.fields.content
    content = row.get(name)
    where = f"line at byte {origin.offset}: field {name!r}"
    if isinstance(content, str) and content.strip():
        return _make_record(row, content, context.fields, origin)
    if content is None or isinstance(content, str):
        reason, state = Reason.MISSING_CONTENT, "is empty" if name in row else f"is missing; the line has {_names(row)}"
    else:
        reason, state = Reason.UNPARSABLE, f"holds a {type(content).__name__}, where text is expected"
    return context.reject(reason, f"{where} {state}", origin, _value(row, context.fields.url))


def _make_record(row: dict[str, Any], content: str, fields: RecordFields, origin: Origin) -> Record:
    return Record(
        content,
        fields.media_type,
        origin,
        id=_value(row, fields.id),
        url=_value(row, fields.url),
        crawl_date=_value(row, fields.crawl_date),
        given={name: value for name in GIVEN if (value := _value(row, getattr(fields, name)))},
    )


def _value(row: dict[str, Any], name: str | None) -> str | None:
    """A field as a string; None where it is absent, empty, or nothing that can be read as one."""
    return (_as_string(row.get(name)) or None) if name else None


def _as_string(value: object) -> str:
    if isinstance(value, str):
        return scrub(value).strip()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, list):
        return "; ".join(filter(None, map(_as_string, value)))
    if isinstance(value, dict):  # an author as an object, the way schema.org writes it
        return _as_string(value.get("name"))
    return ""


def _names(row: dict[str, Any]) -> str:
    shown = ", ".join(repr(scrub(name)[:40]) for name in list(row)[:10])
    return shown or "no fields at all"
