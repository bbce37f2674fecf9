from __future__ import annotations

import json
from dataclasses import replace

import pytest

from copydesk.pipeline import run_partition
from copydesk.quality.figures import FIGURES
from copydesk.quality.history import Past, good_runs, learn
from copydesk.quality.verdict import Metrics, judge
from copydesk.sources import Quality
from desks import line

TODAY = {"records_seen": 100.0}
SHARES = [0.02, 0.0, 0.05, 0.01, 0.03, 0.02, 0.04]


def past(name, values, released=()):
    return [Past(f"2026-10-{n + 1:02}", {name: value}, n in released) for n, value in enumerate(values)]


def test_fewer_runs_than_the_source_asks_for_teach_nothing(source):
    assert learn(past("median_words", [300] * 6), TODAY, source) == {}
    assert "median_words" in learn(past("median_words", [300] * 7), TODAY, source)


def test_a_steady_source_may_still_differ_a_little(source):
    usual = learn(past("median_words", [300] * 28), TODAY, source)["median_words"]
    assert (usual.low, usual.high, usual.runs) == (pytest.approx(300), pytest.approx(300), 28)
    assert usual.at_least < 150
    assert usual.at_most > 600


def test_weekends_are_usual_and_an_outage_is_not(source):
    weeks = [100, 104, 97, 101, 99, 38, 35] * 4
    usual = learn(past("records_seen", weeks), TODAY, source)["records_seen"]
    assert usual.at_least < 35
    assert usual.at_least > 3


def test_one_odd_day_does_not_widen_what_is_usual(source):
    calm = learn(past("mean_confidence", [0.9] * 28), TODAY, source)["mean_confidence"]
    odd = learn(past("mean_confidence", [0.9] * 27 + [0.2]), TODAY, source)["mean_confidence"]
    assert odd.at_least == pytest.approx(calm.at_least)


def test_what_a_person_released_is_within_the_limits(source):
    values = [0.9] * 27 + [0.2]
    usual = learn(past("mean_confidence", values, released=[27]), TODAY, source)["mean_confidence"]
    assert usual.at_least <= 0.2


def test_a_share_of_few_records_may_differ_more(source):
    many = learn(past("no_agency", SHARES), {"records_seen": 1000.0}, source)["no_agency"]
    few = learn(past("no_agency", SHARES), {"records_seen": 10.0}, source)["no_agency"]
    assert many.at_most < 0.25 < few.at_most


def test_a_source_sets_how_far_from_the_usual_is_too_far(source):
    tolerant = source.model_copy(
        update={"quality": Quality.model_validate({"expect": {"usual:mean_confidence": {"tolerance": 3}}})}
    )
    runs = past("mean_confidence", [0.9] * 28)
    assert learn(runs, TODAY, tolerant)["mean_confidence"].at_least < learn(runs, TODAY, source)["mean_confidence"].at_least


def test_figures_that_tell_of_trouble_on_one_side_have_no_limit_on_the_other(source):
    usual = learn(past("mean_confidence", [0.9] * 28) + past("old_share", [0.1] * 28), TODAY, source)
    assert usual["mean_confidence"].at_most is None
    assert usual["old_share"].at_least is None


def test_a_run_unlike_the_others_is_held_with_its_number_and_the_usual_ones(source):
    today = dict.fromkeys((figure.name for figure in FIGURES), None) | {"records_seen": 50.0, "median_words": 41.0}
    usual = learn(past("median_words", [290, 310, 300, 305, 295, 300, 302]), today, source)
    verdict = judge(Metrics(50, 50, 0, 0, 50), [], source, today, usual)
    assert verdict.value == "hold"
    [reason] = verdict.reasons
    assert reason.startswith("critical: usual:median_words: median_words is 41, usually 291.5 to 308.5 in 7 runs, at least 78 ")
    [figure] = [one for one in verdict.figures if one["figure"] == "median_words"]
    assert (figure["value"], round(figure["usual_low"])) == (41, 291)


def test_days_without_a_dump_say_nothing_about_how_large_a_dump_is(desk):
    """One such day among few made any size usual: a delivery of three articles instead of fifty was published."""
    desk.source = desk.make_source("empty", min_history_runs=3)
    for day, articles in enumerate([4, 4, 0, 4]):
        run = replace(desk.run(), key=f"2026-11-{day + 3:02}")
        folder = desk.raw / run.key
        folder.mkdir()
        if articles:
            (folder / "0.jsonl").write_text("\n".join(json.dumps(line(n)) for n in range(articles)), "utf-8")
        run_partition(run)
    runs = {past.key for past in good_runs(run.lake, desk.source, "2026-11-09")}
    assert runs == {"2026-11-03", "2026-11-04", "2026-11-06"}
    assert "2026-11-05" in {past.key for past in good_runs(run.lake, desk.make_source("fail"), "2026-11-09")}
