"""The value of one record's JSON, and what a value is called."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from copydesk.raw.encodings.decoding import decode

# Raw tabs inside strings are against the letter of JSON, and common in dumps.
DECODER = json.JSONDecoder(strict=False)
# In JSON's words; bool before int, which it is one of. Parquet has more kinds than JSON.
KINDS = (
    (type(None), "null"),
    (bool, "a boolean"),
    (int | float | Decimal, "a number"),
    (str, "a string"),
    (list, "an array"),
    (Mapping, "an object"),
    (date, "a date"),
    (bytes, "bytes"),
)


def parse_json(content: bytes) -> object:
    """What `content` says; Undecodable, ValueError or RecursionError where it is no JSON."""
    content = content.removeprefix(BOM_UTF8)  # of the file, or of a file that was appended to it
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = decode(content, "application/json").text
    value: object = DECODER.decode(text)
    return value


def kind_of(value: object) -> str:
    """What a value is, as a message says it: "an array", "a number"."""
    return next((name for kind, name in KINDS if isinstance(value, kind)), f"a value of type {type(value).__name__}")
