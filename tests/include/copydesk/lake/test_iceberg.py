from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from copydesk import read
from copydesk.cli import main
from copydesk.errors import BadInput
from copydesk.lake.iceberg import TABLE, open_catalog, sync_articles
from copydesk.lake.publishing import replace_partition
from copydesk.schema import ARTICLES, Dataset
from copydesk.storage import Storage

DAYS = (date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 3))


def publish(lake: Storage, day: date | None, ids: range, dataset: Dataset = ARTICLES) -> None:
    start = datetime.combine(day, datetime.min.time(), UTC) if day else None
    rows = [  # `rails` is a list in every article; pyiceberg 0.12 gives an empty one, too, where a list of structs is null
        dict.fromkeys(ARTICLES.schema.names)
        | {"article_id": f"{n:032x}", "title": f"Story {n}", "source": "lbc", "paragraphs": ["One.", "Two."], "word_count": n}
        | {"published_at": start + timedelta(hours=n % 24) if start else None, "images": [{"caption": "A boat"}], "rails": []}
        for n in ids
    ]
    replace_partition(
        lake, dataset, {"published_date": day}, pa.Table.from_pylist(rows, ARTICLES.schema).select(dataset.schema.names)
    )


@pytest.fixture
def lake(tmp_path: Path) -> Storage:
    lake = Storage.open(str(tmp_path / "lake"))
    for at, day in enumerate(DAYS):
        publish(lake, day, range(10 * at, 10 * at + 3))
    return lake


@pytest.fixture
def uri(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'catalogue.db'}"


def rows_of(uri: str, **scan: Any) -> list[dict[str, Any]]:
    table = open_catalog(uri).load_table(TABLE)
    return sorted(table.scan(**scan).to_arrow().to_pylist(), key=lambda row: row["article_id"])


def expected(lake: Storage) -> list[dict[str, Any]]:
    rows = read(root=lake.uri, columns=ARTICLES.schema.names).to_pylist()
    return sorted(rows, key=lambda row: row["article_id"])


def test_iceberg_readers_see_the_same_rows(lake: Storage, uri: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["iceberg", "sync", uri]) == 0
    assert "files 3, files added 3, files removed 0" in capsys.readouterr().out
    assert rows_of(uri) == expected(lake)


def test_days_are_pruned(lake: Storage, uri: str) -> None:
    sync_articles(lake, open_catalog(uri))
    table = open_catalog(uri).load_table(TABLE)
    wanted = table.scan(row_filter="published_at >= '2026-11-03T00:00:00+00:00'")
    assert len(list(wanted.plan_files())) == 1
    assert wanted.to_arrow().num_rows == 3


def test_a_day_published_again_replaces_its_files(lake: Storage, uri: str) -> None:
    sync_articles(lake, open_catalog(uri))
    publish(lake, DAYS[1], range(50, 55))
    assert sync_articles(lake, open_catalog(uri)) == {"files": 3, "files_added": 1, "files_removed": 1}
    assert rows_of(uri) == expected(lake)


def test_an_emptied_day_has_no_rows_and_a_new_one_is_added(lake: Storage, uri: str) -> None:
    sync_articles(lake, open_catalog(uri))
    publish(lake, DAYS[0], range(0))
    publish(lake, date(2026, 11, 4), range(70, 71))
    assert sync_articles(lake, open_catalog(uri)) == {"files": 3, "files_added": 1, "files_removed": 1}
    assert rows_of(uri) == expected(lake)


def test_articles_without_a_day_are_there(lake: Storage, uri: str) -> None:
    publish(lake, None, range(90, 93))
    sync_articles(lake, open_catalog(uri))
    assert rows_of(uri) == expected(lake)


def test_nothing_new_commits_nothing(lake: Storage, uri: str) -> None:
    sync_articles(lake, open_catalog(uri))
    before = open_catalog(uri).load_table(TABLE).metadata_location
    assert sync_articles(lake, open_catalog(uri)) == {"files": 3, "files_added": 0, "files_removed": 0}
    assert open_catalog(uri).load_table(TABLE).metadata_location == before


def test_a_column_that_came_later_is_null_in_older_files(lake: Storage, uri: str) -> None:
    older = Dataset(
        ARTICLES.name,
        ARTICLES.row,
        ARTICLES.partition,
        tuple(c for c in ARTICLES.columns if c.name != "word_count"),
        ARTICLES.sort,
    )
    publish(lake, DAYS[0], range(3), older)
    sync_articles(lake, open_catalog(uri))
    assert rows_of(uri) == expected(lake)
    assert [row["word_count"] for row in rows_of(uri)[:4]] == [None, None, None, 10]


def test_a_lake_without_articles_is_an_empty_table(tmp_path: Path, uri: str) -> None:
    (tmp_path / "none" / "articles").mkdir(parents=True)
    assert sync_articles(Storage.open(str(tmp_path / "none")), open_catalog(uri))["files"] == 0
    assert rows_of(uri) == []


def test_two_lakes_do_not_share_a_table(lake: Storage, tmp_path: Path, uri: str) -> None:
    sync_articles(lake, open_catalog(uri))
    other = Storage.open(str(tmp_path / "other"))
    publish(other, DAYS[0], range(2))
    with pytest.raises(BadInput, match="the table of another lake"):
        sync_articles(other, open_catalog(uri))


@pytest.mark.parametrize("wrong", ["catalogue.db", "sqlite:////nowhere/at/all/catalogue.db"])
def test_a_catalogue_that_is_none_exits_2(lake: Storage, wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["iceberg", "sync", wrong]) == 2
    assert "give one such as sqlite:///" in capsys.readouterr().err
