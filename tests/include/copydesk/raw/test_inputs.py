from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.errors import BadInput
from copydesk.raw.inputs import InputFile, cut_shards, list_inputs
from copydesk.settings import Settings

SIZES = st.lists(st.integers(0, 5000), max_size=60)


def settings(shard_bytes: int, max_shards: int) -> Settings:
    return Settings(raw="r", lake="l", sources="s", shard_bytes=shard_bytes, max_shards=max_shards)


def files(sizes: list[int]) -> list[InputFile]:
    return [InputFile(f"{n:03}.txt", f"/raw/{n:03}.txt", size) for n, size in enumerate(sizes)]


def test_files_of_a_key_are_listed_by_path(desk):
    for name in ("2026-11-03/b.txt", "2026-11-03/a.txt.gz", "2026-11-04/c.txt"):
        path = desk.root / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"text")
    found = list_inputs(desk.storage, desk.source("text"), "2026-11-03")
    assert found == [InputFile(path, str(desk.root / path), 4) for path in ("2026-11-03/a.txt.gz", "2026-11-03/b.txt")]


def test_a_day_without_files_lists_none(desk):
    assert list_inputs(desk.storage, desk.source("text"), "2026-11-03") == []


@pytest.mark.parametrize(
    "key", ["", "..", "a/b", "a..b", "*", "2026-11-0?", "[ab]", "{key}", ".hidden", "a\nb", "a\n", "a\\b", "a\0"]
)
def test_a_key_that_could_lead_elsewhere_is_refused(desk, key):
    with pytest.raises(BadInput, match="no partition key"):
        list_inputs(desk.storage, desk.source("text"), key)


def test_no_files_make_one_empty_shard():
    assert cut_shards([], settings(10, 3)) == [[]]


def test_a_shard_is_about_as_large_as_asked():
    shards = cut_shards(files([40] * 10), settings(100, 50))
    assert [len(shard) for shard in shards] == [3, 2, 3, 2]


@given(sizes=SIZES, shard_bytes=st.integers(1, 9000), max_shards=st.integers(1, 9))
def test_shards_partition_the_files_in_order(sizes, shard_bytes, max_shards):
    inputs = files(sizes)
    shards = cut_shards(inputs, settings(shard_bytes, max_shards))
    assert list(chain.from_iterable(shards)) == inputs
    assert 1 <= len(shards) <= max_shards
    assert all(shards) or shards == [[]]


@given(sizes=SIZES, shard_bytes=st.integers(1, 9000))
def test_a_shard_passes_its_size_by_less_than_one_file(sizes, shard_bytes):
    for shard in cut_shards(files(sizes), settings(shard_bytes, 1_000_000)):
        assert sum(file.size for file in shard[:-1]) < shard_bytes
