from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.raw.archives.zip import zip_members
from copydesk.raw.archives.zip_directory import find_directory, list_entries
from copydesk.raw.compression.inflating import Damaged
from copydesk.raw.compression.stream import Ending, State, decompress

FILES = [("one.html", b"one " * 200), ("two.html", b""), ("three.html", bytes(range(256))), ("four.html", b"4")]
METHODS = {"stored": zipfile.ZIP_STORED, "deflate": zipfile.ZIP_DEFLATED, "bzip2": zipfile.ZIP_BZIP2}
every_method = pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)


class Forward(io.RawIOBase):
    """A file that cannot be sought in: what is packed into it has its sizes behind it."""

    def __init__(self) -> None:
        self.content = b""

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        self.content += bytes(data)
        return len(data)


def pack(files, method: int = zipfile.ZIP_DEFLATED, stored: io.RawIOBase | None = None) -> bytes:
    target = stored or io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return target.content if isinstance(target, Forward) else target.getvalue()


def read(stored: bytes, piece=None):
    """What a zip archive gives: name and content of each member, or how it ended; an Ending for damage to the archive."""
    found = []
    for member in zip_members(decompress(io.BytesIO(stored), 200), 200, piece):
        if isinstance(member, Ending):
            found.append(member.state)
        elif member.trouble:
            found.append(member.trouble)
        else:
            found.append((member.name, unpacked(member.content)))
    return found


def unpacked(content) -> bytes | State:
    try:
        return b"".join(iter(lambda: content.read(1000), b""))
    except Damaged as damaged:
        return damaged.ending.state


def details(stored: bytes) -> list[str]:
    return [member.detail for member in zip_members(decompress(io.BytesIO(stored), 200), 200) if isinstance(member, Ending)]


@every_method
@given(
    files=st.dictionaries(
        st.text(st.characters(codec="utf-8", exclude_characters="\0/"), min_size=1, max_size=40),
        st.binary(max_size=2000),
        max_size=5,
    )
)
def test_members_are_those_that_pythons_zipfile_finds(method, files):
    stored = pack(files.items(), method)
    with zipfile.ZipFile(io.BytesIO(stored)) as archive:
        theirs = [(name, archive.read(name)) for name in archive.namelist()]
    assert read(stored) == theirs == list(files.items())


def test_sizes_that_stand_behind_the_members_are_in_the_directory():
    assert read(pack(FILES, stored=Forward())) == FILES


def test_an_archive_with_wide_numbers_is_read():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in FILES:
            with archive.open(name, "w", force_zip64=True) as member:
                member.write(content)
    assert read(target.getvalue()) == FILES


def test_the_number_of_members_has_no_limit_in_the_format():
    names = [f"{number}" for number in range(66_000)]
    stored = pack([(name, b"") for name in names], zipfile.ZIP_STORED)
    assert b"PK\x06\x06" in stored[-200:]
    assert [member.name for member in zip_members(decompress(io.BytesIO(stored), 200), 200)] == names


def test_a_wide_directory_is_found(monkeypatch):
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 100)
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 2)
    stored = pack(FILES)
    assert b"PK\x06\x06" in stored
    assert read(stored) == FILES


def test_a_comment_or_junk_behind_the_directory_does_no_harm():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.comment = b"PK\x05\x06" * 1000
        archive.writestr("a", b"x")
    assert read(target.getvalue()) == [("a", b"x")]
    assert read(pack(FILES) + b"junk") == FILES


def test_a_piece_is_a_range_of_members():
    stored = pack(FILES)
    assert read(stored, (0, 1)) == FILES[:1]
    assert read(stored, (1, 3)) == FILES[1:3]
    assert read(stored, (3, None)) == FILES[3:]


def test_a_name_without_an_encoding_is_that_of_old_tools():
    stored = pack([("caf\N{LATIN SMALL LETTER E WITH ACUTE}", b"x")])
    plain = (
        stored.replace("café".encode(), b"caf\x82 ")
        .replace(b"\x00\x08\x08\x00", b"\x00\x00\x08\x00")
        .replace(b"\x00\x08\x08\x00", b"\x00\x00\x08\x00")
    )
    assert [name for name, _ in read(plain)] == ["café "]


@pytest.mark.parametrize("number", [0, 1])
def test_an_encrypted_member_is_not_read_and_its_neighbours_are(number):
    stored = bytearray(pack(FILES))
    places = [place for place in range(len(stored)) if stored.startswith(b"PK\x01\x02", place)]
    stored[places[number] + 8] |= 1
    found = read(bytes(stored))
    assert found[number] == "it is encrypted; unpack the archive and store what is in it"
    assert found[:number] + found[number + 1 :] == FILES[:number] + FILES[number + 1 :]


