"""JSON lines: one object a line, its fields mapped by the source."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Iterator

from copydesk.raw.compression.inflating import State
from copydesk.raw.compression.stream import Decompressed
from copydesk.raw.context import Context
from copydesk.raw.encodings.decoding import Undecodable
from copydesk.raw.encodings.transcoding import Utf8Stream
from copydesk.raw.json.values import parse_json
from copydesk.raw.lines import Line, read_lines
from copydesk.raw.mapping import map_row
from copydesk.records import Origin, Reason, Record, Reject

OBJECT = b"{"
ARRAY = 'an array or a piece of one, where each line is an object; a file that is one array is read with format = "json"'


def read_jsonl(stream: Decompressed, context: Context) -> Iterator[Record | Reject]:
    """A record or a reject for each line that is not blank, and one for each place where the file is damaged.

    Behind damage it goes on with the next compressed member that begins with an object, as a piece of the file would.
    """
    source = Utf8Stream(stream)
    ordinal = end = 0
    is_going_on = True
    while is_going_on:
        tail = end
        for line in read_lines(source, context.max_record_bytes, first_byte=end):
            end = line.offset + line.size
            if not line.has_end and stream.ending.state is not State.COMPLETE:
                break
            tail = end
            if line.content is None or line.text.removeprefix(BOM_UTF8).strip():
                yield _read_line(line, context, source, ordinal)
                ordinal += 1
        is_going_on = False
        if stream.ending.state is not State.COMPLETE:
            yield context.reject_damaged(stream.ending, context.origin(None, ordinal, source.place(tail)))
            ordinal += 1
            is_going_on = not source.wide and stream.resume(_is_object_start)


def _is_object_start(prefix: bytes) -> bool:
    return prefix.startswith(OBJECT)


def _read_line(line: Line, context: Context, source: Utf8Stream, ordinal: int) -> Record | Reject:
    offset = source.place(line.offset)
    if line.content is None:
        return context.reject_oversized(line.size, context.origin(None, ordinal, offset))
    origin = context.origin(line.text, ordinal, offset)
    where = f"line at byte {origin.offset}"
    try:
        row = parse_json(line.text)
    except Undecodable as error:
        return context.reject(Reason.UNDECODABLE, f"{where}: {error}", origin)
    except (ValueError, RecursionError) as error:
        return _reject_broken(line, context, origin, error)
    if isinstance(row, list):
        return context.reject(Reason.UNPARSABLE, f"{where}: {ARRAY}", origin)
    return map_row(row, context, origin, where)


def _reject_broken(line: Line, context: Context, origin: Origin, error: Exception) -> Reject:
    is_cut = not line.has_end and not line.text.rstrip().endswith(b"}")
    if is_cut and line.text.lstrip().startswith((OBJECT, BOM_UTF8)):
        return context.reject(Reason.TRUNCATED, f"the file ends inside the line at byte {origin.offset}: {error}", origin)
    trouble = ARRAY if _is_of_array(line.text, error) else f"not valid JSON: {error}"
    return context.reject(Reason.UNPARSABLE, f"line at byte {origin.offset}: {trouble}", origin)


def _is_of_array(text: bytes, error: Exception) -> bool:
    """Whether a line begins or ends a JSON array, or is a value of it with the comma behind."""
    comma = isinstance(error, json.JSONDecodeError) and error.doc[error.pos :].strip() == ","
    line = text.removeprefix(BOM_UTF8).strip()
    return comma or line.startswith(b"[") or line == b"]"
