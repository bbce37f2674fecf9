from __future__ import annotations

import pyarrow as pa

from copydesk.curate.versions import current

COLUMNS = ("article_id", "dump", "fingerprint", "source")


def sightings(*rows: tuple[str, str, str]) -> pa.Table:
    return pa.table({name: pa.array(values, pa.string()) for name, values in zip(COLUMNS, zip(*rows, strict=True), strict=False)})


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