@pytest.mark.parametrize(("method", "name"), [(9, "deflate64"), (14, "lzma"), (77, "unknown")])
def test_a_member_compressed_in_another_way_is_not_read_and_the_way_is_named(method, name):
    stored = bytearray(pack(FILES))
    stored[stored.find(b"PK\x01\x02") + 10] = method
    first, *rest = read(bytes(stored))
    assert first.startswith(f"it is compressed by method {method} ({name}), which is not read")
    assert rest == FILES[1:]


@every_method
def test_a_member_that_is_not_what_was_packed_is_corrupt_and_its_neighbours_are_read(method):
    stored = bytearray(pack([("a", b"first page"), ("b", b"second page"), ("c", b"third page")], method))
    place = stored.find(b"PK\x03\x04", 10) + 33
    stored[place] ^= 1
    assert read(bytes(stored)) == [("a", b"first page"), ("b", State.CORRUPT), ("c", b"third page")]


def test_a_member_that_is_not_where_the_directory_has_it_costs_only_itself():
    stored = bytearray(pack(FILES))
    stored[stored.find(b"PK\x03\x04", 10)] = 0
    assert read(bytes(stored)) == [FILES[0], ("two.html", State.BROKEN_ARCHIVE), *FILES[2:]]


def test_a_broken_directory_gives_the_members_before_the_damage_and_says_so():
    stored = bytearray(pack(FILES))
    second = stored.find(b"PK\x01\x02", stored.find(b"PK\x01\x02") + 1)
    stored[second] = 0
    assert read(bytes(stored)) == [FILES[0], State.BROKEN_ARCHIVE]
    assert details(bytes(stored)) == ["the directory of the zip archive is broken after 1 members"]


@every_method
@given(cut=st.integers(0, 1 << 20))
def test_a_cut_archive_gives_what_stood_before_the_cut_and_says_so_once(method, cut):
    stored = pack(FILES, method)
    cut = 4 + cut % (len(stored) - 4)
    *members, last = read(stored[:cut])
    assert members == FILES[: len(members)]
    assert last is State.TRUNCATED or last == (FILES[len(members)][0], State.TRUNCATED)


def test_an_archive_that_lost_its_directory_and_has_no_sizes_elsewhere_says_so():
    stored = pack(FILES, stored=Forward())
    assert read(stored[:-100]) == [State.TRUNCATED]
    (detail,) = details(stored[:-100])
    assert "has lost its directory" in detail


def test_a_cut_archive_whose_last_file_is_an_archive_is_not_taken_for_that():
    inner = pack([("inner.html", b"no")], zipfile.ZIP_STORED)
    stored = pack([*FILES, ("inner.zip", inner)], zipfile.ZIP_STORED)
    cut = stored[: stored.find(inner) + len(inner)]
    assert [name for name, _ in read(cut)[:-1]] == ["one.html", "two.html", "three.html", "four.html", "inner.zip"]
    assert read(cut)[-1] is State.TRUNCATED


@pytest.mark.parametrize("entries", [3, 40_000])
def test_members_that_overlap_are_told_before_they_are_all_read(entries):
    content = zlib.compress(bytes(1 << 16))[2:-4]
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0, 0, len(content), 1 << 16, 1, 0) + b"a" + content
    entry = struct.pack(
        "<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, zlib.crc32(bytes(1 << 16)), len(content), 1 << 16, 1, *[0] * 6
    )
    directory = (entry + b"a") * entries
    stored = local + directory + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0, 0, len(directory), len(local), 0)
    found = read(stored)
    assert found[-1] is State.BROKEN_ARCHIVE
    assert len(found) == 2
    assert "they overlap, as in a bomb" in details(stored)[0]


def test_a_directory_of_any_size_is_read_in_bounded_memory():
    entries = 300_000
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, *[0] * 6) + b"a"
    directory = entry * entries
    stored = directory + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0, 0, len(directory), 0, 0)
    file = io.BytesIO(stored)
    tracemalloc.start()
    assert sum(1 for _ in list_entries(file, find_directory(file))) == entries
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2 << 20


def test_a_tail_of_false_directories_is_looked_through_once():
    assert find_directory(io.BytesIO(b"PK\x03\x04" + b"PK\x05\x06" * 100_000)) is None


@given(noise=st.binary(max_size=300), place=st.integers(0, 1 << 20))
def test_noise_never_raises(noise, place):
    stored = pack(FILES)
    place %= len(stored)
    read(stored[:place] + noise + stored[place + len(noise) :])
