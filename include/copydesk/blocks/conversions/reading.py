"""Texts as converters leave them → as they stood on their pages, and the lines that were no part of them."""

from __future__ import annotations

from copydesk.blocks.conversions.clocks import without_clocks
from copydesk.blocks.conversions.notes import without_notes
from copydesk.blocks.conversions.quoting import without_quoting
from copydesk.blocks.conversions.sheets import without_sheets
from copydesk.blocks.exports.read_lines import ReadLine
from copydesk.blocks.subtitles import ARROW

FEED, QUOTED = b"\f", b"\n>"
NOUGHT, OPENING_BYTES = b"0:", 1000  # the first times of recordings, and where they stand
FIRST_NOTES = (b"[1]", "¹".encode())


def read_conversion(utf8: bytes) -> tuple[bytes, list[ReadLine]]:
    """The text without what its converter added, and the lines that were taken away; as it is where nothing was added."""
    # Single bytes are found in a tenth of the time.
    has_notes = any(first[:1] in utf8 and first[-1:] in utf8 and first in utf8 for first in FIRST_NOTES)
    has_sheets = FEED in utf8
    has_quotes = b">" in utf8 and QUOTED in utf8
    has_clocks = NOUGHT in (opening := utf8[:OPENING_BYTES]) and ARROW not in opening
    if not (has_notes or has_sheets or has_quotes or has_clocks):
        return utf8, []
    text = plain = utf8.decode("utf-8", "replace")
    taken: list[ReadLine] = []
    if has_quotes:
        text = without_quoting(text, taken)
    if has_sheets:
        text = without_sheets(text, taken)
    if has_clocks:
        text = without_clocks(text)
    if has_notes:
        text = without_notes(text, taken)
    return (utf8 if text is plain else text.encode()), taken
