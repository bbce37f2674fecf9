from __future__ import annotations

import gzip
import json
from dataclasses import replace
from itertools import chain
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from copydesk.raw.cutting.pieces import Piece
from copydesk.raw.cutting.sharing import gather, shard_size, share_out
from copydesk.raw.inputs import InputFile, list_inputs
from copydesk.settings import MEBIBYTE, Settings
from copydesk.sources import Source
from copydesk.storage import Storage

SIZES = st.lists(st.integers(0, 5000), max_size=60)


def settings(shard_bytes: int, max_shards: int) -> Settings:
    return Settings(raw="r", lake="l", sources="s", shard_bytes=shard_bytes, max_shards=max_shards)


def pieces(sizes: list[int]) -> list[Piece]:
    return [Piece(InputFile(f"{n:03}.txt", f"/raw/{n:03}.txt", size), size) for n, size in enumerate(sizes)]


def shards(sizes: list[int], shard_bytes: int, max_shards: int) -> list[list[InputFile]]:
    return gather(pieces(sizes), shard_size(sum(sizes), settings(shard_bytes, max_shards)))


def test_no_files_make_one_empty_shard() -> None:
    assert shards([], 10, 3) == [[]]


def test_a_shard_is_about_as_large_as_asked() -> None:
    assert [len(shard) for shard in shards([40] * 10, 100, 50)] == [3, 2, 3, 2]


@given(sizes=SIZES, shard_bytes=st.integers(1, 9000), max_shards=st.integers(1, 9))
def test_shards_partition_the_files_in_order(sizes: list[int], shard_bytes: int, max_shards: int) -> None:
    found = shards(sizes, shard_bytes, max_shards)
    assert list(chain.from_iterable(found)) == [piece.file for piece in pieces(sizes)]
    assert 1 <= len(found) <= max_shards
    assert all(found) or found == [[]]


@given(sizes=SIZES, shard_bytes=st.integers(1, 9000))
@example(sizes=[1, 0], shard_bytes=1)
def test_a_shard_passes_its_size_by_less_than_its_last_file(sizes: list[int], shard_bytes: int) -> None:
    for shard in shards(sizes, shard_bytes, 1_000_000):
        filled = [file.size for file in shard if file.size]  # an empty file at the end adds nothing to what stands before it
        assert sum(filled[:-1]) < shard_size(sum(sizes), settings(shard_bytes, 1_000_000))


def test_a_shard_of_a_large_input_is_up_to_four_times_as_large() -> None:
    sizes = {total: shard_size(total, settings(100, 200)) for total in (0, 3_200, 6_400, 12_800, 64_000, 160_000)}
    assert sizes == {0: 100, 3_200: 100, 6_400: 200, 12_800: 400, 64_000: 400, 160_000: 800}


def test_a_large_file_is_cut_the_same_way_each_time_and_a_compressed_one_weighs_more(tmp_path: Path) -> None:
    line = json.dumps({"content": "A line of some length. " * 20}).encode() + b"\n"
    (tmp_path / "day").mkdir()
    (tmp_path / "day" / "a.jsonl").write_bytes(line * (4 * MEBIBYTE // len(line)))
    noise = bytes((n * n * 7 + n // 3) % 251 for n in range(MEBIBYTE + 1000))
    (tmp_path / "day" / "b.jsonl.gz").write_bytes(gzip.compress(noise, 0))
    source = Source.model_validate({"name": "desk", "raw": "{key}/*", "format": "jsonl"})
    storage = Storage.open(str(tmp_path))
    plans = [share_out(storage, list_inputs(storage, source, "day"), source, settings(MEBIBYTE, 200)) for _ in range(2)]
    assert plans[0] == plans[1]
    names = [[Path(file.path).name for file in shard] for shard in plans[0]]
    assert names == [["a.jsonl"], ["a.jsonl"], ["a.jsonl"], ["a.jsonl", "b.jsonl.gz"]]
    heavy = [Piece(file, file.size * 4) for file in list_inputs(storage, source, "day")]
    few = gather(heavy, 64 * MEBIBYTE)
    assert [[Path(file.path).name for file in shard] for shard in few] == [["a.jsonl", "b.jsonl.gz"]]


def test_many_small_files_of_object_storage_are_shared_out_for_their_number(tmp_path: Path) -> None:
    files = [InputFile(f"{n:05}.json", f"raw/{n:05}.json", 6_000) for n in range(10_000)]
    source = Source.model_validate({"name": "lbc", "raw": "{key}/*", "format": "jsonl"})
    local = Storage.open(str(tmp_path))
    found = {
        is_local: [
            len(shard) for shard in share_out(replace(local, is_local=is_local), files, source, settings(64 * MEBIBYTE, 200))
        ]
        for is_local in (True, False)
    }
    assert found[True] == [10_000]
    assert sum(found[False]) == 10_000
    assert (len(found[False]), max(found[False]) < 1_000) == (11, True)
