from __future__ import annotations

import gzip
import io
import tarfile
import tempfile
import tracemalloc
import zipfile

import pytest
from archive_making import CODECS, PAGES, contents, every_archive, every_codec, packed_tar, packed_zip, reasons
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from copydesk.raw.archives.tar import BLOCK
from copydesk.raw.reading import READERS
from copydesk.records import Reason, Reject


@every_archive
@every_codec
def test_every_member_is_a_record_in_its_order(desk, pack, compress):
    reading = desk.reading(compress(pack(PAGES)), "html")
    items = list(reading)
    assert contents(items) == list(PAGES.items())
    assert [item.origin.ordinal for item in items] == list(range(5))
    assert [item.id for item in items] == [f"day/file/{name}" for name in PAGES]
    assert (reading.complete, reading.rejected, reading.skipped) == (True, 0, {})


@every_archive
@every_codec
def test_members_may_be_compressed_each_for_itself(desk, pack, compress):
    items = desk.items(pack({name: compress(content) for name, content in PAGES.items()}), "html")
    assert contents(items) == list(PAGES.items())


@every_archive
@every_codec
def test_an_archive_without_members_is_one_reject(desk, pack, compress):
    reading = desk.reading(compress(pack({})), "html")
    (reject,) = reading
    assert reject.reason == "empty"
    assert reading.complete


@every_archive
def test_an_empty_member_is_a_reject_in_every_format(desk, pack):
    for format in READERS:
        (reject,) = desk.items(pack({"hollow": b""}), format)
        assert (reject.reason, reject.origin.member) == ("empty", "hollow")


@every_archive
def test_members_of_many_records_are_numbered_as_one_file(desk, pack):
    lines = b'{"content": "One."}\nbroken\n{"content": "Two."}\n'
    items = desk.items(pack({"a": lines, "b": lines}), "jsonl")
    assert [(item.origin.member, item.origin.ordinal, item.origin.offset) for item in items] == [
        ("a", 0, 0),
        ("a", 1, 20),
        ("a", 2, 27),
        ("b", 3, 0),
        ("b", 4, 20),
        ("b", 5, 27),
    ]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@every_archive
def test_two_members_of_one_name_are_both_read(desk, pack):
    stored = pack({"a.html": b"<p>first</p>", "b.html": b"<p>other</p>"}).replace(b"b.html", b"a.html")
    if pack is packed_tar:
        stored = resummed(stored, 1024)
    items = desk.items(stored, "html")
    assert [(item.origin.member, item.origin.ordinal) for item in items] == [("a.html", 0), ("a.html", 1)]
    assert [item.id for item in items] == ["day/file/a.html", "day/file/a.html#1"]


def resummed(stored: bytes, at: int) -> bytes:
    """The header at `at` with its checksum put right."""
    header = stored[at : at + 512]
    total = sum(header[:148]) + sum(header[156:]) + 8 * 32
    return stored[: at + 148] + b"%06o\0 " % total + stored[at + 156 :]


@every_archive
@pytest.mark.parametrize("name", ["../../escape.html", "/etc/escape.html", "..", "C:\\escape.html", "a/../../b.html"])
def test_a_name_that_leads_elsewhere_is_a_name_and_nothing_is_written(desk, tmp_path, pack, name):
    root = tmp_path / "house" / "desk"  # what leaves it by two steps is still found below
    root.mkdir(parents=True)
    before = set(tmp_path.rglob("*"))
    items = type(desk)(root).items(pack({name: b"<p>x</p>"}), "html")
    assert contents(items) == [(name, b"<p>x</p>")]
    assert set(tmp_path.rglob("*")) - before == {root / "day", root / "day/file"}


@every_archive
def test_hidden_files_are_skipped_and_counted(desk, pack):
    hidden = {"__MACOSX/._a.html": b"fork", ".DS_Store": b"x", "day/.git/config": b"x"}
    reading = desk.reading(pack({**hidden, "./a.html": b"<p>a</p>"}), "html")
    assert contents(reading) == [("./a.html", b"<p>a</p>")]
    assert reading.skipped == {"hidden file of an archive": 3}
    assert reading.account()["skipped"] == {"hidden file of an archive": 3}
    assert reading.records == 1


@every_archive
def test_a_source_may_say_which_members_it_wants(desk, pack):
    reading = desk.reading(pack({"a.html": b"<p>a</p>", "b/c.html": b"<p>c</p>", "d.jpg": b"x"}), "html", members="*.html")
    assert [name for name, _ in contents(reading)] == ["a.html", "b/c.html"]
    assert reading.skipped == {"file of an archive that does not match `members`": 1}


def test_links_folders_and_devices_are_skipped_by_kind(desk):
    stored = io.BytesIO()
    kinds = [tarfile.DIRTYPE, tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE]
    with tarfile.open(fileobj=stored, mode="w") as archive:
        for number, kind in enumerate(kinds):
            info = tarfile.TarInfo(f"{number}.html")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    reading = desk.reading(stored.getvalue(), "html")
    assert list(reading) == []
    assert reading.skipped == {
        "folder of an archive": 1,
        "link in an archive": 2,
        "device or other special member of an archive": 2,
    }


def test_links_and_folders_of_a_zip_are_skipped(desk):
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        archive.mkdir("day")
        link = zipfile.ZipInfo("day/link")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    reading = desk.reading(stored.getvalue(), "html")
    assert list(reading) == []
    assert reading.skipped == {"folder of an archive": 1, "link in an archive": 1}


