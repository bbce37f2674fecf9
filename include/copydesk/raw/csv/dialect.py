"""How a CSV is written: its encoding and its delimiter, told by its first bytes where its source does not name them."""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8
from collections.abc import Callable

from copydesk.raw.encodings.decoding import Undecodable, decode, patch_utf8
from copydesk.raw.encodings.names import SAMPLE_BYTES, python_codec
from copydesk.raw.encodings.transcoding import Utf8Stream

DELIMITERS = ",;\t|"
# What Excel is told of a delimiter, in a line before the header.
DECLARATION = re.compile(rb"\s*sep=[^\r\n](?:[\r\n]+|$)", re.IGNORECASE)
TEXT = "text/plain"


def line_decoder(source: Utf8Stream, declared: str | None) -> Callable[[bytes], str]:
    """How lines become text: bytes that the file's encoding does not know cost no row."""
    codec = "utf-8" if source.wide else python_codec(declared or "") or detect_codec(source.peek(SAMPLE_BYTES))

    def decode_line(content: bytes) -> str:
        try:
            return content.decode(codec)
        except UnicodeDecodeError:
            return _repaired(content) if codec == "utf-8" else content.decode(codec, "replace")

    return decode_line


def detect_codec(sample: bytes) -> str:
    """The encoding of a file by its first bytes, in whole lines if there are some."""
    lines = sample[: sample.rfind(b"\n") + 1] or sample
    try:
        return "utf-8" if patch_utf8(lines, is_table=True) else decode(lines, TEXT).encoding
    except Undecodable:
        return "utf-8"


def _repaired(content: bytes) -> str:
    """A line with its broken bytes repaired where that makes no two lines of it."""
    plain = content.decode("utf-8", "replace")
    try:
        text = decode((patch_utf8(content, is_table=True) or decode(content, TEXT)).utf8, TEXT).text
    except Undecodable:
        return plain
    return text if text.count("\n") == plain.count("\n") else plain


def without_declaration(lines: bytes) -> bytes:
    """Lines from the beginning of a file without the one that states its delimiter."""
    found = DECLARATION.match(lines.removeprefix(BOM_UTF8))
    return lines.removeprefix(BOM_UTF8)[found.end() :] if found else lines


def sniff_delimiter(sample: str, columns: tuple[str, ...] | None) -> str:
    """The delimiter that parts the first row into most fields, or into as many as there are `columns`."""
    widths = {delimiter: len(_first_row(sample, delimiter)) for delimiter in DELIMITERS}
    fitting = [delimiter for delimiter, width in widths.items() if columns and width == len(columns)]
    return next(iter(fitting), max(widths, key=lambda delimiter: widths[delimiter]))


def _first_row(sample: str, delimiter: str) -> list[str]:
    return next(csv.reader(io.StringIO(sample.lstrip(), newline=""), delimiter=delimiter), [])
