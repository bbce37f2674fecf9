"""Records whose id an earlier shard has: found when all shards are there, and left out without anything being written anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from copydesk import pipeline
from copydesk.lake.merging import read_ids
from copydesk.run import Run
from copydesk.schema import CLEAN, QUARANTINE, REMOVED, Dataset
from copydesk.steps.cleaning import clean_shard
from copydesk.steps.rows import placed_parts, read_facts, read_rows, rows_of
from copydesk.views.run.first_articles import held_articles
from copydesk.workdir import PLAN

RAIL = "<h2>Most read</h2><ul><li><a href='/9'>Ferry returns after two years</a></li></ul>"


@pytest.fixture
def judged(press: Any, page: Callable[..., dict[str, Any]]) -> Run:
    """A run of two shards, of which the second begins with what the first ends with; judged, and not published."""
    press.dump([page(n, extra=RAIL) for n in range(4)], [page(n, extra=RAIL) for n in range(3, 8)])
    run: Run = press.run(shard_bytes=1)
    assert pipeline.plan(run) == [0, 1]
    for shard in (0, 1):
        pipeline.segment(run, shard)
    pipeline.add_up_repetition(run)
    for shard in (0, 1):
        pipeline.clean(run, shard)
    pipeline.judge(run)
    return run


def rows(run: Run, dataset: Dataset) -> list[dict[str, Any]]:
    return [row for table in read_rows(run.work, dataset) for row in table.to_pylist()]


def test_the_earlier_shard_keeps_the_record_and_the_later_refuses_it(judged: Run) -> None:
    clean, [refused] = rows(judged, CLEAN), rows(judged, QUARANTINE)
    [kept] = [row for row in clean if "part 3" in row["title"]]

    assert len(clean) == len({row["article_id"] for row in clean}) == rows_of(judged.work, CLEAN) == 8
    assert (refused["article_id"], refused["reasons"]) == (kept["article_id"], ["duplicate_id"])
    assert kept["origin_uri"].endswith("000.jsonl")
    assert refused["origin_uri"].endswith("001.jsonl")
    assert rows_of(judged.work, QUARANTINE) == 1


def test_what_was_cut_from_it_counts_once(judged: Run) -> None:
    cut = [(row["article_id"], row["ordinal"]) for row in rows(judged, REMOVED)]

    assert len(cut) == len(set(cut)) == rows_of(judged.work, REMOVED) > 0
    assert {article for article, _ in cut} == {row["article_id"] for row in rows(judged, CLEAN)}
    assert sum(facts.num_rows for facts in read_facts(judged.work)) == 8


def test_a_few_columns_are_read_without_the_id_that_decides(judged: Run) -> None:
    tables = list(read_rows(judged.work, CLEAN, ["title"]))

    assert [(table.column_names, table.num_rows) for table in tables] == [(["title"], 4), (["title"], 4)]


def test_no_part_was_written_anew(judged: Run) -> None:
    first, second = placed_parts(judged.work, CLEAN)

    assert (first.part.rows, first.without) == (4, None)
    assert second.part.rows == 5
    assert second.without
    assert len(read_ids(judged.lake, second.without)) == 1


def test_an_attempt_at_a_shard_or_at_the_verdict_that_ends_late_changes_nothing(judged: Run, press: Any) -> None:
    before = [rows(judged, dataset) for dataset in (CLEAN, QUARANTINE, REMOVED)]
    clean_shard(judged, 1)
    assert [rows(judged, dataset) for dataset in (CLEAN, QUARANTINE, REMOVED)] == before
    outcome = pipeline.judge(judged)
    assert [rows(judged, dataset) for dataset in (CLEAN, QUARANTINE, REMOVED)] == before
    assert (outcome["records_accepted"], outcome["records_rejected"]) == (8, 1)
    clean_shard(judged, 1)
    pipeline.publish(judged)
    assert (len(press.rows("clean")), len(press.rows("quarantine"))) == (8, 1)


def test_whoever_looks_at_a_held_run_sees_it_once(judged: Run) -> None:
    articles, count = held_articles(judged)

    assert count == len(articles) == len({row["article_id"] for row in articles}) == 8


def test_a_run_that_an_older_version_judged_is_as_its_shards_say(judged: Run) -> None:
    judged.lake.delete_file(judged.work.path("parts.json"))

    assert judged.work.read_json(PLAN)
    assert rows_of(judged.work, CLEAN) == 9


def test_it_is_published_once(judged: Run, press: Any) -> None:
    pipeline.publish(judged)
    clean, removed = press.rows("clean"), press.rows("removed")

    assert len(clean) == len({row["article_id"] for row in clean}) == 8
    assert len(removed) == len({(row["article_id"], row["ordinal"]) for row in removed}) > 0
    assert [row["reasons"] for row in press.rows("quarantine")] == [["duplicate_id"]]
