"""A file in which nothing stands is a reject in every format: nobody meant to send it."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma

import pytest
import zstandard

from copydesk.raw.cutting.pieces import Cutter, Piece
from copydesk.raw.inputs import list_inputs
from copydesk.raw.reading import READERS, read_file
from copydesk.records import Reason, Record, Reject

every_format = pytest.mark.parametrize("format", READERS)
PACKINGS = {"plain": bytes, "gz": gzip.compress, "zst": zstandard.compress, "bz2": bz2.compress, "xz": lzma.compress}
LINES = [json.dumps({"content": f"Article {n}"}).encode() + b"\n" for n in range(400)]


@every_format
@pytest.mark.parametrize("pack", PACKINGS.values(), ids=PACKINGS)
def test_a_file_without_a_byte_is_one_reject_and_was_read_to_its_end(desk, format, pack):
    reading = desk.reading(pack(b""), format)
    (reject,) = reading
    assert reject.reason is Reason.EMPTY
    assert (reading.records, reading.rejected, reading.complete) == (1, 1, True)


@every_format
@pytest.mark.parametrize("size", [1, 512, 1024, 10_240, 10_241, 300_000])
def test_a_file_of_zeros_is_told_and_gives_no_record(desk, format, size):
    desk.settings = desk.settings.model_copy(update={"max_record_bytes": 1 << 20})
    items = desk.items(bytes(size), format)
    if size <= 10_240:
        assert [item.reason for item in items] == [Reason.EMPTY]
        assert f"nothing but {size} zeros" in items[0].detail
    elif format in ("text", "html"):
        assert [item.content for item in items] == [bytes(size)]  # which is no text, as the next step finds
    else:
        assert items
        assert all(isinstance(item, Reject) for item in items)


@pytest.mark.parametrize("zeros", [2000, 20_000])
@pytest.mark.parametrize("place", [0, 100, 200])
def test_a_hole_of_zeros_costs_a_line_however_the_file_is_cut(desk, place, zeros):
    content = b"".join([*LINES[:place], bytes(zeros), b"\n", *LINES[place:]])
    kept = [item.content for item in desk.reading(content, "jsonl") if isinstance(item, Record)]
    assert len(kept) == 400
    source = desk.source("jsonl")
    (file,) = list_inputs(desk.storage, source, "day")
    for count in (2, 7, 40):
        pieces = [piece.file for piece in Cutter(desk.storage, source, 2000).cut(Piece(file, file.size), file.size // count)]
        items = [item for piece in pieces for item in read_file(desk.storage, piece, source, desk.settings)]
        assert [item.content for item in items if isinstance(item, Record)] == kept
        assert len(items) == 401
