from __future__ import annotations

import gzip

import pytest
from archive_making import CODECS, PAGES, contents, every_archive, every_codec, every_inner, packed_tar, packed_zip, reasons
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.records import Reason, Reject


@every_archive
@every_inner
def test_members_of_an_archive_in_an_archive_have_the_names_of_both(desk, pack, inner):
    reading = desk.reading(pack({"a.html": b"<p>a</p>", "in": inner(PAGES), "b.html": b"<p>b</p>"}), "html")
    items = list(reading)
    inside = [(f"in/{name}", content) for name, content in PAGES.items()]
    assert contents(items) == [("a.html", b"<p>a</p>"), *inside, ("b.html", b"<p>b</p>")]
    assert [item.origin.ordinal for item in items] == list(range(7))
    assert [item.id for item in items[:2]] == ["day/file/a.html", "day/file/in/day/0.html"]
    assert reading.complete


@every_archive
@every_codec
def test_a_compressed_tar_in_an_archive_is_read(desk, pack, compress):
    assert len(contents(desk.items(pack({"in": compress(packed_tar(PAGES))}), "html"))) == 5


@every_archive
@every_codec
@every_inner
def test_what_is_packed_once_too_often_is_rejected_and_its_neighbours_are_read(desk, pack, compress, inner):
    deep = inner({"in": compress(inner(PAGES)), "b.html": b"<p>b</p>"})
    reading = desk.reading(pack({"a.html": b"<p>a</p>", "deep": deep, "c.html": b"<p>c</p>"}), "html")
    items = list(reading)
    assert [name for name, _ in contents(items)] == ["a.html", "deep/b.html", "c.html"]
    (reject,) = [item for item in items if isinstance(item, Reject)]
    assert (reject.reason, reject.origin.member, reject.origin.ordinal) == (Reason.TOO_DEEP, "deep/in", 1)
    assert "nested too deeply: unpack" in reject.detail
    assert reading.complete


@every_archive
def test_no_more_than_one_compression_is_undone_inside_of_an_archive(desk, pack):
    page = {"a.html.gz": gzip.compress(b"<p>a</p>")}
    assert len(contents(desk.items(pack({"in": packed_tar(page)}), "html"))) == 1
    for deep in (gzip.compress(packed_tar(page)), packed_zip(page), gzip.compress(packed_zip(PAGES))):
        assert reasons(desk.items(pack({"in": deep}), "html")) == [Reason.TOO_DEEP]


@every_archive
def test_a_pattern_chooses_among_the_members_of_the_outer_archive(desk, pack):
    stored = pack({"a.html": b"<p>a</p>", "in.zip": packed_zip({**PAGES, ".hidden": b"x"})})
    reading = desk.reading(stored, "html", members="*.zip")
    assert len(contents(reading)) == 5
    assert sorted(reading.skipped) == ["file of an archive that does not match `members`", "hidden file of an archive"]


@every_archive
@every_inner
def test_a_cut_archive_in_an_archive_costs_its_own_rest_alone(desk, pack, inner):
    whole = inner(PAGES)
    reading = desk.reading(pack({"a.html": b"<p>a</p>", "in": whole[: len(whole) // 3], "c.html": b"<p>c</p>"}), "html")
    items = list(reading)
    assert [name for name, _ in contents(items)][:: len(contents(items)) - 1] == ["a.html", "c.html"]
    (reject,) = [item for item in items if isinstance(item, Reject)]
    assert reject.reason is Reason.TRUNCATED
    assert str(reject.origin.member).startswith("in")
    assert not reading.complete


@every_archive
def test_members_of_all_archives_of_a_file_are_counted_together(desk, pack):
    desk.settings = desk.settings.model_copy(update={"max_members": 8})
    items = desk.items(pack({"one": packed_tar(PAGES), "two": packed_zip(PAGES), "c.html": b"<p>c</p>"}), "html")
    assert len(contents(items)) == 6  # beside two archives
    assert [item.detail for item in items if isinstance(item, Reject)] == [
        "the archive has more members than COPYDESK_MAX_MEMBERS=8"
    ]


@pytest.mark.parametrize("outer", [each for each in CODECS.values() if each is not bytes])
@pytest.mark.parametrize("inner", [each for each in CODECS.values() if each is not bytes])
def test_what_is_compressed_twice_is_rejected(desk, outer, inner):
    (reject,) = desk.items(outer(inner(b"<p>a</p>")), "html")
    assert reject.reason is Reason.TOO_DEEP


@every_archive
@every_inner
@settings(deadline=None, max_examples=40)
@given(place=st.integers(0, 1 << 20), noise=st.binary(min_size=1, max_size=700))
def test_noise_in_an_archive_in_an_archive_never_raises_and_is_accounted_for(any_desk, pack, inner, place, noise):
    stored = pack({"a.html": b"<p>a</p>", "in": inner(PAGES)})
    place %= len(stored)
    reading = any_desk.reading(stored[:place] + noise + stored[place + len(noise) :], "html")
    items = list(reading)
    assert [item.origin.ordinal for item in items] == list(range(len(items))) == list(range(reading.records))
