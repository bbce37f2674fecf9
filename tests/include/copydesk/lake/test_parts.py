from __future__ import annotations

import hashlib
from collections.abc import Callable

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from copydesk.errors import BadInput
from copydesk.lake import parts
from copydesk.lake.parts import conform, write_part
from copydesk.schema import ARTICLES, CLEAN, DATASETS, REMOVED, Dataset
from copydesk.storage import Storage

MakeTable = Callable[..., pa.Table]


@pytest.mark.parametrize("dataset", DATASETS.values(), ids=lambda dataset: dataset.name)
def test_a_part_holds_exactly_the_schema_of_its_dataset(lake: Storage, make_table: MakeTable, dataset: Dataset) -> None:
    part = write_part(lake, "x", dataset, make_table(3, dataset))
    table = pq.read_table(lake.full(f"x/{part.name}"))
    assert table.schema.equals(dataset.schema)
    assert table.schema.field(0).metadata[b"description"].decode() == dataset.columns[0].description
    assert table.num_rows == part.rows == 3


def test_a_part_is_named_by_its_bytes(lake: Storage, make_table: MakeTable) -> None:
    part = write_part(lake, "x", CLEAN, make_table(3))
    data = lake.read_bytes(f"x/{part.name}")
    assert (part.sha256, part.bytes) == (hashlib.sha256(data).hexdigest(), len(data))
    assert part.name == f"part-{part.sha256[:32]}.parquet"


def test_equal_rows_are_equal_bytes_however_the_table_was_made(lake: Storage, make_table: MakeTable) -> None:
    table = make_table(50)
    pieces = pa.concat_tables([table.slice(0, 7), table.slice(7, 20), table.slice(27)])
    plain = table.set_column(table.column_names.index("language"), "language", table["language"].cast(pa.string()))
    shuffled = table.select(table.column_names[::-1])
    sliced = pa.concat_tables([make_table(3), table]).slice(3)
    found = {write_part(lake, "x", CLEAN, version).sha256 for version in (table, pieces, plain, shuffled, sliced)}
    assert len(found) == 1


def test_rows_are_sorted_with_unknown_times_last_and_ties_in_their_order(make_table: MakeTable) -> None:
    table = pa.concat_tables([make_table(1, published_at=None, title="unknown"), make_table(30), make_table(30)])
    found = conform(CLEAN, table)
    times = found["published_at"].to_pylist()
    assert times[:-1] == sorted(times[:-1])
    assert found["title"].to_pylist()[-1] == "unknown"
    assert sorted(found["article_id"].to_pylist()) == sorted(table["article_id"].to_pylist())
    earliest = found.filter(pc.equal(found["published_at"], times[0]))["article_id"].to_pylist()
    assert earliest == [f"{n:032x}" for n in (0, 24, 0, 24)]


def test_columns_of_the_path_are_left_out_of_the_file(make_table: MakeTable) -> None:
    table = make_table(2).append_column("source", pa.array(["lbc", "lbc"])).append_column("dump", pa.array(["1", "1"]))
    assert conform(CLEAN, table).schema.equals(CLEAN.schema)


def test_a_column_without_any_value_takes_its_type(make_table: MakeTable) -> None:
    table = make_table(2)
    empty = pa.table([pa.nulls(2)] * table.num_columns, names=table.column_names)
    assert conform(CLEAN, empty).schema.equals(CLEAN.schema)


def test_a_table_of_other_columns_is_refused_with_their_names(make_table: MakeTable) -> None:
    table = make_table(1).drop_columns(["title"]).append_column("headline", pa.array(["x"]))
    with pytest.raises(BadInput, match="no column 'title', unknown 'headline'"):
        conform(CLEAN, table)


def test_a_value_that_does_not_fit_is_refused_with_its_column(make_table: MakeTable) -> None:
    table = make_table(1).drop_columns(["word_count"]).append_column("word_count", pa.array(["nine"]))
    with pytest.raises(BadInput, match=r"clean\.word_count"):
        conform(CLEAN, table)


def test_files_carry_what_lets_readers_skip(lake: Storage, make_table: MakeTable) -> None:
    part = write_part(lake, "x", ARTICLES, make_table(10, ARTICLES))
    group = pq.ParquetFile(lake.full(f"x/{part.name}")).metadata.row_group(0)
    column = group.column(ARTICLES.schema.names.index("article_id"))
    assert column.compression == "ZSTD"
    assert column.has_offset_index
    assert column.has_column_index
    assert column.statistics.min == f"{0:032x}"
    assert [sort.column_index for sort in group.sorting_columns] == [_leaf(group, "published_at")]


@pytest.mark.parametrize("column", ["article_id", "url"])
def test_who_looks_for_one_article_passes_over_the_row_groups_without_it(
    lake: Storage, make_table: MakeTable, monkeypatch: pytest.MonkeyPatch, column: str
) -> None:
    monkeypatch.setattr(parts, "ROW_GROUP_BYTES", 2_000)
    table = make_table(400, url=None).drop_columns(["url"])
    table = table.append_column("url", pc.binary_join_element_wise("https://paper.example", table["article_id"], "/"))
    part = write_part(lake, "x", CLEAN, table)
    file = lake.full(f"x/{part.name}")
    probe = "select count(*) filter (not bloom_filter_excludes), count(*) from parquet_bloom_probe(?, ?, ?)"
    sought = [table[column][7].as_py(), "not there"]
    (found, groups), (alarms, _) = (duckdb.execute(probe, [file, column, value]).fetchone() or () for value in sought)
    assert groups > 30
    assert 1 <= found <= groups / 4
    assert alarms <= groups / 4


def test_a_column_without_values_has_no_bloom_filter(lake: Storage, make_table: MakeTable) -> None:
    part = write_part(lake, "x", CLEAN, make_table(3, url=None))
    group = pq.ParquetFile(lake.full(f"x/{part.name}")).metadata.row_group(0)
    columns = {group.column(n).path_in_schema: group.column(n).bloom_filter_length for n in range(group.num_columns)}
    assert columns["url"] is None
    assert columns["article_id"] > 0
    assert sum(length is not None for length in columns.values()) == 1


def test_row_groups_follow_the_size_of_the_text(lake: Storage, make_table: MakeTable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "ROW_GROUP_BYTES", 10_000)
    part = write_part(lake, "x", REMOVED, make_table(100, REMOVED, text="x" * 968))
    assert pq.ParquetFile(lake.full(f"x/{part.name}")).metadata.num_row_groups == 10


def _leaf(group: pq.RowGroupMetaData, name: str) -> int:
    return next(n for n in range(group.num_columns) if group.column(n).path_in_schema == name)
