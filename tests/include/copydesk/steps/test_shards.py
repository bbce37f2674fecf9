"""Records whose id an earlier shard has: found when all shards are there, and left out without anything being written anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from copydesk import pipeline
from copydesk.run import Run
from copydesk.schema import CLEAN, QUARANTINE, REMOVED
from copydesk.steps.shards import placed_parts, read_rows, rows_of
from copydesk.views.short_list import held_articles

RAIL = "<h2>Most read</h2><ul><li><a href='/9'>Ferry returns after two years</a></li></ul>"


@pytest.fixture
def judged(press: Any, page: Callable[..., dict[str, Any]]) -> Run:
    """A run of two shards, of which the second begins with what the first ends with; judged, and not published."""
    press.dump([page(n, extra=RAIL) for n in range(4)], [page(n, extra=RAIL) for n in range(3, 8)])
    run: Run = press.run(shard_bytes=1)
    assert pipeline.plan(run) == [0, 1]
    for step in (pipeline.segment, pipeline.clean):
        for shard in (0, 1):
            step(run, shard)
        pipeline.add_up_repetition(run)
    pipeline.judge(run)
    return run


def ids_of(run: Run, shard: int, dataset: Any) -> list[str]:
    return [row["article_id"] for rows in read_rows(run.work, shard, dataset) for row in rows.to_pylist()]


def read_id(run: Run) -> list[str]:
    """The id of the page that stands in both."""
    return [row["article_id"] for rows in read_rows(run.work, 0, CLEAN) for row in rows.to_pylist() if "part 3" in row["title"]]


def test_the_earlier_shard_keeps_the_record_and_the_later_refuses_it(judged: Run) -> None:
    first, second = (ids_of(judged, n, CLEAN) for n in (0, 1))
    [repeated] = read_id(judged)
    [refused] = [row for rows in read_rows(judged.work, 1, QUARANTINE) for row in rows.to_pylist()]

    assert (len(first), len(second), len({*first, *second})) == (4, 4, 8)
    assert (refused["article_id"], refused["reasons"]) == (repeated, ["duplicate_id"])
    assert [rows_of(judged.work, n, CLEAN) for n in (0, 1)] == [4, 4]
    assert [rows_of(judged.work, n, QUARANTINE) for n in (0, 1)] == [0, 1]


def test_what_was_cut_from_it_counts_once(judged: Run) -> None:
    for n in (0, 1):
        cut = ids_of(judged, n, REMOVED)
        assert cut
        assert set(cut) == set(ids_of(judged, n, CLEAN))
        assert len(cut) == rows_of(judged.work, n, REMOVED)


def test_a_few_columns_are_read_without_the_id_that_decides(judged: Run) -> None:
    tables = list(read_rows(judged.work, 1, CLEAN, ["title"]))

    assert [table.column_names for table in tables] == [["title"]]
    assert tables[0].num_rows == 4


def test_no_part_was_written_anew(judged: Run) -> None:
    [placed] = placed_parts(judged.work, 1, CLEAN)

    assert placed.part.rows == 5
    assert placed.without.to_pylist() == read_id(judged)
    assert [one.without for one in placed_parts(judged.work, 0, CLEAN)] == [None]


def test_judged_twice_is_judged_the_same(judged: Run) -> None:
    before = [placed_parts(judged.work, n, QUARANTINE) for n in (0, 1)]
    outcome = pipeline.judge(judged)

    assert [placed_parts(judged.work, n, QUARANTINE) for n in (0, 1)] == before
    assert (outcome["records_accepted"], outcome["records_rejected"]) == (8, 1)


def test_whoever_looks_at_a_held_run_sees_it_once(judged: Run) -> None:
    articles, count = held_articles(judged)

    assert count == len(articles) == len({row["article_id"] for row in articles}) == 8


def test_it_is_published_once(judged: Run, press: Any) -> None:
    pipeline.publish(judged)
    clean, removed = press.rows("clean"), press.rows("removed")

    assert len(clean) == len({row["article_id"] for row in clean}) == 8
    assert len(removed) == len({(row["article_id"], row["ordinal"]) for row in removed}) > 0
    assert [row["reasons"] for row in press.rows("quarantine")] == [["duplicate_id"]]
