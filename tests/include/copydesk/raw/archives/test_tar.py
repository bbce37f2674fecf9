from __future__ import annotations

import gzip
import io
import tarfile
import tracemalloc

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from copydesk.raw.archives.members import Kind, Member
from copydesk.raw.archives.tar import is_tar, tar_members
from copydesk.raw.compression.stream import Ending, State, decompress

FORMATS = {"ustar": tarfile.USTAR_FORMAT, "gnu": tarfile.GNU_FORMAT, "pax": tarfile.PAX_FORMAT}
every_format = pytest.mark.parametrize("format", FORMATS.values(), ids=FORMATS)
FILES = [("one.html", b"1" * 700), ("two.html", b""), ("three.html", b"3" * 512), ("four.html", b"4")]


def pack(files, format: int = tarfile.GNU_FORMAT, **header) -> bytes:
    stored = io.BytesIO()
    with tarfile.open(fileobj=stored, mode="w", format=format) as archive:
        for name, content in files:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            for key, value in header.items():
                setattr(info, key, value)
            archive.addfile(info, io.BytesIO(content))
    return stored.getvalue()


def read(stored: bytes, is_piece: bool = False):
    """What a tar archive gives: name and content of each member, an Ending for damage."""
    found = []
    for member in tar_members(decompress(io.BytesIO(stored), 200), is_piece):
        if isinstance(member, Ending):
            found.append(member.state)
        elif member.trouble:
            found.append(member.trouble)
        else:
            found.append((member.name, unpacked(member.content)))
    return found


def unpacked(content) -> bytes:
    return b"".join(iter(lambda: content.read(1000), b""))


def header(**fields) -> bytes:
    info = tarfile.TarInfo("any")
    for key, value in fields.items():
        setattr(info, key, value)
    return info.tobuf(tarfile.GNU_FORMAT)


@every_format
@given(
    files=st.lists(
        st.tuples(
            st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=40)
            .map(lambda text: text.strip("/") or "x")
            .filter(lambda name: len(name.encode()) <= 90),
            st.binary(max_size=2000),
        ),
        max_size=5,
    )
)
@example(files=[("]", b"")])  # what a .lzma begins with
def test_members_are_those_that_pythons_tarfile_finds(format, files):
    stored = pack(files, format)
    with tarfile.open(fileobj=io.BytesIO(stored)) as archive:
        theirs = [(member.name, archive.extractfile(member).read()) for member in archive if member.isreg()]
    assert read(stored) == theirs == files


