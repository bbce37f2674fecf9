from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import tempfile
import tracemalloc

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from copydesk.raw.compression.codecs import BZIP2, GZIP, XZ, ZSTD, ZSTD_SKIPPABLE
from copydesk.raw.compression.stream import Ending, State, decompress

TEXT = "".join(random.Random(7).choices("abcdefgh \n", k=40_000)).encode()
COMPRESSORS = {"gzip": gzip.compress, "zstd": zstandard.compress, "bzip2": bz2.compress, "xz": lzma.compress}
compressed = pytest.mark.parametrize("compress", COMPRESSORS.values(), ids=COMPRESSORS)


def read(stored: bytes, max_expansion: int = 200):
    stream = decompress(io.BytesIO(stored), max_expansion)
    return stream.read(), stream.ending


@compressed
def test_a_compressed_file_is_known_by_its_content(compress):
    content, ending = read(compress(TEXT))
    assert content == TEXT
    assert (ending.state, ending.offset, ending.detail) == (State.COMPLETE, len(TEXT), "")


@pytest.mark.parametrize("plain", [b"", b"x", b"plain text", b"PK\x03\x04", TEXT])
def test_anything_else_is_passed_through(plain):
    content, ending = read(plain)
    assert content == plain
    assert (ending.state, ending.stored_offset) == (State.COMPLETE, len(plain))


@compressed
def test_members_are_read_one_after_the_other(compress):
    content, ending = read(compress(b"one ") + compress(b"") + compress(b"two"))
    assert content == b"one two"
    assert ending.state is State.COMPLETE


def test_zstd_frames_without_content_are_skipped():
    skippable = ZSTD_SKIPPABLE[3] + (4).to_bytes(4, "little") + b"note"
    assert read(skippable + zstandard.compress(TEXT))[0] == TEXT


@compressed
@given(cut=st.integers(0, 10_000))
def test_a_cut_file_gives_its_beginning_and_says_so(compress, cut):
    stored = compress(TEXT[:2000]) + compress(TEXT[2000:5000])
    cut = 2 + cut % (len(stored) - 2)  # the first byte alone may be a letter
    content, ending = read(stored[:cut])
    assert TEXT.startswith(content)
    whole_member = cut == len(compress(TEXT[:2000]))
    assert ending.state is (State.COMPLETE if whole_member else State.TRUNCATED)


def test_all_that_stood_before_the_cut_is_delivered():
    stored = gzip.compress(TEXT)
    content, ending = read(stored[:-8])
    assert content == TEXT
    assert ending.state is State.TRUNCATED
    assert str(len(TEXT)) in ending.detail


@compressed
def test_broken_bytes_end_the_file_as_corrupt(compress):
    stored = bytearray(compress(TEXT))
    stored[len(stored) // 2 : len(stored) // 2 + 200] = bytes(200)
    content, ending = read(bytes(stored))
    assert ending.state is State.CORRUPT
    assert ending.offset == len(content) <= len(TEXT)
    assert "broken" in ending.detail


@compressed
@given(junk=st.binary(max_size=300))
def test_no_bytes_behind_a_magic_number_raise(compress, junk):
    content, ending = read(compress(b"")[:4] + junk)
    assert ending.offset == len(content)


@compressed
def test_zeros_pad_a_file(compress):
    content, ending = read(compress(b"one") + bytes(20_000))
    assert (content, ending.state) == (b"one", State.COMPLETE)


@compressed
def test_a_member_may_follow_padding(compress):
    assert read(compress(b"one") + bytes(1000) + compress(b"two"))[0] == b"onetwo"


@compressed
def test_a_few_stray_bytes_cannot_be_a_lost_member_and_are_noted(compress):
    content, ending = read(compress(b"one") + b"\r\n")
    assert (content, ending.state) == (b"one", State.COMPLETE)
    assert "2 stray bytes" in ending.detail


@compressed
def test_more_than_a_few_stray_bytes_may_be_a_lost_member_and_are_damage(compress):
    content, ending = read(compress(b"one") + b"x" * 100)
    assert (content, ending.state) == (b"one", State.CORRUPT)
    assert ending.stored_offset == len(compress(b"one"))


@pytest.mark.parametrize("codec", [GZIP, ZSTD, BZIP2, XZ], ids=lambda codec: codec.name)
def test_a_cut_magic_number_of_a_second_member_is_a_cut(codec):
    _, ending = read(COMPRESSORS[codec.name](b"one") + codec.magics[0][:1])
    assert ending.state is State.TRUNCATED


@compressed
def test_a_bomb_is_stopped_in_bounded_memory(compress):
    stored = compress(bytes(100 << 20))
    stream = decompress(io.BytesIO(stored), max_expansion=200)
    tracemalloc.start()
    stream.skip_rest()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert stream.ending.state is State.TOO_LARGE
    assert peak < 40 << 20


def test_a_small_page_may_shrink_as_far_as_it_likes():
    page = b"<p>the same line</p>\n" * 20_000
    content, ending = read(gzip.compress(page), max_expansion=2)
    assert (content, ending.state) == (page, State.COMPLETE)


def test_how_a_file_ended_is_not_known_before_its_end():
    stream = decompress(io.BytesIO(TEXT), 200)
    stream.read(10)
    with pytest.raises(ValueError, match="read to its end"):
        _ = stream.ending


def test_a_lost_connection_is_not_taken_for_broken_content():
    class Lost(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell() > 20:
                raise ConnectionResetError("lost")
            return super().read(min(size or 0, 10))

    with pytest.raises(ConnectionResetError):
        read_lost = decompress(Lost(gzip.compress(TEXT)), 200)
        read_lost.read()


def test_the_xz_of_old_is_known_too():
    assert read(lzma.compress(TEXT, lzma.FORMAT_ALONE))[0] == TEXT


@pytest.mark.parametrize("text", [b"BZh9 is a magic number.", b"B", b"BZhello", b"]", b"\xfd"])
def test_a_text_that_begins_like_a_magic_number_is_text(text):
    assert read(text) == (text, Ending(State.COMPLETE, len(text), len(text)))


def test_xz_that_asks_for_more_memory_than_a_reader_has_is_too_large():
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 256 << 20}]
    content, ending = read(lzma.compress(TEXT, filters=filters))
    assert (content, ending.state) == (b"", State.TOO_LARGE)
    assert "a window of more than 134217728 bytes; compress them with a smaller one" in ending.detail


