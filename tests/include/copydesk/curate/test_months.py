from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from copydesk.curate.months import curate_month, months_held
from copydesk.lake.reading import read
from copydesk.schema import ARTICLES
from copydesk.storage import Storage

Article = Callable[..., dict[str, Any]]
Publish = Callable[..., None]

WIRE = [f"Paragraph {n} of the agency's report tells at some length what the council decided." for n in "ABCDEFG"]


def at(day: int, hour: int = 9, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def own(name: str) -> list[str]:
    return [f"Only {name} has this paragraph, number {n}, about its own street festival." for n in range(3)]


def articles(lake: Storage) -> dict[str, dict[str, Any]]:
    """The published articles by title."""
    rows = read("articles", root=lake.uri).to_pylist()
    found = {row["title"]: row for row in rows}
    assert len(found) == len(rows)
    return found


def bytes_of(lake: Storage) -> dict[str, bytes]:
    root = Path(lake.uri) / "articles"
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_a_correction_replaces_the_article_as_version_2(lake: Storage, article: Article, publish: Publish) -> None:
    publish("courier", "2026-11-01", article("a", at(1), own("a")))
    publish("courier", "2026-11-02", article("a", at(1), [*own("a"), "Corrected: the festival is on Monday."]))
    counts = curate_month(lake, "2026-11")
    row = articles(lake)["Title of a"]
    assert row["paragraphs"][-1].startswith("Corrected")
    assert (row["version"], row["first_seen_dump"], row["last_seen_dump"]) == (2, "2026-11-01", "2026-11-02")
    assert counts == {
        "days": 1,
        "days_rewritten": 1,
        "articles": 1,
        "versions_superseded": 1,
        "copies": 0,
        "repeats_removed": 0,
        "withdrawn": 0,
    }


def test_an_unchanged_recrawl_is_the_same_version_seen_later(lake: Storage, article: Article, publish: Publish) -> None:
    for dump in ("2026-11-01", "2026-11-03"):
        publish("courier", dump, article("a", at(1), own("a")))
    curate_month(lake, "2026-11")
    row = articles(lake)["Title of a"]
    assert (row["version"], row["first_seen_dump"], row["last_seen_dump"]) == (1, "2026-11-01", "2026-11-03")


def test_every_text_of_an_article_is_kept_with_what_it_changed(lake: Storage, article: Article, publish: Publish) -> None:
    publish("courier", "2026-11-01", article("a", at(1), WIRE), article("b", at(1), own("b")))
    publish("courier", "2026-11-02", article("a", at(1), [*WIRE[1:], "Corrected: the festival is on Monday."], section="News"))
    curate_month(lake, "2026-11")
    first, second = read("article_versions", root=lake.uri).sort_by("version").to_pylist()
    assert (first["body"].count("Corrected"), second["body"].count("Corrected")) == (0, 1)
    assert (first["changed"], second["changed"]) == ([], ["body", "section"])
    assert first["similarity"] is None
    assert 0.5 < second["similarity"] < 1
    assert (first["is_current"], second["is_current"]) == (False, True)
    assert (first["last_seen_dump"], second["first_seen_dump"]) == ("2026-11-01", "2026-11-02")


def test_an_article_that_moved_to_another_address_is_its_next_version(lake: Storage, article: Article, publish: Publish) -> None:
    publish("courier", "2026-11-01", article("old", at(1), WIRE))
    publish("courier", "2026-11-02", article("new", at(1), [*WIRE, "Corrected: the festival is on Monday."]))
    counts = curate_month(lake, "2026-11")
    assert (counts["articles"], counts["versions_superseded"]) == (1, 1)
    row = articles(lake)["Title of new"]
    assert (row["version"], row["first_seen_dump"], row["last_seen_dump"]) == (2, "2026-11-01", "2026-11-02")
    kept = read("article_versions", root=lake.uri).sort_by("version").to_pylist()
    assert [version["title"] for version in kept] == ["Title of old", "Title of new"]
    assert {version["article_id"] for version in kept} == {row["article_id"]}
    assert kept[0]["seen_as"] != row["article_id"]


def test_a_version_that_is_withdrawn_leaves_no_history(lake: Storage, article: Article, publish: Publish) -> None:
    publish("courier", "1", article("a", at(1), own("a")))
    publish("courier", "2", article("a", at(1), WIRE))
    curate_month(lake, "2026-11")
    publish("courier", "2")
    curate_month(lake, "2026-11")
    assert read("article_versions", root=lake.uri).num_rows == 0
    assert articles(lake)["Title of a"]["version"] == 1


def test_one_text_under_two_addresses_of_a_dump_is_published_once(lake: Storage, article: Article, publish: Publish) -> None:
    publish("courier", "1", *(article(name, at(1), WIRE, title="The same") for name in ("one", "two")))
    counts = curate_month(lake, "2026-11")
    assert (counts["articles"], counts["repeats_removed"]) == (1, 1)
    assert list(articles(lake)) == ["The same"]


def test_a_copy_says_how_much_it_shares_and_every_article_its_story(lake: Storage, article: Article, publish: Publish) -> None:
    publish("courier", "1", article("first", at(1), WIRE))
    publish("herald", "1", article("copy", at(2), [*WIRE[:-1], *own("herald")]), article("alone", at(2), own("alone")))
    curate_month(lake, "2026-11")
    found = articles(lake)
    first, copy, alone = (found[f"Title of {name}"] for name in ("first", "copy", "alone"))
    assert copy["story_id"] == first["story_id"] == first["article_id"]
    assert 0.4 < copy["similarity"] <= 1
    assert (first["similarity"], alone["similarity"]) == (None, None)
    assert alone["story_id"] == alone["article_id"]


def test_an_agency_story_is_linked_across_the_days_of_a_month(lake: Storage, article: Article, publish: Publish) -> None:
    publish("courier", "2026-11-01", article("first", at(1), WIRE), article("other", at(1), own("other")))
    publish("herald", "2026-11-02", article("copy", at(2), WIRE[:-2], title="Our own headline"))
    counts = curate_month(lake, "2026-11")
    found = articles(lake)
    assert found["Our own headline"]["duplicate_of"] == found["Title of first"]["article_id"]
    assert found["Title of first"]["copies"] == [found["Our own headline"]["article_id"]]
    assert found["Title of other"]["duplicate_of"] is None
    assert found["Title of other"]["copies"] == []
    assert counts["copies"] == 1


def test_days_are_partitions_with_the_columns_of_the_schema_in_order_of_time(
    lake: Storage, article: Article, publish: Publish
) -> None:
    publish("courier", "1", article("late", at(1, 20), own("l")), article("early", at(1, 3), own("e")))
    publish("herald", "1", article("next", at(2, 0), own("n")), article("noon", at(1, 12), own("o"), section="News"))
    curate_month(lake, "2026-11")
    [path] = (Path(lake.uri) / "articles" / "published_date=2026-11-01").glob("*.parquet")
    table = pq.ParquetFile(path).read()
    assert table.schema.equals(ARTICLES.schema)
    assert table["title"].to_pylist() == ["Title of early", "Title of noon", "Title of late"]
    assert table["source"].to_pylist() == ["courier", "herald", "courier"]
    assert read("articles", "2026-11-02", root=lake.uri)["published_date"].to_pylist() == [date(2026, 11, 2)]


def test_curating_again_changes_no_byte(lake: Storage, article: Article, publish: Publish) -> None:
    publish("courier", "1", *(article(f"c{n}", at(1 + n % 3), own(f"c{n}"), agency="Reuters") for n in range(9)))
    publish("herald", "1", *(article(f"h{n}", at(1 + n % 3), own(f"h{n}"), agency="PA") for n in range(9)))
    curate_month(lake, "2026-11")
    before = bytes_of(lake)
    assert curate_month(lake, "2026-11")["days_rewritten"] == 0
    assert bytes_of(lake) == before


def test_only_days_that_differ_are_rewritten(lake: Storage, article: Article, publish: Publish) -> None:
    publish("courier", "1", article("a", at(1), own("a")), article("b", at(2), own("b")))
    curate_month(lake, "2026-11")
    publish("courier", "2", article("c", at(2), own("c")))
    assert curate_month(lake, "2026-11")["days_rewritten"] == 1


def test_the_order_in_which_dumps_arrived_does_not_show(
    lake: Storage, article: Article, publish: Publish, tmp_path: Path
) -> None:
    early = article("a", at(1), own("a"))
    late = article("a", at(1), [*own("a"), "Corrected: the festival is on Monday."])
    publish("courier", "2026-11-02", late)
    curate_month(lake, "2026-11")
    publish("courier", "2026-11-01", early)
    curate_month(lake, "2026-11")
    backwards = bytes_of(lake)
    lake.delete_tree("articles")
    curate_month(lake, "2026-11")
    assert bytes_of(lake) == backwards


def test_a_day_that_lost_its_articles_is_published_as_empty(lake: Storage, article: Article, publish: Publish) -> None:
    publish("courier", "1", article("a", at(1), own("a")), article("b", at(2), own("b")))
    curate_month(lake, "2026-11")
    publish("courier", "1", article("b", at(2), own("b")))
    counts = curate_month(lake, "2026-11")
    assert list(articles(lake)) == ["Title of b"]
    assert (counts["days"], counts["days_rewritten"]) == (2, 1)
    assert (Path(lake.uri) / "articles" / "published_date=2026-11-01").is_dir()


def test_a_month_without_articles_any_more_is_emptied(lake: Storage, article: Article, publish: Publish) -> None:
    publish("courier", "1", article("a", at(1), own("a")))
    curate_month(lake, "2026-11")
    publish("courier", "1")
    assert months_held(lake) == ["2026-11"]
    assert curate_month(lake, "2026-11")["articles"] == 0
    assert articles(lake) == {}


def test_a_month_nobody_wrote_of_is_nothing(lake: Storage) -> None:
    counts = {
        "days": 0,
        "days_rewritten": 0,
        "articles": 0,
        "versions_superseded": 0,
        "copies": 0,
        "repeats_removed": 0,
        "withdrawn": 0,
    }
    assert curate_month(lake, "2026-11") == counts
    assert months_held(lake) == []


def test_articles_without_a_date_are_in_the_default_partition(lake: Storage, article: Article, publish: Publish) -> None:
    publish("courier", "1", article("a", None, own("a")), article("b", at(2), own("b")))
    assert months_held(lake) == ["2026-11", "unknown"]
    for month in months_held(lake):
        assert curate_month(lake, month)["articles"] == 1
    assert (Path(lake.uri) / "articles" / "published_date=__HIVE_DEFAULT_PARTITION__").is_dir()
    assert {row["title"]: row["published_date"] for row in articles(lake).values()} == {
        "Title of a": None,
        "Title of b": date(2026, 11, 2),
    }


@pytest.mark.parametrize("order", [["2026-10", "2026-11"], ["2026-11", "2026-10"], ["2026-11"]])
def test_an_article_whose_date_was_corrected_to_another_month_is_published_once(
    lake: Storage, article: Article, publish: Publish, order: list[str]
) -> None:
    publish("courier", "1", article("a", at(31, month=10), own("a")), article("stays", at(31, month=10), own("s")))
    curate_month(lake, "2026-10")
    publish("courier", "2", article("a", at(1), [*own("a"), "Corrected: it was November."]))
    for month in order:
        curate_month(lake, month)
    row = articles(lake)["Title of a"]
    assert (row["published_date"], row["version"], row["first_seen_dump"]) == (date(2026, 11, 1), 2, "1")
    assert sorted(articles(lake)) == ["Title of a", "Title of stays"]


def test_an_article_goes_back_to_its_month_when_the_correction_is_withdrawn(
    lake: Storage, article: Article, publish: Publish
) -> None:
    publish("courier", "1", article("a", at(31, month=10), own("a")))
    publish("courier", "2", article("a", at(1), own("a")))
    curate_month(lake, "2026-11")
    publish("courier", "2")
    curate_month(lake, "2026-11")
    row = articles(lake)["Title of a"]
    assert (row["published_date"], row["last_seen_dump"]) == (date(2026, 10, 31), "1")


def test_a_large_archive_gives_its_months_one_at_a_time(lake: Storage, article: Article, publish: Publish) -> None:
    rows = [article(f"n{n}", at(1 + n % 28, n % 24, 1 + n % 12), own(f"n{n}")) for n in range(240)]
    publish("courier", "archive.tar", *rows)
    total = sum(curate_month(lake, month)["articles"] for month in months_held(lake))
    assert (total, len(months_held(lake))) == (240, 12)
    assert len(articles(lake)) == 240


def test_a_dump_that_is_published_again_meanwhile_is_read_as_it_was_or_as_it_is(
    lake: Storage, article: Article, publish: Publish
) -> None:
    versions = [[article("a", at(1), [*own("a"), f"Text number {n}."])] for n in range(2)]
    publish("courier", "1", *versions[0])
    done = threading.Event()

    def publish_again() -> None:
        turn = 0
        while not done.is_set():
            turn += 1
            publish("courier", "1", *versions[turn % 2])

    writer = threading.Thread(target=publish_again)
    writer.start()
    try:
        for _ in range(5):
            assert curate_month(lake, "2026-11")["articles"] == 1
            assert len(articles(lake)) == 1
    finally:
        done.set()
        writer.join()
