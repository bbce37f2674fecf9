from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pyarrow as pa
import pytest

from copydesk.quality.engine import batch_of
from copydesk.quality.rows import check_rows
from copydesk.schema import CLEAN, EXPECTATION
from timing import done_within

LATEST = datetime(2026, 11, 4, tzinfo=UTC)
NUL_AND_MARKS = "\x00 <b>$x</b> ${y} %s"


@pytest.mark.parametrize(
    ("change", "reasons"),
    [
        ({}, []),
        ({"article_id": None}, ["not_null:article_id"]),
        ({"article_id": "abc"}, ["match_regex:article_id"]),
        ({"title": "Hm"}, ["match_regex:title"]),
        ({"title": "x" * 301}, ["match_regex:title"]),
        ({"title": "Ж" * 300}, []),
        ({"title": NUL_AND_MARKS}, []),
        ({"body": None}, ["not_null:body"]),
        ({"body": ""}, ["match_regex:body"]),
        ({"body": " \u00a0\n\t"}, ["match_regex:body"]),
        ({"body": " " * 5000 + "x"}, []),
        ({"published_at": None}, ["not_null:published_at"]),
        ({"published_at": datetime(1699, 12, 31, 23, 59, tzinfo=UTC)}, ["between:published_at"]),
        ({"published_at": LATEST}, []),
        ({"published_at": LATEST + timedelta(microseconds=1)}, ["between:published_at"]),
        ({"published_at": datetime(2026, 11, 3, 23, tzinfo=timezone(timedelta(hours=-2)))}, ["between:published_at"]),
        ({"published_at": datetime(9999, 12, 31, tzinfo=UTC)}, ["between:published_at"]),
        ({"published_precision": "century"}, ["in_set:published_precision"]),
        ({"word_count": 19}, ["between:word_count"]),
        ({"word_count": 20}, []),
        ({"page_type": "poem"}, ["in_set:page_type"]),
        ({"label_confidence": 1.5}, ["between:label_confidence"]),
        ({"label_confidence": float("nan")}, ["not_null:label_confidence"]),
        ({"title": None, "word_count": None}, ["not_null:title", "not_null:word_count"]),
    ],
)
def test_a_row_is_accepted_or_gives_every_reason_in_the_order_of_the_schema(articles, source, change, reasons):
    check = check_rows(articles({}, change, {}), source, LATEST)
    assert check.reasons == [[], reasons, []]
    assert check.accepted.tolist() == [True, not reasons, True]


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"url": "news.example/a"}, ("match_regex", "url")),
        ({"language": "fr"}, ("in_set", "language")),
        ({"language": None}, ("not_null", "language")),
        ({"modified_at": datetime(2026, 11, 1, tzinfo=UTC)}, ("not_less", "modified_at")),
    ],
)
def test_a_warning_is_counted_and_the_row_accepted(articles, source, change, name):
    check = check_rows(articles({}, change), source, LATEST)
    assert check.accepted.all()
    failed = [one for one in check.outcomes if not one["success"]]
    assert [(one["expectation"], one["column"]) for one in failed] == [name]
    assert (failed[0]["severity"], failed[0]["failed_rows"]) == ("warning", 1)


def test_an_article_changed_when_it_was_published_is_fine(articles, source):
    changed = datetime(2026, 11, 2, 8, tzinfo=UTC)
    assert all(one["success"] for one in check_rows(articles({"modified_at": changed}), source, LATEST).outcomes)


def test_every_row_with_a_repeated_id_is_refused(articles, source):
    check = check_rows(articles({}, {"article_id": "0" * 32}, {}), source, LATEST)
    assert check.reasons == [["unique:article_id"], ["unique:article_id"], []]


def test_without_a_latest_time_the_future_is_accepted(articles, source):
    assert check_rows(articles({"published_at": datetime(2999, 1, 1, tzinfo=UTC)}), source, None).accepted.all()


def test_an_empty_table_passes_with_every_expectation_recorded(source):
    check = check_rows(CLEAN.schema.empty_table(), source, LATEST)
    assert (check.accepted.tolist(), check.reasons) == ([], [])
    assert len(check.outcomes) == len(check.expected)
    assert all(one["success"] for one in check.outcomes)


def test_a_table_in_chunks_with_different_categories_is_judged_as_one(articles, source):
    chunks = pa.concat_tables([articles({}), articles({"language": "de", "article_id": "1" * 32, "word_count": 1})])
    check = check_rows(chunks, source, LATEST)
    assert check.reasons == [[], ["between:word_count"]]


def test_outcomes_fit_the_schema_of_runs_and_quote_little(articles, source):
    changes = [{"title": f"{n} " + "secret " * 1000} for n in range(20)]
    outcomes = check_rows(articles(*changes), source, LATEST).outcomes
    assert pa.array(outcomes, EXPECTATION).to_pylist() == outcomes
    title = next(one for one in outcomes if not one["success"])
    assert (title["failed_rows"], title["observed"].count("; ")) == (20, 2)
    assert len(title["observed"]) < 300


def test_twenty_thousand_rows_take_seconds_even_when_all_fail(articles, source):
    bad = {"title": "", "body": " ", "published_at": None, "word_count": 0, "page_type": "x", "label_confidence": 2.0}
    table = articles(*[bad] * 20_000)
    batch_of(articles({}).select(["title"]).to_pandas())  # the import of Great Expectations is paid once a process
    check = done_within(10, lambda: check_rows(table, source, LATEST))  # 0.5 s on two cores
    assert not check.accepted.any()
    assert len(check.reasons[-1]) == len(bad)
