from __future__ import annotations

from datetime import date

import pyarrow.dataset as pads
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.errors import BadInput
from copydesk.lake.layout import NULL, ingest_folder, parse_path, partition_folders, partition_path
from copydesk.schema import ARTICLES, CLEAN
from copydesk.storage import Storage

VALUES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(lambda text: text != NULL)


def test_a_partition_lies_under_its_values() -> None:
    assert partition_path(CLEAN, {"dump": "2026-11-03", "source": "lbc"}) == "clean/source=lbc/dump=2026-11-03"
    assert partition_path(ARTICLES, {"published_date": date(2026, 11, 3)}) == "articles/published_date=2026-11-03"


def test_an_unknown_day_is_the_default_partition() -> None:
    assert partition_path(ARTICLES, {"published_date": None}) == f"articles/published_date={NULL}"
    assert parse_path(ARTICLES, f"articles/published_date={NULL}") == {"published_date": None}


@settings(deadline=None)  # a busy machine is no mistake
@given(source=VALUES, dump=VALUES)
def test_any_value_comes_back_from_its_path(source: str, dump: str) -> None:
    path = partition_path(CLEAN, {"source": source, "dump": dump})
    assert path.count("/") == 2
    assert parse_path(CLEAN, path) == {"source": source, "dump": dump}


@settings(deadline=None)  # a busy machine is no mistake
@given(source=VALUES, dump=VALUES)
def test_arrow_reads_the_same_values_from_a_path(source: str, dump: str) -> None:
    hive = pads.partitioning(CLEAN.partition_schema, flavor="hive")
    path = partition_path(CLEAN, {"source": source, "dump": dump})
    found = pads.get_partition_keys(hive.parse(f"{path}/part.parquet".removeprefix("clean")))
    assert found == {"source": source, "dump": dump}


@pytest.mark.parametrize("values", [{}, {"source": "lbc"}, {"source": "lbc", "dump": "1", "hour": "2"}])
def test_a_missing_or_strange_partition_column_is_refused(values: dict[str, str]) -> None:
    with pytest.raises(BadInput, match="partitioned by source, dump"):
        partition_path(CLEAN, values)


@pytest.mark.parametrize("dump", ["", NULL, "é" * 100])
def test_a_value_that_cannot_be_a_folder_is_refused(dump: str) -> None:
    with pytest.raises(BadInput, match="dump="):
        partition_path(CLEAN, {"source": "lbc", "dump": dump})


@pytest.mark.parametrize("path", ["clean", "clean/source=a", "clean/dump=a/source=b", "clean/x/y", "articles/source=a/dump=b"])
def test_a_path_of_another_shape_is_no_partition(path: str) -> None:
    assert parse_path(CLEAN, path) is None


def test_only_partition_folders_are_listed(lake: Storage) -> None:
    for path in (
        "clean/source=b/dump=1/x",
        "clean/source=a/dump=2/x",
        "clean/notes/today/x",
        "clean/x",
        "removed/source=a/dump=1/x",
    ):
        lake.write_bytes(path, b"")
    assert [values for values, _ in partition_folders(lake, CLEAN)] == [
        {"source": "a", "dump": "2"},
        {"source": "b", "dump": "1"},
    ]


def test_each_run_has_a_work_folder_of_its_own_that_its_retries_share() -> None:
    first = ingest_folder("lbc", "2026-11-03", "manual__2026-11-03T00:00:00+00:00")
    assert first == ingest_folder("lbc", "2026-11-03", "manual__2026-11-03T00:00:00+00:00")
    assert first != ingest_folder("lbc", "2026-11-03", "another")
    assert first.startswith(".staging/ingest/source=lbc/dump=2026-11-03/")
