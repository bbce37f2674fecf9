from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as pads
import pytest

import copydesk
from copydesk import read, scan
from copydesk.errors import BadInput
from copydesk.lake.manifest import NAME
from copydesk.lake.parts import write_part
from copydesk.lake.publishing import replace_partition
from copydesk.schema import ARTICLES, CLEAN, DATASETS, Dataset
from copydesk.storage import Storage

MakeTable = Callable[..., pa.Table]

DAYS = [date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 3), None]


@pytest.fixture
def articles(lake: Storage, make_table: MakeTable) -> str:
    """Four partitions of three articles, the last article of each from another source."""
    for day in DAYS:
        table = pa.concat_tables([make_table(2, ARTICLES), make_table(1, ARTICLES, source="lbc")])
        replace_partition(lake, ARTICLES, {"published_date": day}, table)
    return lake.uri


@pytest.fixture
def dumps(lake: Storage, make_table: MakeTable) -> str:
    for source in ("ferry_post", "lbc"):
        for dump in ("2026-11-01", "2026-11-02T06", "archive-2019"):
            replace_partition(lake, CLEAN, {"source": source, "dump": dump}, make_table(1))
    return lake.uri


def days(table: pa.Table) -> list[Any]:
    return table["published_date"].unique().to_pylist()


def test_everything_comes_back_with_the_partition_columns_last(articles: str) -> None:
    table = read(root=articles)
    assert table.num_rows == 12
    assert table.schema.equals(pa.schema([*ARTICLES.schema, pa.field("published_date", pa.date32())]))
    assert days(table) == DAYS


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-11-02", None, DAYS[1:3]),
        (None, date(2026, 11, 2), DAYS[:2]),
        (datetime(2026, 11, 2, 23, tzinfo=UTC), pd.Timestamp("2026-11-02"), DAYS[1:2]),
        ("2027-01-01", None, []),
        (None, None, DAYS),
    ],
)
def test_both_days_are_included_and_an_unknown_day_is_in_no_range(
    articles: str, start: Any, end: Any, expected: list[date | None]
) -> None:
    assert days(read(root=articles, start=start, end=end)) == expected


def test_articles_are_filtered_by_source_whatever_the_columns(articles: str) -> None:
    assert read(root=articles, sources=["lbc"], columns=["title"]).num_rows == 4
    assert read(root=articles, sources="lbc").num_rows == 4
    assert read(root=articles, sources=["lbc", "ferry_post"]).num_rows == 12
    assert read(root=articles, sources=[]).num_rows == 0


def test_names_may_come_from_an_iterator(articles: str) -> None:
    table = read(root=articles, sources=iter(["lbc"]), columns=iter(["title"]))
    assert (table.column_names, table.num_rows) == (["title"], 4)


def test_columns_come_in_the_order_asked_for(articles: str) -> None:
    table = read(root=articles, columns=["published_date", "title", "source"])
    assert table.column_names == ["published_date", "title", "source"]


def test_dumps_are_pruned_by_source_and_by_the_day_in_their_name(dumps: str) -> None:
    table = read("clean", sources=["lbc"], start="2026-11-02", root=dumps)
    assert table.select(["source", "dump"]).to_pylist() == [{"source": "lbc", "dump": "2026-11-02T06"}]
    assert read("clean", end="2026-11-01", root=dumps).num_rows == 2
    assert read("clean", root=dumps).num_rows == 6


def test_partitions_that_are_not_asked_for_are_not_opened(articles: str, lake: Storage) -> None:
    lake.write_bytes(f"articles/published_date=2026-11-01/{NAME}", b"broken")
    assert read(root=articles, start="2026-11-02").num_rows == 6


def test_a_scanner_gives_the_same_rows_batch_by_batch(articles: str) -> None:
    scanner = scan(root=articles, start="2026-11-02", sources=["lbc"], columns=["title", "published_date"])
    assert isinstance(scanner, pads.Scanner)
    assert pa.Table.from_batches(scanner.to_batches()).to_pylist() == scanner.to_table().to_pylist()
    assert scanner.count_rows() == 2


def test_a_month_is_its_days_and_one_column_needs_no_list(articles: str) -> None:
    november = read(root=articles, start="2026-11", end="2026-11", columns="title")
    assert november.column_names == ["title"]
    assert november.num_rows == read(root=articles, start="2026-11-01", end="2026-11-30").num_rows > 0
    assert read(root=articles, end="2026-10").num_rows == read(root=articles, end="2026-10-31").num_rows


