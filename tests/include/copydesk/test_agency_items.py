"""Items of an agency over their versions: updates, in whatever order, and withdrawals."""

from __future__ import annotations

from pathlib import Path

import pyarrow.compute as pc
import pytest

from copydesk import pipeline
from copydesk.views.search.places import ids_of_item
from tide import DEC_1, DEC_2, NOV_30, Agency, item, killed


@pytest.fixture
def agency(tmp_path: Path) -> Agency:
    return Agency(f"{tmp_path}/raw", f"{tmp_path}/lake")


def test_an_item_that_is_withdrawn_leaves_the_articles_and_is_explained_by_its_notice(agency: Agency) -> None:
    agency.arrive(NOV_30, [item(1), item(1, "pier")])
    agency.arrive(DEC_1, [item(2), item(1, "quay")])
    (article,) = (row for row in agency.rows("articles") if "of wall" in row["title"])
    assert article["version"] == 2
    assert ids_of_item("urn:tide:wall", ["tide"]) == [article["article_id"]]

    counts = agency.arrive(DEC_2, [killed(3)])
    assert (counts["verdict"], counts["touched_months"]) == ("pass", ["2026-11"])
    assert agency.titles() == ["pier 1", "quay 1"]
    assert agency.titles("article_versions") == []
    (notice,) = agency.rows("quarantine", where=pc.field("article_id") == article["article_id"])
    assert (notice["reasons"], notice["dump"]) == (["withdrawn"], DEC_2)
    assert "canceled: urn:tide:wall, version 3: KILL: wall; Kill: it was the pier." in notice["detail"]
    assert agency.titles("clean") == ["pier 1", "quay 1", "wall 1", "wall 2"]
    (told,) = (
        row
        for row in agency.rows("runs")
        if row["source"] == "curate"
        and row["dump"] == "2026-11"
        and row["started_at"] == max(each["started_at"] for each in agency.rows("runs") if each["source"] == "curate")
    )
    assert {figure["figure"]: figure["value"] for figure in told["figures"]}["withdrawn"] == 1


def test_a_notice_that_is_taken_back_leaves_the_article_as_it_was(agency: Agency) -> None:
    agency.arrive(NOV_30, [item(1)])
    agency.arrive(DEC_1, [killed(2)])
    assert agency.titles() == []
    agency.arrive(DEC_1, [item(1, "quay")])
    assert agency.titles() == ["quay 1", "wall 1"]


def test_a_notice_of_another_item_takes_the_place_of_the_first(agency: Agency) -> None:
    agency.arrive(NOV_30, [item(1), item(1, "pier")])
    agency.arrive(DEC_1, [killed(2)])
    agency.arrive(DEC_2, [item(1, "quay")])
    assert agency.titles() == ["pier 1", "quay 1"]
    agency.arrive(DEC_1, [killed(2, "pier")])
    assert agency.titles() == ["quay 1", "wall 1"]


def test_a_later_dump_may_have_a_higher_version(agency: Agency) -> None:
    agency.arrive(NOV_30, [item(1)])
    agency.arrive(DEC_1, [killed(2, status="withheld")])
    agency.arrive(DEC_2, [item(3)])
    (article,) = agency.rows("articles")
    assert (agency.titles(), article["version"]) == (["wall 3"], 1)


@pytest.mark.parametrize("files", [[[3, 1, 2]], [[2], [3], [1]], [[3], [2, 1]]])
def test_the_last_version_of_a_dump_counts_in_whatever_order_they_come(agency: Agency, files: list[list[int]]) -> None:
    counts = agency.arrive(NOV_30, *([item(version) for version in versions] for versions in files), [item(1, "pier")])
    assert (counts["verdict"], counts["files_to_look_at"]) == ("pass", [])
    assert agency.titles() == ["pier 1", "wall 3"]
    assert agency.reasons() == [("superseded",)] * 2
    earlier = [row for row in agency.rows("quarantine") if row["body"] and row["title"].startswith("Harbour wall of wall")]
    assert {row["article_id"] for row in earlier} == {
        row["article_id"] for row in agency.rows("clean") if "of wall" in row["title"]
    }


