"""The dial between precision and recall, on the sample dumps: what is kept, what is said of it, and where it can be turned."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from copydesk import explain, extract
from copydesk.cli import main
from copydesk.errors import BadInput
from copydesk.extraction import extract_records
from copydesk.favor import FAVORS
from copydesk.pipeline import run_partition
from copydesk.raw.reading import read_path
from copydesk.records import Record, Reject
from copydesk.settings import Settings
from copydesk.sources import Source, load
from desks import Desk, line

INCLUDE = Path(__file__).parents[3] / "include"
NAMES = ["harbour_courier", "nordtor_zeitung"]  # texts, and pages
OUT, IN = "in doubt, and precision is favored", "in doubt, and recall is favored"
ALL = "everything is favored: nothing is cut"
PAPER = [
    "The council voted on Monday to repaint every bench in the park, after a survey found that many would rather stand.",
    "The work begins in spring, said Mayor Ruth Amber, and will take until the first of the summer fairs is over.",
    "Opening hours",
    "The park is open from seven to nine.",
    "Painters who want to take part may write to the council until the end of the month, which will choose four of them.",
    "The council meets again in the town hall.",
    "Sign up to the Courier’s weekend letter for the best of the week.",
    "Council repaints its bridges",
    "Park to close for a week",
]


@pytest.fixture(scope="module", params=NAMES)
def source(request: pytest.FixtureRequest) -> Source:
    return load(INCLUDE / "sources" / f"{request.param}.toml")


@pytest.fixture(scope="module")
def found(source: Source, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """What each favor makes of the source's samples."""
    records = list(_records(source, tmp_path_factory.mktemp("lake")))
    return {favor: extract_records(records, source, favor=favor).to_pylist() for favor in FAVORS}


def _records(source: Source, lake: Path) -> Iterator[Record | Reject]:
    settings = Settings(raw=str(INCLUDE / "samples"), lake=str(lake), sources=str(INCLUDE / "sources"))
    for path in sorted(path for path in (INCLUDE / "samples" / source.name).rglob("*") if path.is_file()):
        yield from read_path(path, source.format, settings, source.record)


def test_precision_keeps_less_and_recall_more(found: dict[str, list[dict[str, Any]]]) -> None:
    kept = {favor: [set(row["paragraphs"] or ()) for row in rows] for favor, rows in found.items()}

    for least, some, most, everything in zip(
        *(kept[favor] for favor in ("precision", "balance", "recall", "everything")), strict=True
    ):
        assert least <= some <= most <= everything
    assert sum(map(len, kept["precision"])) < sum(map(len, kept["recall"]))


def test_who_favors_recall_reads_the_same_titles_dates_and_authors(found: dict[str, list[dict[str, Any]]]) -> None:
    for row, more in zip(found["balance"], found["recall"], strict=True):
        for field in ("title", "published_at", "authors", "article_id", "page_type"):
            assert row[field] == more[field]


def test_a_block_says_that_favor_turned_it() -> None:
    record = {"id": "a", "content": "\n\n".join(PAPER), "media_type": "text/plain"}
    kept, reasons = {}, {}
    for favor in FAVORS:
        blocks = explain(record, favor).to_pylist()
        kept[favor] = {block["text"] for block in blocks if block["kept"]}
        reasons[favor] = {block["text"]: block["reasons"][0] for block in blocks}
        assert "\n\n".join(block["text"] for block in blocks if block["kept"]) == extract([record], favor)["body"][0].as_py()

    assert kept["precision"] < kept["balance"] < kept["recall"] < kept["everything"] == set(PAPER)
    for text in kept["balance"] - kept["precision"]:
        assert reasons["precision"][text] == OUT
    for text in kept["recall"] - kept["balance"]:
        assert reasons["recall"][text] == IN
    for text in kept["everything"] - kept["balance"]:
        assert reasons["everything"][text] == ALL
    assert not {OUT, IN, ALL} & set(reasons["balance"].values())


def test_a_favor_that_is_none_is_told_what_there_is() -> None:
    with pytest.raises(BadInput, match="favor is 'speed'; give one of balance, precision, recall, everything"):
        extract([], "speed")  # type: ignore[arg-type]


def test_a_run_favors_what_its_source_does(desk: Desk) -> None:
    row = line(1) | {"content": "\n\n".join(PAPER), "title": "Council repaints its benches"}
    fields = desk.source.record.model_copy(update={"media_type": "text/plain", "title": "title"})
    bodies, words = {}, {}
    for favor in FAVORS:
        desk.source = desk.source.model_copy(update={"favor": favor, "record": fields})
        desk.dump([row])
        run_partition(desk.run(lake=favor))
        ((bodies[favor],), words[favor]) = [row["body"] for row in desk.rows("clean", favor)], desk.rows("removed", favor)

    assert len(bodies["precision"]) < len(bodies["balance"]) < len(bodies["recall"]) < len(bodies["everything"])
    assert OUT in [row["reasons"][0] for row in words["precision"]]
    told = {favor: {part["part"]: part["version"] for part in desk.rows("runs", favor)[0]["versions"]} for favor in FAVORS}
    assert [told[favor].get("favor") for favor in FAVORS] == [None, "precision", "recall", "everything"]
    (article,) = extract_records(_read(desk), desk.source).to_pylist()
    assert article["body"] == bodies["everything"] == "\n\n".join(PAPER)
    assert words["everything"] == []


def _read(desk: Desk) -> Iterator[Record | Reject]:
    run = desk.run()
    for path in sorted(desk.raw.rglob("*.jsonl")):
        yield from read_path(path, run.source.format, run.settings, run.source.record)


def test_the_command_line_turns_it_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "paper.txt"
    path.write_text("\n\n".join(PAPER), "utf-8")
    shown = {}
    for favor in FAVORS:
        assert main(["inspect", str(path), "--favor", favor]) == 0
        shown[favor] = capsys.readouterr().out

    assert OUT in shown["precision"]
    assert IN in shown["recall"]
    assert ALL in shown["everything"]
    assert main(["inspect", str(path)]) == 0
    assert capsys.readouterr().out == shown["balance"]