@every_archive
@every_codec
@settings(deadline=None, max_examples=40)
@given(cut=st.integers(0, 1 << 20))
def test_a_cut_archive_gives_the_members_before_the_cut_and_one_reject(any_desk, pack, compress, cut):
    stored = compress(pack(PAGES))
    smallest = 262 if compress is bytes else 12  # of a tar this is what it can be known by
    cut = smallest + cut % (len(stored) - smallest)
    assume(cut % BLOCK or stored[cut - BLOCK : cut].strip(b"\0"))  # cut between the zeros of a tar's end, it lacks nothing
    reading = any_desk.reading(stored[:cut], "html")
    items = list(reading)
    assert contents(items) == list(PAGES.items())[: len(items) - 1]
    assert [type(item) for item in items[-1:]] == [Reject]
    assert reasons(items) == [Reason.TRUNCATED]
    assert not reading.complete


@settings(deadline=None, max_examples=60)
@given(cut=st.integers(0, 1 << 20))
@example(cut=0)
def test_a_cut_archive_of_lines_gives_the_lines_before_the_cut(any_desk, cut):
    lines = [b'{"content": "%d"}\n' % n for n in range(100)]
    stored = gzip.compress(packed_tar({"a": b"".join(lines[:60]), "b": b"".join(lines[60:])}))
    items = list(any_desk.reading(stored[: 20 + cut % (len(stored) - 20)], "jsonl"))
    assert [item.content for item in items[:-1]] == [str(n) for n in range(len(items) - 1)]
    assert reasons(items) == [Reason.TRUNCATED]
    assert [item.origin.ordinal for item in items] == list(range(len(items)))


@every_archive
@every_codec
@settings(deadline=None, max_examples=60)
@given(place=st.integers(0, 1 << 20), noise=st.binary(min_size=1, max_size=700))
def test_noise_in_an_archive_never_raises_and_is_accounted_for(any_desk, pack, compress, place, noise):
    stored = compress(pack(PAGES))
    place %= len(stored)
    reading = any_desk.reading(stored[:place] + noise + stored[place + len(noise) :], "html")
    items = list(reading)
    assert [item.origin.ordinal for item in items] == list(range(len(items))) == list(range(reading.records))


@every_archive
@pytest.mark.parametrize("cut", [b"", b"x" * 100])
def test_a_member_that_is_damaged_in_itself_costs_only_itself(desk, pack, cut):
    broken = gzip.compress(PAGES["day/1.html"])[:-9] + cut
    reading = desk.reading(pack({"a.html": b"<p>a</p>", "b.html.gz": broken, "c.html": b"<p>c</p>"}), "html")
    items = list(reading)
    assert [name for name, _ in contents(items)] == ["a.html", "c.html"]
    assert [item.origin.member for item in items if isinstance(item, Reject)] == ["b.html.gz"]
    assert not reading.complete


@every_archive
def test_a_member_over_the_limit_is_one_reject(desk, pack):
    items = desk.items(pack({"a.html": b"<p>a</p>", "large.html": b"x" * 2001, "c.html": b"<p>c</p>"}), "html")
    assert reasons(items) == [Reason.TOO_LARGE]
    assert len(items) == 3


@every_archive
def test_more_members_than_the_limit_are_one_reject_with_the_limit(desk, pack):
    desk.settings = desk.settings.model_copy(update={"max_members": 3})
    reading = desk.reading(pack(PAGES), "html")
    items = list(reading)
    assert len(contents(items)) == 3
    assert [item.detail for item in items if isinstance(item, Reject)] == [
        "the archive has more members than COPYDESK_MAX_MEMBERS=3"
    ]
    assert not reading.complete


@pytest.mark.parametrize("compress", [each for name, each in CODECS.items() if name != "plain"])
def test_a_zip_in_a_compressed_file_is_unpacked_where_nobody_sees_it_and_nothing_is_left(desk, compress, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    reading = iter(desk.reading(compress(packed_zip(PAGES)), "html"))
    next(reading)
    assert list((tmp_path / "scratch").iterdir()) == []
    reading.close()


def test_a_zip_too_large_to_unpack_is_rejected_with_the_limit(desk):
    desk.settings = desk.settings.model_copy(update={"max_spool_bytes": 400})
    stored = packed_zip({str(n): bytes(range(256)) for n in range(5)}, zipfile.ZIP_STORED)
    reading = desk.reading(gzip.compress(stored), "html")
    (*_, reject) = reading
    assert reject.reason is Reason.TOO_LARGE
    assert "COPYDESK_MAX_SPOOL_BYTES=400" in reject.detail
    assert not reading.complete


@every_codec
@every_archive
def test_a_bomb_in_an_archive_is_stopped_in_bounded_memory_and_its_neighbours_are_read(desk, pack, compress):
    stored = pack({"a.html": b"<p>a</p>", "bomb": gzip.compress(bytes(50 << 20)), "z.html": b"<p>z</p>"})
    reading = desk.reading(compress(stored), "html")
    tracemalloc.start()
    items = list(reading)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [name for name, _ in contents(items)] == ["a.html", "z.html"]
    assert reasons(items) == [Reason.TOO_LARGE]
    assert "COPYDESK_MAX_EXPANSION=200" in items[1].detail
    assert peak < 24 << 20


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_a_member_that_grows_too_far_is_stopped(desk, method):
    items = desk.items(packed_zip({"bomb": bytes(100 << 20), "z.html": b"<p>z</p>"}, method), "html")
    assert reasons(items) == [Reason.TOO_LARGE]
    assert contents(items) == [("z.html", b"<p>z</p>")]


@pytest.mark.parametrize("compress", [each for name, each in CODECS.items() if name != "plain"])
def test_a_compressed_archive_that_grows_too_far_is_stopped(desk, compress):
    reading = desk.reading(compress(packed_tar({"a.html": b"<p>a</p>", "bomb": bytes(60 << 20)})), "html")
    items = list(reading)
    assert reasons(items)[-1] is Reason.TOO_LARGE
    assert not reading.complete
