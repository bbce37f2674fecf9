from __future__ import annotations

import gzip
import re
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warc_making import (
    LIMIT,
    PACKED,
    by_hand,
    member,
    numbers,
    packed,
    read,
    records,
    rejects,
    response,
    starts,
    stories,
)

from copydesk.raw.compression.stream import State
from copydesk.records import Reason, Record, Reject, Skipped


def broken(parts: list[bytes], which: int, change: bytes) -> bytes:
    return b"".join([*parts[:which], change, *parts[which + 1 :]])


@pytest.mark.parametrize("name", ["gzip", "zstd"])
def test_a_broken_member_costs_itself_and_no_other(name):
    parts = PACKED[name](stories(5))
    items, _ = read(broken(parts, 2, parts[2][:60] + bytes(80) + parts[2][140:]))
    assert numbers(items) == ["0", "1", "3", "4"]
    (reject,) = [item for item in items if isinstance(item, Reject)]
    assert reject.reason is (Reason.CORRUPT_COMPRESSION if name == "gzip" else Reason.CORRUPT_RECORD)  # no checksum in the frames
    assert reject.origin.offset == starts(parts)[2]
    assert [item.origin.offset for item in items if item is not reject] == [starts(parts)[at] for at in (0, 1, 3, 4)]


def test_a_checksum_that_fails_turns_down_its_own_record_alone():
    parts = PACKED["gzip"](stories())
    wrong = parts[1][:-8] + b"\0\0\0\0" + parts[1][-4:]
    items, _ = read(broken(parts, 1, wrong))
    assert numbers(items) == ["0", "2"]
    assert len(items) == 3


def test_damage_to_which_no_member_follows_ends_the_archive():
    parts = PACKED["gzip"](stories())
    items, state = read(parts[0] + parts[1][:50] + b"\xff" * 5000)
    assert numbers(items) == ["0"]
    assert (len(items), state) == (2, State.CORRUPT)


def test_zeros_in_a_plain_archive_are_one_reject():
    parts = stories()
    items, _ = read(parts[0] + bytes(100_000) + parts[1])
    assert numbers(items) == ["0", "1"]
    (reject,) = [item for item in items if isinstance(item, Reject)]
    assert (reject.reason, reject.origin.offset) == (Reason.CORRUPT_RECORD, len(parts[0]))
    assert "100000 bytes were passed over" in reject.detail


@packed
@pytest.mark.parametrize("length", ["1", "700", "2000", "1900000", "-5", "many", "", "9" * 15, "9" * 60])
def test_a_length_that_lies_is_told_and_the_records_behind_it_are_read(pack, length):
    parts = stories(4)
    parts[1] = re.sub(rb"(?<=Content-Length: )\d+", length.encode(), parts[1])
    items, _ = read(b"".join(pack(parts)))
    assert numbers(items)[0] == "0"
    assert sum(isinstance(item, Reject) for item in items) >= 1
    assert "1" not in numbers(items)
    if pack is not PACKED["plain"] or length not in ("1900000",):
        assert numbers(items) == ["0", "2", "3"]


def test_lengths_that_lie_again_and_again_take_no_longer_for_it():
    lie = b"WARC/1.0\r\nContent-Length: 150000\r\n\r\n"
    items, _ = read(lie * 60_000)
    assert all(isinstance(item, Reject) for item in items)


def test_a_member_without_its_closing_lines_is_whole():
    parts = [gzip.compress(part.removesuffix(b"\r\n\r\n")) for part in stories()]
    assert numbers(read(b"".join(parts))[0]) == ["0", "1", "2"]


def test_a_bomb_among_good_records_costs_itself():
    bomb = gzip.compress(by_hand(response(b"<html>" + bytes(100 << 20))))
    parts = PACKED["gzip"](stories())
    tracemalloc.start()
    items, _ = read(parts[0] + bomb + parts[1])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert numbers(items) == ["0", "1"]
    assert [item.reason for item in items if isinstance(item, Reject)] == [Reason.TOO_LARGE]
    assert items[-1].origin.offset == len(parts[0]) + len(bomb)
    assert peak < 10 << 20


