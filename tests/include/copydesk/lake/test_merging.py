from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from copydesk.lake import merging
from copydesk.lake.manifest import Part
from copydesk.lake.merging import Placed, groups_of, merge
from copydesk.lake.parts import write_part
from copydesk.schema import CLEAN, REMOVED, Dataset
from copydesk.storage import Storage

MakeTable = Callable[..., pa.Table]
Write = Callable[..., Placed]


@pytest.fixture
def write(lake: Storage, make_table: MakeTable) -> Write:
    """A part of so many rows, in a folder of its own as those of a shard are."""
    folders = iter(range(1000))

    def one(rows: int, dataset: Dataset = CLEAN, **given: str) -> Placed:
        folder = f"shard-{next(folders)}"
        part = write_part(lake, folder, dataset, make_table(rows, dataset, **given))
        return Placed(f"{folder}/{part.name}", part)

    return one


def merged(lake: Storage, folder: str, dataset: Dataset, placed: list[Placed]) -> list[Placed]:
    return [each for group in groups_of(lake, dataset, placed) for each in merge(lake, folder, dataset, group)]


def kept_ids(lake: Storage, ids: pa.Array) -> str:
    """Where they lie now."""
    with lake.open_output("repeated.arrow") as sink, pa.ipc.new_stream(sink, pa.schema([("article_id", pa.string())])) as writer:
        writer.write_table(pa.table([ids], ["article_id"]))
    return "repeated.arrow"


def rows_of(lake: Storage, placed: list[Placed]) -> pa.Table:
    return pa.concat_tables([pq.ParquetFile(lake.full(path)).read() for path, *_ in placed]).unify_dictionaries()


def test_a_hundred_small_parts_become_one_with_every_row_once(lake: Storage, write: Write) -> None:
    small = [write(3, title=f"Part {n}") for n in range(100)]
    together = merged(lake, "merged", CLEAN, small)
    assert [part.rows for _, part, _ in together] == [300]
    found, given = (sorted(map(str, rows_of(lake, placed).to_pylist())) for placed in (together, small))
    assert found == given


def test_rows_are_in_the_order_of_their_dataset_again(lake: Storage, write: Write) -> None:
    [whole] = merged(lake, "merged", CLEAN, [write(20), write(20)])
    times = rows_of(lake, [whole])["published_at"].to_pylist()
    assert times == sorted(times)
    plain = merged(lake, "merged", REMOVED, [write(2, REMOVED, text="first"), write(2, REMOVED, text="second")])
    assert rows_of(lake, plain)["text"].to_pylist() == ["first"] * 2 + ["second"] * 2


def test_the_same_parts_give_the_same_bytes_and_a_second_time_changes_nothing(lake: Storage, write: Write) -> None:
    small = [write(3), write(4), write(5)]
    once = merged(lake, "merged", CLEAN, small)
    assert merged(lake, "elsewhere", CLEAN, small)[0][1] == once[0][1]
    assert merged(lake, "merged again", CLEAN, once) == once


def test_a_large_part_stays_where_it_lies_between_the_small_ones(
    lake: Storage, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, large, after = [write(2), write(3)], write(400), [write(4), write(5)]
    monkeypatch.setattr(merging, "SMALL_BYTES", large[1].bytes)
    together = merged(lake, "merged", CLEAN, [*before, large, *after])
    assert [part.rows for _, part, _ in together] == [5, 400, 9]
    assert together[1] == large


def test_small_parts_fill_as_many_large_ones_as_they_need(lake: Storage, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    small = [write(50, title=f"Part {n}") for n in range(10)]
    monkeypatch.setattr(merging, "PART_BYTES", 3 * small[0].part.bytes + 100)
    groups = groups_of(lake, CLEAN, small)
    together = merged(lake, "merged", CLEAN, small)
    assert [len(group) for group in groups] == [3, 3, 3, 1]
    assert [part.rows for _, part, _ in together] == [150, 150, 150, 50]


def test_rows_that_are_left_out_are_missing_and_no_others(lake: Storage, write: Write) -> None:
    first, second = write(5, title="First"), write(4, REMOVED)
    ids = pq.ParquetFile(lake.full(first.path)).read()["article_id"].unique()[1:3]
    [kept] = merged(lake, "merged", CLEAN, [first._replace(without=kept_ids(lake, ids))])
    assert set(rows_of(lake, [kept])["article_id"].to_pylist()).isdisjoint(ids.to_pylist())
    assert kept.part.rows == 3
    assert merged(lake, "merged", REMOVED, [second]) == [second]


def test_a_large_part_of_which_rows_are_left_out_is_written_again(
    lake: Storage, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = write(40)
    monkeypatch.setattr(merging, "SMALL_BYTES", 1)
    ids = pq.ParquetFile(lake.full(large.path)).read()["article_id"].unique()[:39]
    assert merged(lake, "merged", CLEAN, [large]) == [large]
    [kept] = merged(lake, "merged", CLEAN, [large._replace(without=kept_ids(lake, ids))])
    assert kept.part.rows == 1


def test_empty_parts_are_left_out_and_one_alone_is_not_written_again(lake: Storage, write: Write) -> None:
    one = write(3)
    assert merged(lake, "merged", CLEAN, [write(0), one, write(0)]) == [one]
    assert merged(lake, "merged", CLEAN, [write(0)]) == []
    assert not lake.folders("merged")


def test_a_part_of_another_version_of_the_schema_keeps_its_columns(lake: Storage, write: Write) -> None:
    path, part, _ = write(3)
    table = pq.ParquetFile(lake.full(path)).read().append_column("mood", pa.array(["calm"] * 3))
    pq.write_table(table, lake.full(path))
    later = Placed(path, Part(part.name, 3, lake.size(path) or 0, ""))
    together = merged(lake, "merged", CLEAN, [write(1), later, write(2), write(2)])
    assert [part.rows for _, part, _ in together] == [1, 3, 4]
    assert "mood" in pq.ParquetFile(lake.full(together[1][0])).schema_arrow.names


def test_a_part_that_is_damaged_ends_it(lake: Storage, write: Write) -> None:
    path, part, _ = write(30)
    data = bytearray(lake.read_bytes(path))
    data[100:2000] = bytes(1900)
    lake.write_bytes(path, bytes(data))
    with pytest.raises((OSError, pa.ArrowInvalid)):
        merged(lake, "merged", CLEAN, [write(1), Placed(path, part)])


def test_statistics_and_filters_are_those_of_any_part(lake: Storage, write: Write) -> None:
    [(path, *_)] = merged(lake, "merged", CLEAN, [write(3), write(3)])
    file = pq.ParquetFile(lake.full(path))
    assert file.metadata.num_row_groups == 1
    assert file.metadata.row_group(0).column(0).bloom_filter_length
    assert pc.count_distinct(file.read()["article_id"]).as_py() == 3
