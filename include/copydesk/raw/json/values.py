"""The value of one record's JSON."""

from __future__ import annotations

import json
from codecs import BOM_UTF8

from copydesk.raw.encodings.decoding import decode

# Raw tabs inside strings are against the letter of JSON, and common in dumps.
DECODER = json.JSONDecoder(strict=False)


def parse_json(content: bytes) -> object:
    """What `content` says; Undecodable, ValueError or RecursionError where it is no JSON."""
    content = content.removeprefix(BOM_UTF8)  # of the file, or of a file that was appended to it
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = decode(content, "application/json").text
    value: object = DECODER.decode(text)
    return value