def test_a_record_over_the_limit_is_named_with_the_setting_and_not_held():
    big = member(b"<html>" + b"<p>words and words</p>" * (1 << 20))
    archive = big + member()
    tracemalloc.start()
    items, _ = read(archive)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [type(item) for item in items] == [Reject, Record]
    assert items[0].reason is Reason.TOO_LARGE
    assert f"COPYDESK_MAX_RECORD_BYTES={LIMIT}" in items[0].detail
    assert items[0].url == "https://coast.example/harbour"
    assert peak < 3 << 20


def test_a_video_over_the_limit_is_skipped_as_any_other():
    assert read(member(b"\0" * 1_000_000, headers=[("Content-Type", "video/mp4")]))[0] == [Skipped("video")]


@pytest.mark.parametrize(
    ("record", "reason", "said"),
    [
        (by_hand(response(), WARC_Truncated="length"), Reason.TRUNCATED, "'length'"),
        (by_hand(response(), WARC_Segment_Number="1"), Reason.TRUNCATED, "segment"),
        (by_hand(response(b"")), Reason.EMPTY, "no text"),
        (by_hand(response(), WARC_Block_Digest="sha1:" + "A" * 32), Reason.CORRUPT_RECORD, "digest sha1:AAAA"),
        (by_hand(response(), WARC_Payload_Digest="md5:" + "0" * 32), Reason.CORRUPT_RECORD, "digest md5:0000"),
        (
            by_hand(response(b"5\r\nhello\r\n", "Content-Type: text/plain\r\nTransfer-Encoding: chunked")),
            Reason.TRUNCATED,
            "chunk",
        ),
    ],
)
def test_what_is_not_whole_is_turned_down(record, reason, said):
    (reject,) = rejects(record)
    assert reject.reason is reason
    assert said in reject.detail


@pytest.mark.parametrize("stated", ["sha1:short", "crc32:12345678", "nonsense"])
def test_a_digest_that_cannot_be_checked_is_none(stated):
    assert len(records(by_hand(response(), WARC_Block_Digest=stated))) == 1


def test_a_payload_digest_is_not_asked_where_the_digest_of_the_block_is_right():
    assert len(records(member(warc={"WARC-Payload-Digest": "sha1:" + "A" * 32}))) == 1


@pytest.mark.parametrize("junk", [b"", b"\r\n" * 50_000])
def test_an_archive_without_records_is_complete(junk):
    assert read(junk) == ([], State.COMPLETE)


def test_what_is_no_archive_is_one_reject():
    assert [item.reason for item in rejects(b"A letter to the editor.\n" * 10_000)] == [Reason.CORRUPT_RECORD]


@packed
def test_an_archive_cut_at_any_byte_gives_its_first_records_and_one_reject(pack):
    parts = pack(stories())
    archive = b"".join(parts)
    whole = [*starts(parts), len(archive)]
    for cut in range(3, len(archive)):
        items, state = read(archive[:cut])
        complete = max(at for at, start in enumerate(whole) if start <= cut)
        found = numbers(items)
        assert found in (
            ["0", "1", "2"][:complete],
            ["0", "1", "2"][: complete + 1],
        )  # of the next only its closing lines may be cut
        said = [item for item in items if isinstance(item, Reject)]
        if cut in whole:
            assert (said, state) == ([], State.COMPLETE)
        elif len(found) == complete or state is not State.COMPLETE:
            assert [item.reason for item in said] == [Reason.TRUNCATED]
            assert said[0].origin.offset in (whole[complete], cut)


ARCHIVES = [b"".join(pack(stories(4))) for pack in PACKED.values()]


@settings(max_examples=300, deadline=None)
@given(
    archive=st.sampled_from(ARCHIVES),
    flips=st.lists(st.tuples(st.integers(0, 10_000), st.integers(1, 255)), min_size=1, max_size=8),
)
def test_no_flipped_bytes_raise(archive, flips):
    stored = bytearray(archive)
    for at, mask in flips:
        stored[at % len(stored)] ^= mask
    items, _ = read(bytes(stored))
    assert all(isinstance(item, Record | Reject | Skipped) for item in items)


@given(st.binary(max_size=400))
def test_no_bytes_in_a_record_raise(junk):
    read(by_hand(junk))
    read(b"WARC/1.0\r\n" + junk)
    read(by_hand(response(junk, "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: br, deflate, gzip")))


# Other readers of the same archives