def test_zstd_that_asks_for_more_memory_than_a_reader_has_is_too_large():
    parameters = zstandard.ZstdCompressionParameters.from_level(1, window_log=28, enable_ldm=True)
    compressor = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    content, ending = read(compressor.compress(TEXT) + compressor.flush())
    assert (content, ending.state) == (b"", State.TOO_LARGE)


@compressed
@pytest.mark.parametrize("step", [1, 3, 100])
def test_a_file_that_comes_in_drops_is_the_same(compress, step):
    class Drops(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(min(size or 0, step) if self.tell() else 10)

    stream = decompress(Drops(compress(TEXT[:3000]) + compress(TEXT[3000:6000])), 200)
    assert stream.read() == TEXT[:6000]


@compressed
def test_the_beginning_can_be_looked_at_and_is_still_read(compress):
    stream = decompress(io.BytesIO(b"".join(compress(TEXT[n : n + 1]) for n in range(500))), 200)
    assert stream.head(400) == TEXT[:400]
    assert stream.head(1000) == TEXT[:500] == stream.read()


@compressed
def test_where_a_member_begins_as_stored_is_known_of_every_byte(compress):
    members = [compress(TEXT[n : n + 100]) for n in range(0, 1000, 100)]
    stream = decompress(io.BytesIO(b"".join(members)), 200)
    stream.skip_rest()
    starts = [stream.stored_offset(offset) for offset in range(0, 1000, 50)]
    assert starts == [sum(map(len, members[: n // 2])) for n in range(20)]


def test_a_byte_of_a_plain_file_is_where_it_is():
    stream = decompress(io.BytesIO(TEXT), 200)
    stream.read(100)
    assert stream.stored_offset(70) == 70


@compressed
def test_a_compressed_file_can_be_read_in_any_order_from_a_copy_nobody_sees(compress, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    stream = decompress(io.BytesIO(compress(TEXT)), 200)
    with stream.seekable_file() as file:
        assert stream.ending.state is State.COMPLETE
        assert list(tmp_path.iterdir()) == []
        file.seek(20_000)
        assert file.read(100) == TEXT[20_000:20_100]
        file.seek(0)
        assert file.read() == TEXT
    assert stream.read() == b""


def test_a_plain_file_in_any_order_is_the_stored_file_itself(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(TEXT)
    opened = []

    def open_stored():
        opened.append(path.open("rb"))
        return opened[-1]

    stream = decompress(io.BytesIO(TEXT), 200, open_stored)
    with stream.seekable_file() as file:
        assert file is opened[0]
        assert stream.ending == Ending(State.COMPLETE, len(TEXT), len(TEXT))
        assert file.read() == TEXT
    assert file.closed


@compressed
def test_of_a_cut_file_the_beginning_can_be_read_in_any_order(compress):
    stream = decompress(io.BytesIO(compress(TEXT)[:-9]), 200)
    with stream.seekable_file() as file:
        assert TEXT.startswith(file.read())
    assert stream.ending.state is State.TRUNCATED


def test_a_copy_has_a_limit_which_is_named():
    stream = decompress(io.BytesIO(gzip.compress(TEXT)), 200, max_spool_bytes=1000)
    with stream.seekable_file():
        assert stream.ending.state is State.TOO_LARGE
    assert "COPYDESK_MAX_SPOOL_BYTES=1000" in stream.ending.detail
    assert stream.read() == b""
