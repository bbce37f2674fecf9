"""Items of an agency over their versions: updates, in whatever order, and withdrawals."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pytest

from copydesk import pipeline, read
from copydesk.curate.due import months_due
from copydesk.pipeline import run_partition
from copydesk.run import Run
from copydesk.settings import Settings
from copydesk.sources import Source
from copydesk.storage import Storage
from copydesk.views.finding import ids_of_item

TEXTS = {
    "wall": "The harbour wall of Wrenmouth was closed to traffic after divers found a crack below the water line. The harbour master said "
    "that nobody had been in danger, and that ferries would leave from the north side for some weeks.",
    "pier": "Two hundred people danced on the old pier at the weekend, when its new lamps were lit for the first time since the storm. "
    "A brass band had come from across the bay and played until the last train was called.",
    "quay": "A baker has opened the first shop on the quay in nine years, and sold every loaf before ten in the morning. She plans to "
    "hire three apprentices by spring, if the council lets her put tables outside.",
    "mole": "Children of the village school counted seals from the mole for a study that runs in eleven countries. They found more than "
    "last year, their teacher reported, and one that wore a ring from Norway.",
    "dock": "Engineers have begun to drain the dry dock, where a lightship from before the war will be painted. The work was put off twice "
    "for want of money, until a retired captain left her savings to the museum.",
}
NOV_30, DEC_1, DEC_2 = "2026-11-30", "2026-12-01", "2026-12-02"


def item(version: int | None = 1, name: str = "wall", status: str = "usable", **more: Any) -> dict[str, Any]:
    html = f"<p>{TEXTS[name]}</p><p>It was reported on the {version or 0}th of the month by those who live beside it.</p>"
    row = {
        "uri": f"urn:tide:{name}",
        "type": "text",
        "pubStatus": status,
        "headline": f"Harbour wall of {name} is closed, version {version}",
        "firstCreated": "2026-11-30T08:00:00Z",
        "versionCreated": f"2026-11-30T1{version or 0}:00:00Z",
        "body_html": html,
    }
    return row | ({"version": str(version)} if version else {}) | more


def killed(version: int | None = 2, name: str = "wall", status: str = "canceled") -> dict[str, Any]:
    return item(version, name, status, edNote="Kill: it was the pier.") | {"body_html": "", "headline": "KILL: wall"}


class Agency:
    """A source of ninjs, and its lake."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.lake = Storage.open(str(root / "lake"))

    def arrive(self, day: str, *files: Iterable[dict[str, Any]]) -> dict[str, Any]:
        """A dump comes and is run, in as many shards as it has files; the months that are due are curated."""
        folder = self.root / "raw" / day
        folder.mkdir(parents=True, exist_ok=True)
        for n, items in enumerate(files):
            (folder / f"{n}.json").write_text(json.dumps(list(items)), "utf-8")
        run = self.run(day, max(len(files), 1))
        counts = run_partition(run)
        for month in months_due(self.lake):
            pipeline.curate(month, run.settings)
        return counts

    def run(self, day: str, shards: int = 1) -> Run:
        table = {"name": "tide", "raw": "{key}/*", "format": "ninjs"}
        size = {"shard_bytes": 1} if shards > 1 else {}
        settings = Settings(raw=str(self.root / "raw"), lake=str(self.root / "lake"), sources=str(self.root), processes=1, **size)
        return Run(Source.model_validate(table), day, "one", settings)

    def rows(self, dataset: str, **more: Any) -> list[dict[str, Any]]:
        return read(dataset, root=str(self.root / "lake"), **more).to_pylist()

    def titles(self, dataset: str = "articles") -> list[str]:
        return sorted(
            row["title"].removeprefix("Harbour wall of ").replace(" is closed, version", "") for row in self.rows(dataset)
        )

    def reasons(self) -> list[tuple[str, ...]]:
        return sorted(tuple(row["reasons"]) for row in self.rows("quarantine"))


@pytest.fixture
def agency(tmp_path: Path) -> Agency:
    return Agency(tmp_path)


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


def test_a_later_dump_may_have_the_item_again(agency: Agency) -> None:
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


@pytest.mark.parametrize("files", [[[1], [-2]], [[-2], [1]], [[-2, 1]], [[1, -2]], [[1], [-1]]])
def test_a_dump_with_an_item_and_its_notice_has_no_article_of_it(agency: Agency, files: list[list[int]]) -> None:
    agency.arrive(NOV_30, [item(1, "pier")], *([killed(-n) if n < 0 else item(n) for n in numbers] for numbers in files))
    assert agency.titles() == agency.titles("clean") == ["pier 1"]
    assert agency.reasons() == [("withdrawn",)] * 2


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
    published = sorted((agency.root / "lake").glob("*/source=tide/*/*"))
    before = {path: path.read_bytes() for path in published if "runs" not in path.parts}
    agency.arrive(NOV_30, *files)
    assert {path: path.read_bytes() for path in before} == before
