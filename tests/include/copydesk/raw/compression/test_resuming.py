from __future__ import annotations

import gzip
import io

import pytest
import zstandard

from copydesk.raw.compression.resuming import MAX_TRIES
from copydesk.raw.compression.stream import BUFFER_BYTES, State, decompress

COMPRESSORS = {"gzip": gzip.compress, "zstd": lambda content: zstandard.ZstdCompressor(write_checksum=True).compress(content)}
compressed = pytest.mark.parametrize("compress", COMPRESSORS.values(), ids=COMPRESSORS)
DAMAGE = b"\xff" * 40


def is_start(prefix: bytes) -> bool:
    return prefix.startswith(b"START")


def read_on(stored: bytes) -> tuple[bytes, bool, bytes]:
    """What was read before damage, whether it went on, and what was read then."""
    stream = decompress(io.BytesIO(stored), 200)
    before = stream.read()
    assert stream.ending.state is State.CORRUPT
    went_on = stream.resume(is_start)
    return before, went_on, stream.read()


@compressed
@pytest.mark.parametrize("between", [b"", b"?" * 300_000, bytes(300_000)], ids=["nothing", "junk", "zeros"])
def test_reading_goes_on_at_the_next_member_that_begins_as_members_do(compress, between):
    good, other = compress(b"START one"), compress(b"something else")
    broken = compress(b"START two" * 50)[:12] + DAMAGE
    before, went_on, after = read_on(good + broken + between + other + good + good)
    assert before.startswith(b"START one")
    assert (went_on, after) == (True, b"START oneSTART one")


@compressed
def test_where_no_such_member_follows_it_is_the_end(compress):
    _, went_on, after = read_on(compress(b"START") + b"?" * 5000 + compress(b"something else"))
    assert (went_on, after) == (False, b"")


def test_places_are_right_behind_the_damage():
    good = gzip.compress(b"START one")
    stream = decompress(io.BytesIO(good + b"?" * 5000 + good), 200)
    stream.read()
    assert stream.resume(is_start)
    assert stream.read(BUFFER_BYTES) == b"START one"
    assert stream.stored_offset(9) == len(good) + 5000


def test_a_file_of_magic_numbers_is_given_up():
    good = gzip.compress(b"START one")
    look_alikes = b"\x1f\x8b\x08\0\0\0\0\0\0\xff\0\0" * (MAX_TRIES + 100)
    assert read_on(good + DAMAGE + look_alikes + good)[1] is False


def test_a_plain_file_has_no_members_to_go_on_with():
    stream = decompress(io.BytesIO(b"plain"), 200)
    stream.skip_rest()
    assert not stream.resume(is_start)