@pytest.mark.parametrize("format", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_long_names_are_read_whole(format):
    files = [("day/" + "ä" * 3000 + ".html", b"page"), ("short.html", b"page")]
    assert read(pack(files, format)) == files


def test_a_size_too_large_for_its_field_is_read_from_the_extended_header():
    extended = b"13 size=1024\n"
    member = header(type=tarfile.XHDTYPE, size=len(extended)) + extended.ljust(512, b"\0") + header(name="a", size=5)
    assert read(member + b"x" * 1024 + bytes(1024)) == [("a", b"x" * 1024)]


@pytest.mark.parametrize(
    "extended", [b"no length", b"0 path=a\n" * 9, b"999999999 path=", b"5 a=b\n", b"\xff" * 500, b"7 path\n"]
)
def test_a_broken_extended_header_costs_nothing_else(extended):
    stored = (
        header(type=tarfile.XHDTYPE, size=len(extended)) + extended.ljust(512, b"\0") + header(name="a", size=1) + b"x".ljust(512)
    )
    assert read(stored + bytes(1024))[0][1] == b"x"


def test_many_lines_in_an_extended_header_are_read_in_time_linear_to_them():
    extended = b"6 a=b\n" * 170_000
    member = header(type=tarfile.XHDTYPE, size=len(extended)) + extended + bytes(-len(extended) % 512) + header(name="a")
    assert read(member + bytes(1024)) == [("a", b"")]


@pytest.mark.parametrize("type", [tarfile.XHDTYPE, tarfile.GNUTYPE_LONGNAME])
def test_a_header_of_any_size_is_not_held_in_memory(type):
    extended = 64 << 20
    stored = header(type=type, size=extended) + bytes(extended) + pack(FILES)
    tracemalloc.start()
    (trouble, *rest) = read(stored)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "its headers take 67108864 bytes, more than the 1048576 that are ever read of them" in trouble
    assert rest == FILES[1:]
    assert peak < 2 << 20


def test_what_a_header_says_of_all_members_or_of_a_link_is_passed_over():
    told = b"11 path=no\n".ljust(512, b"\0")
    stored = header(type=tarfile.XGLTYPE, size=11) + told + header(type=tarfile.GNUTYPE_LONGLINK, size=11) + told + pack(FILES)
    assert read(stored) == FILES


def test_a_sparse_file_is_not_read_and_its_neighbours_are():
    sparse = bytearray(header(name="holes", type=tarfile.GNUTYPE_SPARSE, size=5))
    sparse[482] = 1
    sparse[148:156] = b"%06o\0 " % (sum(sparse[:148]) + sum(sparse[156:]) + 8 * 32)
    stored = bytes(sparse) + bytes(504) + b"\1" + bytes(7) + bytes(512) + b"data.".ljust(512, b"\0") + pack(FILES)
    assert read(stored) == ["a sparse file, which is not read; pack it again without --sparse", *FILES]


def test_a_sparse_file_of_the_newer_kind_is_not_read():
    stored = pack([("GNUSparseFile.0/holes", b"1\n0\n4\n")], tarfile.PAX_FORMAT, pax_headers={"GNU.sparse.major": "1"})
    assert read(stored + pack(FILES))[0].startswith("a sparse file")


@every_format
@given(cut=st.integers(0, 1 << 20))
def test_a_cut_archive_gives_what_stood_before_the_cut_and_says_so_once(format, cut):
    stored = pack(FILES, format)
    cut = 262 + cut % (len(stored.rstrip(b"\0")) - 262)
    found, states = [], []
    for member in tar_members(decompress(io.BytesIO(stored[:cut]), 200), False):
        if isinstance(member, Ending):
            states.append(member.state)
            continue
        content = decompress(member.content, 200)
        found.append((member.name, content.read()))
        states += [content.ending.state] if content.ending.state is not State.COMPLETE else []
    assert states == [State.TRUNCATED]
    assert [name for name, _ in found] == [name for name, _ in FILES][: len(found)]
    assert (
        "".join(content.decode() for _, content in found)
        == "".join(c.decode() for _, c in FILES)[: sum(len(c) for _, c in found)]
    )


@pytest.mark.parametrize("at", [1536, 2048, 3072])
def test_an_archive_that_ends_between_two_members_is_known_by_its_missing_end_mark(at):
    assert read(pack(FILES)[:at])[-1] is State.TRUNCATED


def test_an_archive_that_ends_behind_the_first_zeros_of_its_end_mark_lacks_nothing():
    stored = pack(FILES).rstrip(b"\0")
    members = stored + bytes(-len(stored) % 512)
    assert [read(members + bytes(512 * blocks)) for blocks in (1, 2)] == [FILES, FILES]


def test_a_piece_of_an_archive_has_no_end_mark():
    stored = pack(FILES)
    assert read(stored[:1536], is_piece=True) == FILES[:1]
    assert read(stored[1536:3072], is_piece=True) == FILES[1:3]


def test_archives_may_follow_one_another():
    assert read(pack(FILES) + pack(FILES[:1])) == [*FILES, FILES[0]]


def test_behind_a_broken_header_reading_goes_on_with_the_next_member():
    stored = bytearray(pack(FILES))
    stored[1536 + 100] ^= 0xFF
    assert read(bytes(stored)) == [FILES[0], State.BROKEN_ARCHIVE, *FILES[2:]]


def test_what_was_passed_over_is_told_with_its_place():
    stored = pack(FILES)
    broken = stored[:1536] + b"noise" * 1000 + bytes(120) + stored[1536:]
    (told,) = [each for each in tar_members(decompress(io.BytesIO(broken), 200), False) if isinstance(each, Ending)]
    assert told.detail == "no header of a tar archive where one should be, at byte 1536: 5120 bytes passed over"


def test_junk_behind_the_end_mark_is_told_once():
    assert read(pack(FILES) + b"junk" * 5000) == [*FILES, State.BROKEN_ARCHIVE]


def test_a_size_below_zero_is_no_header():
    stored = bytearray(header(name="a"))
    stored[124:136] = b"\xff" * 12
    stored[148:156] = b"%06o\0 " % (sum(stored[:148]) + sum(stored[156:]) + 8 * 32)
    assert not is_tar(bytes(stored))


def test_a_file_of_nothing_but_zeros_is_told_from_an_archive_without_members():
    assert read(bytes(10240)) == []
    assert read(bytes(1 << 20)) == [State.BROKEN_ARCHIVE]


def test_a_size_beyond_the_file_is_a_cut():
    stored = header(name="a", size=1 << 60) + b"x" * 5000
    content = decompress(next(tar_members(decompress(io.BytesIO(stored), 200), False)).content, 200)
    assert content.read() == b"x" * 5000
    assert content.ending.state is State.TRUNCATED


def test_members_that_nobody_reads_are_passed_over():
    stream = decompress(io.BytesIO(gzip.compress(pack(FILES))), 200)
    assert [member.name for member in tar_members(stream, False)] == [name for name, _ in FILES]


def test_a_cut_in_a_member_that_nobody_reads_is_told():
    stored = pack(FILES)
    *_, member, told = tar_members(decompress(io.BytesIO(stored[: 512 + 100]), 200), False)
    assert (member.name, told.state) == ("one.html", State.TRUNCATED)


def test_unknown_kinds_are_special_members_and_what_they_hold_is_passed_over():
    stored = header(name="label", type=b"V", size=600) + bytes(1024) + pack(FILES)
    first, *rest = tar_members(decompress(io.BytesIO(stored), 200), False)
    assert isinstance(first, Member)
    assert first.kind is Kind.SPECIAL
    assert len(rest) == 4
