from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pyarrow as pa
import pytest

from copydesk import cli, read
from copydesk.errors import BadInput
from copydesk.lake.manifest import NAME, Manifest, load
from copydesk.lake.migrating import migrate, outdated
from copydesk.lake.publishing import append_run, replace_partition
from copydesk.schema import ARTICLES, CLEAN, CORRECTIONS, SCHEMA_VERSION, Column, Dataset
from copydesk.storage import Storage

MakeTable = Callable[..., pa.Table]

OLD, NEW = "2026-11-01", "2026-11-02"
CAME_LATER = {"stated_body", "word_count"}
RENAMED = {("clean", SCHEMA_VERSION): lambda table: table.rename_columns({"headline": "title"})}


def publish(lake: Storage, dataset: Dataset, values: dict[str, str], table: pa.Table, version: int) -> Manifest:
    """A partition as another version of the schema has it, with a summary."""
    manifest = replace(replace_partition(lake, dataset, values, table, {"kept": [1]}), schema_version=version)
    folder = "/".join(f"{name}={value}" for name, value in values.items())
    lake.write_bytes(f"{dataset.name}/{folder}/{NAME}", manifest.to_json())
    return manifest


@pytest.fixture
def grown(lake: Storage, make_table: MakeTable) -> Storage:
    """A day of articles of the first version, and one of this version."""
    older = replace(ARTICLES, columns=tuple(column for column in ARTICLES.columns if column.name not in CAME_LATER))
    publish(lake, older, {"published_date": OLD}, make_table(3, ARTICLES).select(older.schema.names), 1)
    replace_partition(lake, ARTICLES, {"published_date": NEW}, make_table(2, ARTICLES))
    return lake


def test_older_partitions_get_every_column_and_keep_rows_and_summary(grown: Storage) -> None:
    before, newest = read(root=grown.uri).to_pylist(), load(grown, f"articles/published_date={NEW}")
    ((dataset, old),) = outdated(grown)
    now = migrate(grown, dataset, old)
    assert now is not None
    assert (now.schema_version, now.rows, now.summary) == (SCHEMA_VERSION, 3, {"kept": [1]})
    assert read(root=grown.uri).to_pylist() == before
    assert set(pd.read_parquet(f"{grown.uri}/articles").columns) >= CAME_LATER
    assert list(outdated(grown)) == []
    assert load(grown, f"articles/published_date={NEW}") == newest


def renamed(lake: Storage, make_table: MakeTable) -> Manifest:
    """A partition whose `title` was called `headline`."""
    columns = tuple(Column("headline", c.type, c.description) if c.name == "title" else c for c in CLEAN.columns)
    table = make_table(2).rename_columns({"title": "headline"})
    return publish(lake, replace(CLEAN, columns=columns), {"source": "lbc", "dump": OLD}, table, SCHEMA_VERSION - 1)


def test_a_change_says_what_becomes_of_old_columns(lake: Storage, make_table: MakeTable) -> None:
    old = renamed(lake, make_table)
    migrate(lake, CLEAN, old, RENAMED)
    assert read("clean", root=lake.uri)["title"].to_pylist() == make_table(2)["title"].to_pylist()


def test_a_column_nobody_says_anything_of_is_no_reason_to_lose_it(lake: Storage, make_table: MakeTable) -> None:
    old = renamed(lake, make_table)
    with pytest.raises(BadInput, match="unknown 'headline'"):
        migrate(lake, CLEAN, old)
    assert load(lake, f"clean/source=lbc/dump={OLD}") == old


def test_a_change_that_loses_rows_changes_nothing(lake: Storage, make_table: MakeTable) -> None:
    old = renamed(lake, make_table)
    with pytest.raises(BadInput, match="1 rows instead of 2"):
        migrate(lake, CLEAN, old, {("clean", SCHEMA_VERSION): lambda table: RENAMED["clean", SCHEMA_VERSION](table).slice(1)})
    assert load(lake, f"clean/source=lbc/dump={OLD}") == old


def test_a_partition_that_was_published_meanwhile_is_left(grown: Storage, make_table: MakeTable) -> None:
    ((dataset, old),) = outdated(grown)
    newer = replace_partition(grown, ARTICLES, {"published_date": OLD}, make_table(1, ARTICLES))
    assert migrate(grown, dataset, old) is None
    assert load(grown, f"articles/published_date={OLD}") == newer


def test_the_command_says_first_and_does_then(
    grown: Storage, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COPYDESK_LAKE", grown.uri)
    assert cli.main(["migrate", "--dry-run"]) == 0
    assert f"articles {OLD}: of version 1, 3 rows\n" in capsys.readouterr().out
    assert cli.main(["migrate"]) == 0
    assert f"articles {OLD}: version 1 → {SCHEMA_VERSION}, 3 rows\n" in capsys.readouterr().out
    assert cli.main(["migrate"]) == 0
    assert f"schema version {SCHEMA_VERSION}: 0 partitions" in capsys.readouterr().out


def test_what_keeps_a_file_a_run_is_left(lake: Storage, make_table: MakeTable) -> None:
    started = make_table(1)["published_at"][0].as_py()
    append_run(lake, CORRECTIONS, {"source": "lbc", "dump": OLD}, make_table(1, CORRECTIONS), started)
    assert list(outdated(lake)) == []
