"""What is broken in a file of many members costs the lines behind the damage in its member, however the file is cut."""

from __future__ import annotations

import gzip
import json
from functools import cache, partial
from itertools import chain
from typing import Any

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.records import Record, Reject

NOISE = bytes((n * n * 7 + n // 3) % 251 for n in range(40_000))
SQUEEZE = {"gzip": partial(gzip.compress, mtime=0), "zstd": zstandard.ZstdCompressor(write_checksum=True).compress}
HARMS = st.tuples(st.integers(0, 399), st.floats(0, 1), st.sampled_from(["flip", "zero", "drop", "junk"]), st.integers(1, 3000))


@cache
def members(how: str) -> list[bytes]:
    """Members of four lines each, most of what is in them packed as it is."""
    lines = [
        json.dumps({"content": f"{n} " + NOISE[n * 9 : n * 9 + 300].decode("latin-1")}).encode() + b"\n" for n in range(1600)
    ]
    return [SQUEEZE[how](b"".join(lines[n : n + 4])) for n in range(0, len(lines), 4)]


def records(items: Any) -> list[Any]:
    return [item.content for item in items if isinstance(item, Record)]


@pytest.mark.parametrize("how", SQUEEZE)
@settings(deadline=None, max_examples=10)  # each example reads files, a second long
@given(harms=st.lists(HARMS, min_size=1, max_size=4), count=st.integers(2, 8))
def test_damaged_lines_give_the_same_records_however_they_are_cut(cut, how, harms, count):
    whole, pieces = cut.into(harmed(how, harms), count, "jsonl")
    assert records(chain.from_iterable(pieces)) == records(whole)


# The harm makes the decoder read beyond its member: cut, it finds no more there; whole, a checksum that is none.
@pytest.mark.parametrize("how", SQUEEZE)
def test_a_member_that_is_read_beyond_its_end_gives_what_a_piece_of_it_gives(cut, how):
    whole, pieces = cut.into(harmed(how, [(0, 1.0, "drop", 182), (80, 0.625, "flip", 39)]), 4, "jsonl")
    assert records(chain.from_iterable(pieces)) == records(whole)


# The reads of the file part the last that breaks otherwise, whole and cut; and of zstd what comes hangs on where the file ends.
def test_a_member_that_breaks_gives_the_same_wherever_reads_of_the_file_end(cut):
    harms = [(0, 0.0, "junk", 2039), (0, 0.6099824302719082, "drop", 338), (325, 0.0, "junk", 2039)]
    whole, pieces = cut.into(harmed("gzip", harms), 8, "jsonl")
    assert records(chain.from_iterable(pieces)) == records(whole)


def harmed(how: str, harms: list[Any]) -> bytes:
    content, parts = b"".join(members(how)), members(how)
    for number, share, kind, size in harms:
        at = min(len(content) - 1, len(b"".join(parts[:number])) + int(share * len(parts[number])))
        scar = content[at : at + size]
        put = {"flip": bytes(byte ^ 0x5A for byte in scar), "zero": bytes(len(scar)), "drop": b"", "junk": scar + b"junk" * size}
        content = content[:at] + put[kind] + content[at + len(scar) :]
    return content


@pytest.mark.parametrize("how", SQUEEZE)
@pytest.mark.parametrize("at", [1, 399])
def test_a_broken_member_costs_its_own_lines_alone(cut, how, at):
    parts = members(how)
    broken = bytes(byte ^ 0x5A for byte in parts[at][:20]) + parts[at][20:]
    whole, pieces = cut.into(b"".join([*parts[:at], broken, *parts[at + 1 :]]), 6, "jsonl")
    assert len(pieces) > 1 or at == 399  # no boundary is certain where damage follows soon
    assert [len(records(items)) for items in (whole, chain.from_iterable(pieces))] == [1596, 1596]
    assert [item.reason.value for item in whole if isinstance(item, Reject)] == ["corrupt_compression"]


def test_the_lines_before_the_damage_of_a_small_member_are_kept(cut):
    parts = members("gzip")
    broken = parts[7][:-60] + bytes(byte ^ 0x5A for byte in parts[7][-60:])
    whole, _ = cut.into(b"".join([*parts[:7], broken, *parts[8:]]), 1, "jsonl")
    numbers = [int(content.split()[0]) for content in records(whole)]
    assert {28, 29} <= set(numbers)
    assert 31 not in numbers
    assert {*range(28), *range(32, 1600)} <= set(numbers)