def test_an_earlier_version_that_a_later_dump_sends_again_does_not_stand(agency: Agency) -> None:
    agency.arrive(NOV_30, [item(2), item(1, "pier")])
    agency.arrive(DEC_1, [item(1), item(2, "pier")])
    assert agency.titles() == ["pier 2", "wall 2"]
    assert {(row["title"][-1], row["item_version"]) for row in agency.rows("clean")} == {("1", 1), ("2", 2)}
    agency.arrive(DEC_2, [killed(2), killed(1, "pier")])
    assert agency.titles() == ["pier 2"]
    agency.arrive(NOV_30, [item(3), item(1, "pier")])
    assert agency.titles() == ["pier 2", "wall 3"]


@pytest.mark.parametrize(
    "files", [[[1], [-2]], [[-2], [1]], [[-2, 1]], [[1, -2]], [[1], [-1]], [[-1], [1]], [[-1, 1]], [[-1], [1], [-1]]]
)
def test_a_dump_with_an_item_and_its_notice_has_no_article_of_it(agency: Agency, files: list[list[int]]) -> None:
    agency.arrive(NOV_30, [item(1, "pier")], *([killed(-n) if n < 0 else item(n) for n in numbers] for numbers in files))
    assert agency.titles() == agency.titles("clean") == ["pier 1"]
    assert agency.reasons() == [("withdrawn",)] * sum(map(len, files))


@pytest.mark.parametrize("files", [[[-2], [3]], [[3, -2, 1]]])
def test_a_version_after_the_notice_stands(agency: Agency, files: list[list[int]]) -> None:
    agency.arrive(NOV_30, *([killed(-n) if n < 0 else item(n) for n in numbers] for numbers in files))
    assert agency.titles() == ["wall 3"]


@pytest.mark.parametrize("files", [[[1], [None]], [[2, None, 1]], [[1, None, None]]])
def test_a_notice_without_a_version_takes_back_what_came_before_it(agency: Agency, files: list[list[int | None]]) -> None:
    agency.arrive(NOV_30, [item(1, "pier")], *([item(n) if n else killed(None) for n in numbers] for numbers in files))
    assert agency.titles() == ["pier 1"]


def test_a_higher_version_behind_a_notice_without_one_stands(agency: Agency) -> None:
    agency.arrive(NOV_30, [item(1), killed(None), item(2)])
    assert agency.titles() == ["wall 2"]


def test_items_without_versions_follow_each_other_as_they_come(agency: Agency) -> None:
    agency.arrive(NOV_30, [item(None), item(None, body_html=item(7)["body_html"])], [item(None, "pier"), killed(None, "pier")])
    (article,) = agency.rows("articles")
    assert "the 7th" in article["body"]
    assert agency.reasons() == [("superseded",), ("withdrawn",), ("withdrawn",)]


def test_the_same_version_sent_twice_is_a_repetition(agency: Agency) -> None:
    agency.arrive(NOV_30, [item(1), item(1, "pier"), item(1), item(1, "quay"), item(1, "mole"), item(1, "dock")])
    assert agency.reasons() == [("duplicate_id",)]


def test_notices_and_earlier_versions_are_not_done_again_with_the_quarantine(agency: Agency) -> None:
    agency.arrive(NOV_30, [item(1), item(2), killed(2, "pier"), item(1, "pier")])
    counts = pipeline.replay(agency.run(NOV_30))
    assert (counts["replayed"], agency.titles("clean")) == (0, ["wall 2"])
    agency.arrive(DEC_1, [item(1, "quay")])
    assert agency.titles() == ["quay 1", "wall 2"]


def test_a_withdrawn_copy_is_no_partner_of_a_story(agency: Agency) -> None:
    agency.arrive(NOV_30, [item(1)])
    agency.arrive(DEC_1, [killed(2)])
    assert agency.rows("signatures") == []


def test_a_dump_run_again_changes_no_byte(agency: Agency) -> None:
    files = [item(1), item(2)], [killed(2, "pier"), item(1, "pier")]
    agency.arrive(NOV_30, *files)
    before = agency.published()
    agency.arrive(NOV_30, *files)
    assert agency.published() == before
