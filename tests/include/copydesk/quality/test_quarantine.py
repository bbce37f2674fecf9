from __future__ import annotations

from datetime import UTC, datetime

from copydesk.quality.quarantine import from_rejects, from_rows
from copydesk.quality.rows import check_rows
from copydesk.records import Origin, Reason, Reject, Stage
from copydesk.schema import CLEAN, QUARANTINE

LATEST = datetime(2026, 11, 4, tzinfo=UTC)


def test_a_refused_row_keeps_its_fields_reasons_and_origin(articles, source):
    table = articles({}, {"published_at": None, "word_count": 4}, {})
    quarantined = from_rows(table, check_rows(table, source, LATEST))
    assert quarantined.schema.equals(QUARANTINE.schema)
    [row] = quarantined.to_pylist()
    assert row["stage"] == "validate"
    assert row["reasons"] == ["not_null:published_at", "between:word_count"]
    assert row["detail"] == "published_at is missing; word_count is 4, at least 20 expected"
    assert (row["article_id"], row["title"], row["origin_ordinal"]) == (f"{1:032x}", "Ferry returns to the island", 1)
    assert row["body"].startswith("The ferry")


def test_each_rule_says_what_was_found_and_what_was_expected(articles, source):
    table = articles(
        {"published_at": datetime(2031, 1, 1, tzinfo=UTC)},
        {"title": "x" * 301},
        {"page_type": "poem"},
        {"body": "\n" * 500},
        {"label_confidence": float("nan")},
        {"article_id": "a" * 32},
        {"article_id": "a" * 32},
    )
    details = from_rows(table, check_rows(table, source, LATEST)).column("detail").to_pylist()
    assert details[0] == "published_at is 2031-01-01T00:00:00+00:00, at most 2026-11-04T00:00:00+00:00 expected"
    assert details[1].endswith("…', a match of ^.{3,300}$ expected")
    assert details[2].startswith("page_type is 'poem', one of article, live_blog")
    assert details[4] == "label_confidence is nan, a number expected"
    assert details[5] == details[6] == f"article_id is '{'a' * 32}', no second row with it expected"
    assert max(map(len, details)) < 300


def test_rejects_of_earlier_stages_are_rows_of_the_same_kind():
    reject = Reject(Stage.READ, Reason.TRUNCATED, "ends inside a member", Origin("raw/a.gz", offset=9), "https://news.example/a")
    table = from_rejects([reject], "paper")
    assert table.schema.equals(QUARANTINE.schema)
    [row] = table.to_pylist()
    assert (row["stage"], row["reasons"], row["detail"]) == ("read", ["truncated"], "ends inside a member")
    assert (row["origin_uri"], row["origin_offset"], row["url"]) == ("raw/a.gz", 9, "https://news.example/a")
    assert row["body"] is None


def test_nothing_refused_is_an_empty_table_of_the_schema(articles, source):
    for table in (articles({}), CLEAN.schema.empty_table()):
        quarantined = from_rows(table, check_rows(table, source, LATEST))
        assert (quarantined.num_rows, quarantined.schema) == (0, QUARANTINE.schema)
    assert from_rejects([], "paper").schema.equals(QUARANTINE.schema)
