"""Rows of any container to records, their fields mapped by the source."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from math import isfinite
from typing import Any

from copydesk.raw.context import Context
from copydesk.raw.encodings.decoding import Undecodable, decode, scrub
from copydesk.raw.encodings.references import plain
from copydesk.raw.json.values import kind_of
from copydesk.raw.media_types import media_type_of
from copydesk.records import Origin, Reason, Record, Reject
from copydesk.sources.record import Names, RecordFields, Row, names_of

# Columns of `articles` that a container may state.
GIVEN = (
    "title",
    "standfirst",
    "published_at",
    "modified_at",
    "authors",
    "agency",
    "section",
    "tags",
    "language",
    "canonical_url",
)
CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
MAX_NESTING = 20  # lists in lists; what is deeper names nobody
SHOWN_NAMES, SHOWN_LETTERS = 20, 40


def map_row(row: object, context: Context, origin: Origin, where: str, names: Sequence[str] | None = None) -> Record | Reject:
    """The record of a row; `where` says which one, as in "line at byte 5", and `names` are its fields where `row` has not all."""
    if not isinstance(row, Mapping):
        return context.reject(Reason.UNPARSABLE, f"{where}: {kind_of(row)}, where an object is expected", origin)
    content = find_content(row, context.fields.content)
    if isinstance(content, str | bytes) and content.strip():
        return _make_record(row, content, context, origin)
    field = f"{where}: field {in_words(context.fields.content)}"
    if content is not None and not isinstance(content, str | bytes):
        reason, state = Reason.UNPARSABLE, f"holds {kind_of(content)}, where text is expected"
    else:
        has_it = content is not None or any(name in row for name in names_of(context.fields.content))
        missing = f"is missing; the {where.partition(' ')[0]} has {named(list(row) if names is None else names)}"
        reason, state = Reason.MISSING_CONTENT, "is empty" if has_it else missing
    return context.reject(reason, f"{field} {state}", origin, field_text(row, context.fields.url))


def find_content(row: object, names: Names) -> Any:
    """The text of the first of these fields that has any; else the value of the first that holds something, if only white space."""
    found = [value for name in names_of(names) if (value := find_field(row, name)) is not None]
    texts = (value for value in found if isinstance(value, str | bytes) and value.strip())
    others = (value for value in found if not isinstance(value, str | bytes))
    return next((value for values in (texts, others, found) for value in values), None)


def in_words(names: Names) -> str:
    """Names of fields, any of which would do."""
    return " or ".join(map(repr, names_of(names)))


def find_field(row: object, path: str) -> Any:
    """The value of a field, or of the field behind a dotted path; in lists, of each of their objects. None where there is none."""
    if isinstance(row, list):
        return [found for each in row if isinstance(each, Mapping) and (found := find_field(each, path)) is not None] or None
    if not isinstance(row, Mapping):
        return None
    if path in row:
        return row[path]
    first, _, rest = path.partition(".")
    return find_field(row.get(first), rest) if rest else None


def field_text(row: object, names: Names | None) -> str | None:
    """The first of these fields that can be read as a string and is not empty; None where none can."""
    return next(filter(None, (_as_string(find_field(row, name)) for name in names_of(names))), None)


def add_stated(record: Record, row: Row, fields: RecordFields) -> Record:
    """`record` with what its row says of it: address, times, title and the like, and an id of its own."""
    return replace(
        record,
        id=field_text(row, fields.id) or record.id,
        url=readable(field_text(row, fields.url)),
        crawl_date=field_text(row, fields.crawl_date),
        given={name: value for name in GIVEN if (value := readable(field_text(row, getattr(fields, name))))},
    )


def readable(value: str | None) -> str | None:
    """What is said beside a text as people read it: dumps have it as it was escaped for a page, or decoded wrongly."""
    value = scrub(plain(value)).strip() if value and "&" in value else value
    return value if not value or value.isascii() else decode(value, "text/plain").text.strip() or None


def _make_record(row: Row, content: str | bytes, context: Context, origin: Origin) -> Record:
    media_type, charset = _media_type(row, context.fields)
    record = Record(content, media_type, origin, id=context.place(origin), charset=charset)
    return add_stated(record, row, context.fields)


def _media_type(row: Row, fields: RecordFields) -> tuple[str, str | None]:
    """What the content is, and the encoding that is named with it."""
    stated = field_text(row, fields.media_type_field) or ""
    charset = CHARSET.search(stated)
    return media_type_of(stated) or fields.media_type, charset[1] if charset else None


def _as_string(value: object, depth: int = 0) -> str:
    if isinstance(value, str):
        return scrub(value).strip()
    if isinstance(value, bytes):
        return _decoded(value).strip()
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return _number(value)
    if isinstance(value, list) and depth < MAX_NESTING:
        return "; ".join(filter(None, (_as_string(each, depth + 1) for each in value)))
    if isinstance(value, Mapping) and depth < MAX_NESTING:  # an author as an object, the way schema.org writes it
        return _as_string(value.get("name"), depth + 1)
    return value.isoformat() if isinstance(value, date) else ""


def _number(value: float | Decimal) -> str:
    """A number as it was meant: columns of whole numbers with gaps are kept as fractions, their gaps as NaN; databases count in decimals."""
    if isinstance(value, int):  # it may be larger than any fraction
        return str(value)
    if not isfinite(value):
        return ""
    is_whole = value == value.to_integral_value() if isinstance(value, Decimal) else value.is_integer()
    return str(int(value)) if is_whole else f"{value}"


def _decoded(value: bytes) -> str:
    try:
        return decode(value, "text/plain").text
    except Undecodable:
        return ""


def named(names: Sequence[str]) -> str:
    """Names of fields, as they are told when the one with the text is not among them."""
    shown = ", ".join(repr(scrub(str(each))[:SHOWN_LETTERS]) for each in names[:SHOWN_NAMES]) or "no fields at all"
    more = f" and {len(names) - SHOWN_NAMES} more" if len(names) > SHOWN_NAMES else ""
    return f"{shown}{more}; [record] content names the one with the text"
