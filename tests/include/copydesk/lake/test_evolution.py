"""A lake that has grown over versions of the schema: what its older, newer and unlike partitions give each reader."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.dataset as pads
import pytest

from copydesk import read, scan
from copydesk.errors import BadInput
from copydesk.lake.evolution import NewerSchema
from copydesk.lake.manifest import NAME
from copydesk.lake.publishing import replace_partition
from copydesk.lake.question import Question
from copydesk.lake.reading import stream
from copydesk.schema import ARTICLES, CLEAN, RUNS, SCHEMA_VERSION, Column, Dataset
from copydesk.storage import Storage

MakeTable = Callable[..., pa.Table]

CAME_LATER = {"stated_body", "free_to_read", "images", "word_count"}
OLD, NEW = "2026-11-01", "2026-11-02"


def without(dataset: Dataset, names: set[str]) -> Dataset:
    """The dataset as it was before it had these columns."""
    return replace(dataset, columns=tuple(column for column in dataset.columns if column.name not in names))


def publish(lake: Storage, dataset: Dataset, day: str, table: pa.Table, schema_version: int) -> None:
    """A partition as another version of the schema has it, down to the number in its manifest."""
    manifest = replace_partition(lake, dataset, {"published_date": day}, table)
    as_written = replace(manifest, schema_version=schema_version)
    lake.write_bytes(f"articles/published_date={day}/{NAME}", as_written.to_json())


@pytest.fixture
def grown(lake: Storage, make_table: MakeTable) -> str:
    """Two articles of the first version of the schema on one day, and two of this version on the next."""
    older = without(ARTICLES, CAME_LATER)
    publish(lake, older, OLD, make_table(2, ARTICLES).select(older.schema.names), 1)
    publish(lake, ARTICLES, NEW, make_table(2, ARTICLES, stated_body="same"), SCHEMA_VERSION)
    return lake.uri


def test_a_column_that_came_later_is_null_in_older_partitions(grown: str) -> None:
    table = read(root=grown)
    assert table.schema.equals(pa.schema([*ARTICLES.schema, *ARTICLES.partition_schema]))
    assert table["stated_body"].to_pylist() == [None, None, "same", "same"]
    assert table["word_count"].to_pylist() == [None, None, 9, 9]
    assert [images is None for images in table["images"].to_pylist()] == [True, True, False, False]
    assert table["title"].null_count == 0


def test_older_partitions_alone_have_every_column_too(grown: str) -> None:
    table = read(root=grown, end=OLD, columns=["title", "images", "published_date"])
    assert table.column_names == ["title", "images", "published_date"]
    assert table["images"].null_count == table.num_rows == 2


def test_lazily_and_batch_by_batch_they_are_the_same(grown: str) -> None:
    whole = read(root=grown)
    assert scan(root=grown).to_table().to_pylist() == whole.to_pylist()
    batches = list(stream(Storage.open(grown), Question.ask("articles")))
    assert pa.Table.from_batches(batches).unify_dictionaries().to_pylist() == whole.to_pylist()


def test_a_field_that_came_later_in_a_list_of_structs_is_null_as_well(lake: Storage, make_table: MakeTable) -> None:
    old = pa.list_(pa.struct([("uri", pa.string()), ("bytes", pa.int64())]))
    columns = tuple(Column(c.name, old, c.description) if c.name == "inputs" else c for c in RUNS.columns)
    table = make_table(1, RUNS).drop_columns(["inputs"]).append_column("inputs", pa.array([[{"uri": "a", "bytes": 1}]], old))
    unversioned = replace(RUNS, columns=columns, appends=False)
    replace_partition(lake, unversioned, {"source": "lbc", "dump": OLD}, table)
    (inputs,) = read("runs", root=lake.uri)["inputs"].to_pylist()
    assert (inputs[0]["bytes"], inputs[0]["rejected"]) == (1, None)


def test_pandas_reads_it_where_the_schema_is_given(grown: str) -> None:
    schema = pa.schema([*ARTICLES.schema, pa.field("published_date", pa.string())])
    frame = pd.read_parquet(f"{grown}/articles", schema=schema)
    assert frame["word_count"].isna().tolist() == [True, True, False, False]


def test_pandas_and_arrow_take_the_columns_of_the_first_file_where_none_is_given(grown: str) -> None:
    assert not CAME_LATER & set(pd.read_parquet(f"{grown}/articles").columns)
    assert not CAME_LATER & set(pads.dataset(f"{grown}/articles", partitioning="hive").schema.names)


def test_duckdb_reads_it_by_name(grown: str) -> None:
    files = f"read_parquet('{grown}/articles/*/*.parquet', hive_partitioning = true, union_by_name = true)"
    with duckdb.connect() as connection:
        rows = connection.sql(f"SELECT word_count, stated_body FROM {files} ORDER BY published_date").fetchall()
    assert rows == [(None, None), (None, None), (9, "same"), (9, "same")]


def test_polars_reads_it_where_missing_columns_are_allowed(grown: str) -> None:
    newest_first = sorted(map(str, Path(grown, "articles").glob("*/*.parquet")), reverse=True)
    frame = pl.read_parquet(newest_first, hive_partitioning=True, missing_columns="insert")
    assert frame["word_count"].to_list() == [9, 9, None, None]


def test_polars_reads_a_folder_without_its_manifests(grown: str) -> None:
    lazy = pl.scan_parquet(f"{grown}/articles", hidden_file_prefix="_", extra_columns="ignore")
    frame = lazy.select("published_date").collect()
    assert (frame.height, frame.schema["published_date"]) == (4, pl.Date)


@pytest.fixture
def newer(lake: Storage, make_table: MakeTable) -> str:
    """A day that a later version wrote, with a column this one does not know."""
    later = replace(ARTICLES, columns=(*ARTICLES.columns, Column("mood", pa.string(), "How it reads.")))
    table = make_table(2, ARTICLES).append_column("mood", pa.array(["calm", "calm"]))
    publish(lake, later, NEW, table, SCHEMA_VERSION + 1)
    return lake.uri


def test_columns_of_a_later_version_are_left_out_with_a_warning(newer: str) -> None:
    expected = rf"articles is of schema version {SCHEMA_VERSION + 1}, and this copydesk knows version {SCHEMA_VERSION}"
    with pytest.warns(NewerSchema, match=expected):
        table = read(root=newer)
    assert table.num_rows == 2
    assert "mood" not in table.column_names


def test_a_column_of_a_later_version_cannot_be_asked_for(newer: str) -> None:
    with pytest.raises(BadInput, match="no 'mood' in articles"):
        read(root=newer, columns=["mood"])


@pytest.mark.parametrize(
    "how", [lambda uri: read("clean", root=uri), lambda uri: list(stream(Storage.open(uri), Question.ask("clean")))]
)
def test_a_column_of_another_type_is_named_with_its_file(lake: Storage, make_table: MakeTable, how: Callable[[str], Any]) -> None:
    columns = tuple(Column(c.name, pa.string(), c.description) if c.name == "word_count" else c for c in CLEAN.columns)
    table = make_table(1).drop_columns(["word_count"]).append_column("word_count", pa.array(["many"]))
    replace_partition(lake, replace(CLEAN, columns=columns), {"source": "lbc", "dump": OLD}, table)
    with pytest.raises(BadInput, match=r"part-\w+\.parquet: word_count is string, and in version \d+ int32; publish"):
        how(lake.uri)


def test_a_damaged_file_is_named(lake: Storage, make_table: MakeTable) -> None:
    manifest = replace_partition(lake, CLEAN, {"source": "lbc", "dump": OLD}, make_table(1))
    name = json.loads(manifest.to_json())["files"][0]["name"]
    lake.write_bytes(f"clean/source=lbc/dump={OLD}/{name}", b"no Parquet at all")
    with pytest.raises(BadInput, match=name):
        read("clean", root=lake.uri)