def test_rows_may_be_asked_for_by_any_column_of_the_dataset(articles: str) -> None:
    wanted = pc.field("published_date") == date(2026, 11, 2)
    asked = {"root": articles, "columns": ["title"], "sources": ["lbc"]}
    assert read(**asked, where=wanted).equals(read(**asked, start="2026-11-02", end="2026-11-02"))
    assert scan(**asked, where=wanted).count_rows() == 1
    assert read(**asked, where=pc.field("source") == "ferry_post").num_rows == 0


def test_a_notebook_offers_what_there_is_to_call() -> None:
    assert {"read", "scan", "extract", "explain"} <= set(dir(copydesk))


def test_the_lake_is_taken_from_the_environment_and_needs_no_other_setting(
    articles: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("COPYDESK_RAW", "COPYDESK_SOURCES"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("COPYDESK_LAKE", articles)
    assert read().num_rows == 12


@pytest.mark.parametrize("dataset", DATASETS.values(), ids=lambda dataset: dataset.name)
def test_a_dataset_that_is_not_there_yet_is_an_empty_table_of_its_schema(lake: Storage, dataset: Dataset) -> None:
    lake.check_writable()
    table = read(dataset.name, root=lake.uri)
    assert table.num_rows == 0
    assert table.schema.equals(pa.schema([*dataset.schema, *dataset.partition_schema]))
    assert list(table.to_pandas().columns) == table.column_names


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ({"dataset": "artikel"}, "articles, clean, corrections, quarantine, removed, runs"),
        ({"dataset": "article"}, r"did you mean 'articles'\?"),
        ({"start": "yesterday"}, "start='yesterday' is no day"),
        ({"end": 20261103}, "end=20261103 is no day"),
        ({"start": "2026-11-03", "end": "2026-11-01"}, "start 2026-11-03 is after end 2026-11-01"),
        ({"columns": ["title", "headline"]}, "no 'headline' in articles.*; there are article_id"),
        ({"columns": "titel"}, r"no 'titel' in articles \(did you mean 'title'\?\)"),
        ({"columns": 5}, "columns=5: give a list of article_id"),
        ({"columns": iter(["headline"])}, "no 'headline' in articles"),
        ({"start": "2026-13"}, "start='2026-13' is no day; give a date, or text such as '2026-11-03' or '2026-11'"),
        ({"where": "word_count > 500"}, "where='word_count > 500': give an expression of columns, such as"),
        ({"where": pc.field("words") > 500}, r"where=\(words > 500\): cannot be asked of articles: No match for FieldRef"),
        ({"where": pc.field("word_count") > "x"}, "cannot be asked of articles"),
        ({"dataset": ["articles"]}, "no dataset .*; there are article_versions, articles, clean"),
        ({"start": pd.NaT}, "start=NaT is no day"),
        ({"sources": 5}, "sources=5: give a list of names"),
        ({"sources": [5]}, "give a list of names"),
        ({"root": "/nowhere/at/all"}, "no lake at /nowhere/at/all"),
    ],
)
def test_a_question_that_makes_no_sense_says_what_to_ask(articles: str, question: dict[str, Any], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        read(**({"root": articles} | question))


@pytest.mark.parametrize("dataset", ["articles", "clean"])
def test_a_source_the_lake_never_saw_is_told_the_known_ones(articles: str, dumps: str, dataset: str) -> None:
    with pytest.raises(BadInput, match=r"sources=\['nope'\]: not in .*, which knows ferry_post, lbc"):
        read(dataset, sources=["lbc", "nope"], root=dumps)


def test_a_known_source_may_have_no_rows_in_the_range(articles: str, dumps: str) -> None:
    assert read("clean", sources=["lbc"], start="2030-01-01", root=dumps).num_rows == 0
    assert read("quarantine", sources=["lbc"], root=dumps).num_rows == 0


@pytest.mark.parametrize("below", ["articles", "articles/published_date=2026-11-01"])
def test_what_lies_in_a_lake_is_none(articles: str, below: str) -> None:
    with pytest.raises(BadInput, match=r"is no lake: it holds .*; set COPYDESK_LAKE or give root=, the folder that holds"):
        read(root=f"{articles}/{below}")


@pytest.mark.parametrize("held", ["", ".staging", "data_docs", "runs"])
def test_a_lake_may_hold_nothing_yet(tmp_path: Path, held: str) -> None:
    (tmp_path / "lake" / held).mkdir(parents=True)
    assert read(root=tmp_path / "lake").num_rows == 0


def test_without_any_lake_the_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COPYDESK_LAKE", raising=False)
    with pytest.raises(BadInput, match="set COPYDESK_LAKE or give root="):
        read()


def test_only_files_that_the_manifest_names_are_read(articles: str, lake: Storage, make_table: MakeTable) -> None:
    write_part(lake, "articles/published_date=2026-11-01", ARTICLES, make_table(9, ARTICLES))
    write_part(lake, "articles/published_date=2026-11-09", ARTICLES, make_table(9, ARTICLES))
    write_part(lake, "articles/published_date=to check", ARTICLES, make_table(9, ARTICLES))
    assert read(root=articles).num_rows == 12


def test_a_file_that_is_gone_for_good_is_an_error_not_fewer_rows(articles: str, lake: Storage) -> None:
    folder = "articles/published_date=2026-11-01"
    part = next(file for file in lake.files(folder) if file.path.endswith(".parquet"))
    lake.delete_file(part.path)
    with pytest.raises(FileNotFoundError):
        read(root=articles)


def test_a_column_that_older_files_lack_is_null_there(lake: Storage, make_table: MakeTable) -> None:
    older = Dataset(
        CLEAN.name, CLEAN.row, CLEAN.partition, tuple(c for c in CLEAN.columns if c.name != "label_confidence"), CLEAN.sort
    )
    table = make_table(1).select(older.schema.names)
    replace_partition(lake, older, {"source": "lbc", "dump": "2026-11-01"}, table)
    replace_partition(lake, CLEAN, {"source": "lbc", "dump": "2026-11-02"}, make_table(1))
    assert read("clean", root=lake.uri)["label_confidence"].to_pylist() == [None, 0.5]


def test_pandas_gets_zoned_times_real_dates_and_categories(articles: str) -> None:
    frame = read(root=articles).to_pandas()
    assert str(frame["published_at"].dtype) == "datetime64[us, UTC]"
    assert frame["published_date"].tolist()[0] == date(2026, 11, 1)
    assert isinstance(frame["source"].dtype, pd.CategoricalDtype)
    assert frame.groupby("source", observed=True).size().to_dict() == {"ferry_post": 8, "lbc": 4}


def rows(table: pa.Table) -> list[dict[str, Any]]:
    return sorted(table.to_pylist(), key=lambda row: (str(row["published_date"]), row["source"], row["article_id"]))


def test_arrow_reads_the_same_rows_and_types_from_the_folder(articles: str) -> None:
    partitioning = pads.partitioning(ARTICLES.partition_schema, flavor="hive")
    theirs, ours = pads.dataset(f"{articles}/articles", partitioning=partitioning).to_table(), read(root=articles)
    assert theirs.schema.equals(ours.schema)
    assert rows(theirs) == rows(ours)


def test_pandas_reads_the_same_rows_and_types_but_a_category_of_text_for_the_partition(articles: str) -> None:
    theirs = pd.read_parquet(f"{articles}/articles", filters=[("published_date", ">=", "2026-11-02")])
    ours = read(root=articles, start="2026-11-02").to_pandas()
    assert theirs.drop(columns="published_date").dtypes.to_dict() == ours.drop(columns="published_date").dtypes.to_dict()
    assert isinstance(theirs["published_date"].dtype, pd.CategoricalDtype)
    ours["published_date"] = ours["published_date"].astype(str)
    assert theirs[["published_date", "source", "title"]].to_dict("list") == ours[["published_date", "source", "title"]].to_dict(
        "list"
    )


def test_duckdb_reads_the_same_rows_and_types_but_text_for_dictionaries(articles: str) -> None:
    with duckdb.connect() as connection:
        connection.sql("SET TimeZone = 'UTC'")
        files = f"{articles}/articles/*/*.parquet"
        theirs = connection.sql(f"SELECT * FROM read_parquet('{files}', hive_partitioning = true)").to_arrow_table()
    ours = read(root=articles)
    plain = pa.schema([(f.name, f.type.value_type if pa.types.is_dictionary(f.type) else f.type) for f in ours.schema])
    assert {f.name: str(f.type) for f in theirs.schema} == {f.name: _as_duckdb(f.type) for f in plain}
    assert rows(theirs) == rows(ours)


def _as_duckdb(type_: pa.DataType) -> str:
    """DuckDB names the field of a list otherwise; that is all."""
    return str(type_).replace("list<element", "list<l").replace("list<item", "list<l")


def test_a_lake_named_by_a_path_object_is_read(articles: str) -> None:
    assert read(root=Path(articles)).num_rows == 12
