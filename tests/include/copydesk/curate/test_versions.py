from __future__ import annotations

from datetime import UTC, datetime

import pyarrow as pa

from copydesk.curate.sketches import sketch
from copydesk.curate.versions import current, superseded, texts, without_repeats
from copydesk.schema import TIMESTAMP

COLUMNS = ("article_id", "dump", "fingerprint", "source")


def sightings(*rows: tuple[str, str, str]) -> pa.Table:
    columns = {name: pa.array(values, pa.string()) for name, values in zip(COLUMNS, zip(*rows, strict=True), strict=False)}
    return pa.table(columns | {"item_version": pa.nulls(len(rows), pa.int64())})


def one(table: pa.Table) -> dict[str, object]:
    rows = table.to_pylist()
    assert len(rows) == 1
    return rows[0]


def test_a_correction_in_a_later_dump_is_version_2_and_current() -> None:
    row = one(current(sightings(("a", "2026-11-02", "corrected"), ("a", "2026-11-01", "first"))))
    assert row["fingerprint"] == "corrected"
    assert (row["version"], row["first_seen_dump"], row["last_seen_dump"]) == (2, "2026-11-01", "2026-11-02")


def test_an_unchanged_recrawl_stays_version_1_and_is_seen_later() -> None:
    row = one(current(sightings(("a", "2026-11-01", "same"), ("a", "2026-11-03", "same"))))
    assert (row["version"], row["first_seen_dump"], row["last_seen_dump"]) == (1, "2026-11-01", "2026-11-03")
    assert row["dump"] == "2026-11-03"


def test_a_text_that_went_back_to_an_earlier_one_counts_different_texts_only() -> None:
    assert one(current(sightings(("a", "1", "x"), ("a", "2", "y"), ("a", "3", "x"))))["version"] == 2


def test_dump_keys_compare_as_strings() -> None:
    assert one(current(sightings(("a", "archive-10", "x"), ("a", "archive-9", "y"))))["dump"] == "archive-9"


def test_an_archive_is_older_than_the_dump_of_any_day() -> None:
    row = one(current(sightings(("a", "wire-2010-2020", "x"), ("a", "2009-01-01", "y"))))
    assert (row["dump"], row["first_seen_dump"]) == ("2009-01-01", "wire-2010-2020")


def test_the_order_of_the_rows_does_not_matter() -> None:
    rows = [("b", "1", "x"), ("a", "2", "y"), ("a", "1", "z"), ("a", "2", "w"), ("c", "3", "x")]
    assert current(sightings(*rows)).equals(current(sightings(*reversed(rows))))


def test_no_sightings_give_no_articles() -> None:
    none = sightings(("a", "1", "x")).slice(0, 0)
    assert current(none).num_rows == 0
    assert current(none).column_names == [*none.column_names, "version", "first_seen_dump", "last_seen_dump"]


REPORT = [
    f"Paragraph {n} says at length what the council of Keldburn decided on {day} about {count} bridges, and what it will cost."
    for n, (day, count) in enumerate([("Monday", 12), ("Tuesday", 40), ("Friday", 99)])
]


def seen(*rows: tuple[str, str, str, str, datetime, list[str]]) -> pa.Table:
    """Current articles with their sketch: id, source, first dump, last dump, time, paragraphs."""
    names = ("article_id", "source", "first_seen_dump", "last_seen_dump", "published_at", "paragraphs")
    table = pa.table({name: list(values) for name, values in zip(names, zip(*rows, strict=True), strict=True)})
    sketches = sketch(table["paragraphs"])
    return pa.table([*table.columns, *sketches.columns], names=[*names, *sketches.column_names])


def at(day: int) -> datetime:
    return datetime(2026, 11, day, 9, tzinfo=UTC)


def test_nearly_the_same_text_under_an_address_that_took_its_place_is_the_next_version() -> None:
    corrected = [*REPORT[:2], REPORT[2].replace("cost", "save")]
    rows = [
        ("old", "a", "1", "2", at(1), REPORT),
        ("new", "a", "3", "3", at(1), corrected),
        ("else", "b", "3", "3", at(1), REPORT),
    ]
    assert superseded(seen(*rows)).to_pylist() == ["new", None, None]


def test_an_address_that_changed_twice_is_the_last_one() -> None:
    rows = [
        (name, "a", dump, dump, at(1), REPORT)
        for name, dump in [("one", "archive"), ("two", "2026-11-02"), ("three", "2026-11-03")]
    ]
    assert superseded(seen(*rows)).to_pylist() == ["three", "three", None]


def test_two_pages_that_stood_in_one_dump_are_two_articles() -> None:
    rows = [("old", "a", "1", "3", at(1), REPORT), ("new", "a", "3", "3", at(1), REPORT)]
    assert superseded(seen(*rows)).to_pylist() == [None, None]


def test_the_same_words_about_another_day_are_another_article() -> None:
    other = [text.replace("Keldburn", "Norwick").replace("12", "7").replace("40", "3").replace("99", "61") for text in REPORT]
    assert superseded(seen(("old", "a", "1", "1", at(1), REPORT), ("new", "a", "2", "2", at(1), other))).to_pylist() == [
        None,
        None,
    ]
    late = seen(("old", "a", "1", "1", at(1), REPORT), ("new", "a", "2", "2", at(3), REPORT))
    assert superseded(late).to_pylist() == [None, None]


def test_texts_are_numbered_by_when_they_were_first_seen() -> None:
    found = texts(sightings(("a", "1", "x"), ("a", "2", "y"), ("a", "3", "x"), ("b", "1", "z")))
    rows = [
        tuple(row[name] for name in ("article_id", "version", "fingerprint", "dump", "first_seen_dump"))
        for row in found.to_pylist()
    ]
    assert rows == [("a", 1, "x", "3", "1"), ("a", 2, "y", "2", "2"), ("b", 1, "z", "1", "1")]


def test_one_text_under_two_addresses_of_a_dump_is_one_article() -> None:
    table = sightings(("b", "1", "x"), ("a", "1", "x"), ("c", "2", "x"), ("d", "1", "y"))
    table = table.append_column("source", pa.array(["s"] * 4)).append_column("published_at", pa.array([at(1)] * 4, TIMESTAMP))
    assert without_repeats(table)["article_id"].to_pylist() == ["a", "c", "d"]
