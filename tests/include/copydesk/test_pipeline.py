"""The steps of a run on lakes in a folder: killed, repeated, held, empty, in one shard or in several."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from copydesk import pipeline, read
from copydesk.errors import BadInput, Held, MissingDump
from copydesk.lake.inventory import inventory
from copydesk.pipeline import run_partition
from desks import DAY, TEXT, Desk, line, steps


def test_a_dump_is_published_with_an_account_that_adds_up(desk: Desk) -> None:
    desk.dump([line(n) for n in range(6)], [line(6), "{broken}", line(7)])
    outcome = run_partition(desk.run())
    (run,) = desk.rows("runs")

    assert outcome["touched_months"] == ["2026-11"]
    assert (run["records_seen"], run["records_accepted"], run["records_rejected"]) == (9, 8, 1)
    assert (len(desk.rows("clean")), len(desk.rows("quarantine"))) == (8, 1)
    assert [(file["records"], file["rejected"], file["complete"]) for file in run["inputs"]] == [(6, 0, True), (3, 1, True)]
    assert run["blocks_removed"] == len(desk.rows("removed"))
    assert run["rejected_by_reason"] == [{"stage": "read", "reason": "unparsable", "records": 1}]


def test_every_step_may_be_called_twice(desk: Desk) -> None:
    desk.dump([line(n) for n in range(4)])
    run_partition(desk.run(lake="once"))
    for step in steps(desk.run())[:-1]:
        step()
        step()
    publish = steps(desk.run())[-1]

    assert publish() == publish()
    assert desk.bytes() == desk.bytes("once")
    assert len(desk.rows("runs")) == 1


def test_a_second_run_of_the_same_dump_changes_no_byte(desk: Desk) -> None:
    desk.dump([line(n) for n in range(4)])
    run_partition(desk.run("one"))
    before = desk.bytes()
    run_partition(desk.run("two"))

    assert desk.bytes() == before
    assert {run["run_id"] for run in desk.rows("runs")} == {"one", "two"}


@pytest.mark.parametrize("stop", range(1, 6))
def test_a_run_that_ended_between_two_steps_goes_on(desk: Desk, stop: int) -> None:
    desk.dump([line(n) for n in range(4)])
    for step in steps(desk.run())[:stop]:
        step()
    assert desk.bytes() == {}
    for step in steps(desk.run())[stop - 1 :]:
        step()

    assert len(desk.rows("clean")) == 4


def test_two_runs_side_by_side_do_not_mix(desk: Desk) -> None:
    desk.dump([line(n) for n in range(4)])
    for one, two in zip(steps(desk.run("one")), steps(desk.run("two")), strict=True):
        one()
        two()

    assert len(desk.rows("clean")) == 4


def test_an_empty_day_replaces_what_was_there(desk: Desk) -> None:
    desk.dump([line(n) for n in range(4)])
    run_partition(desk.run("full"))
    desk.dump()
    desk.source = desk.make_source("empty")
    outcome = run_partition(desk.run("empty"))

    assert desk.rows("clean") == []
    assert outcome["touched_months"] == ["2026-11"]


@pytest.mark.parametrize("on_missing", ["fail", "wait"])
def test_a_dump_that_is_not_there_stops_the_run(desk: Desk, on_missing: str) -> None:
    desk.source = desk.make_source(on_missing)

    assert not pipeline.dump_is_there(desk.run())
    with pytest.raises(MissingDump, match=f"paper {DAY}: no dump under .*run the day again"):
        pipeline.plan(desk.run())


def test_a_lake_that_cannot_be_written_fails_before_any_work(desk: Desk) -> None:
    desk.dump([line(1)])
    (desk.root / "lake").write_text("a file where the lake should be")

    with pytest.raises(BadInput):
        pipeline.plan(desk.run())


@pytest.mark.parametrize(
    ("bad", "stage", "reason"),
    [
        ("{broken}", "read", "unparsable"),
        ({"url": "https://paper.example/x"}, "read", "missing_content"),
        (line(9, content="<div>" * 700 + "deep"), "segment", "too_deep"),
        (line(9, content="<nav><a href=/>Home</a></nav>"), "assemble", "no_article"),
        (line(9, published=None), "validate", "not_null:published_at"),
        (line(9, published="2126-11-01"), "validate", "between:published_at"),
        (line(1), "validate", "duplicate_id"),
    ],
)
def test_a_bad_record_is_in_quarantine_with_stage_reason_and_origin(desk: Desk, bad: Any, stage: str, reason: str) -> None:
    desk.dump([*(line(n) for n in range(6)), bad])
    run_partition(desk.run())
    (row,) = desk.rows("quarantine")

    assert (row["stage"], row["reasons"][0]) == (stage, reason)
    assert row["detail"]
    assert (row["origin_uri"], row["origin_ordinal"]) == (str(desk.raw / DAY / "0.jsonl"), 6)
    assert len(desk.rows("clean")) == 6


def test_a_run_with_too_many_rejects_is_held_and_changes_nothing(desk: Desk) -> None:
    desk.dump([line(n) for n in range(6)])
    run_partition(desk.run("good"))
    before = desk.bytes()
    desk.dump([*(line(n) for n in range(3)), "{", "{", "{"])
    with pytest.raises(Held, match=r"held, nothing was published: .*0\.5.*; in quarantine: unparsable 2, truncated 1;"):
        run_partition(desk.run("bad"))

    assert desk.bytes() == before
    verdicts = {run["run_id"]: run["verdict"] for run in desk.rows("runs")}
    assert verdicts == {"good": "pass", "bad": "hold"}
    with pytest.raises(BadInput, match="is held"):
        pipeline.publish(desk.run("bad"))


def test_a_month_that_loses_its_articles_is_touched_even_after_a_kill(desk: Desk) -> None:
    desk.dump([line(n, published="2026-09-01") for n in range(4)])
    run_partition(desk.run("old"))
    desk.dump([line(n) for n in range(4)])
    run = desk.run("new")
    for step in steps(run):
        outcome = step()
    assert outcome["touched_months"] == ["2026-09", "2026-11"]


def test_a_publication_that_was_killed_half_way_still_names_the_months_it_replaced(desk: Desk, monkeypatch: Any) -> None:
    from copydesk.steps import publishing

    desk.dump([line(n, published="2026-09-01") for n in range(4)])
    run_partition(desk.run("old"))
    desk.dump([line(n) for n in range(4)])
    run = desk.run("new")
    *before, publish = steps(run)
    for step in before:
        step()

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(publishing, "record_run", killed)  # where a kill would strike: after the switch, before the record
        with pytest.raises(KeyboardInterrupt):
            publish()

    assert publish()["touched_months"] == ["2026-09", "2026-11"]
    assert len(desk.rows("runs")) == 2


def test_an_account_that_does_not_add_up_stops_the_run(desk: Desk) -> None:
    desk.dump([line(n) for n in range(4)])
    run = desk.run()
    *before, judge, _ = steps(run)
    for step in before:
        step()
    name = run.work.shard(0, "inputs.json")
    (account,) = run.work.read_json(name)
    run.work.write_json(name, [account | {"records": 5}])

    with pytest.raises(BadInput, match="readers met 5 records, but 4 were accepted and 0 rejected"):
        judge()


def test_a_step_without_its_plan_says_what_to_do(desk: Desk) -> None:
    with pytest.raises(BadInput, match="no plan; clear the whole run"):
        pipeline.segment(desk.run(), 0)


def test_body_and_cut_blocks_are_the_whole_document(desk: Desk) -> None:
    desk.dump([line(1)])
    run_partition(desk.run())
    (row,) = desk.rows("clean")
    cut = [block["text"] for block in desk.rows("removed")]

    assert sorted([*row["paragraphs"], *cut]) == sorted(["Council repaints bench number 1", TEXT.format(n=1), TEXT.format(n=2)])


def test_no_column_of_what_is_published_holds_a_time_of_the_run(desk: Desk) -> None:
    desk.dump([line(1)])
    run_partition(desk.run())
    for dataset in ("clean", "quarantine", "removed"):
        names = read(dataset, root=str(desk.root / "lake")).column_names
        assert not {"run_id", "started_at", "finished_at"} & set(names)


def test_a_curation_stands_in_runs_and_not_among_the_dumps(desk: Desk) -> None:
    desk.dump([line(n) for n in range(6)])
    run = desk.run()
    run_partition(run)
    counts = pipeline.curate("2026-11", run.settings, "by hand")
    (row,) = (row for row in desk.rows("runs") if row["kind"] == "curate")
    assert (row["source"], row["dump"], row["run_id"]) == ("curate", "2026-11", "by hand")
    assert row["records_accepted"] == counts["articles"] == 6
    assert {holding.values["source"] for holding in inventory(run.lake) if holding.dataset == "clean"} == {"paper"}


def test_a_root_of_dumps_that_is_not_there_empties_no_day(desk: Desk) -> None:
    desk.source = desk.make_source("empty")
    desk.dump([line(n) for n in range(6)])
    run_partition(desk.run())
    published = desk.bytes()
    desk.raw.rename(desk.root / "unmounted")
    with pytest.raises(BadInput, match="raw"):
        run_partition(desk.run("two"))
    assert desk.bytes() == published


@pytest.mark.parametrize("key", ["hello", "2026-11-3", "2026-02-30", "20261103", "2026-11-03 "])
def test_a_key_that_is_no_day_makes_no_run(desk: Desk, key: str) -> None:
    with pytest.raises(BadInput, match="such as 2026-11-03"):
        replace(desk.run(), key=key)
