from __future__ import annotations

import os
import warnings
from pathlib import Path

import pytest

from copydesk.benchmarks.__main__ import main, offline
from copydesk.benchmarks.contestants import Reading
from copydesk.benchmarks.peers import Peer
from copydesk.labels import learned_file

QUICK = ["--repeat", "1", "--timed", "2", "--batch", "2"]


def read_well(page) -> Reading:
    warnings.warn("what a peer says of a page is its own affair", stacklevel=1)
    return Reading("Anglers have asked for a ladder on the sheltered side", "A title", "2026-02-07", ["Ravi Stenhouse"])


def stumble(page) -> Reading:
    if page.id == "1":
        raise LookupError(page.id)
    return Reading()


PEERS = (
    Peer("trafilatura", "Apache-2.0", "as it is", read_well, distribution="pytest"),
    Peer("stumbler", "MIT", "as it is", stumble, distribution="pytest", unread=("date", "day", "authors")),
    Peer("absentee", "MIT", "as it is", read_well, distribution="copydesk-peer-that-nobody-installs"),
)


@pytest.fixture
def run(folder, tmp_path):
    """The page of a run over the invented sets."""

    def run(*arguments: str) -> str:
        target = tmp_path / "benchmarks.md"
        assert main(["--data", str(folder), "--output", str(target), *QUICK, *arguments], PEERS) == 0
        return target.read_text("utf-8")

    return run


def line(page: str, start: str) -> list[str]:
    """The cells of the first row that begins so."""
    row = next(row for row in page.split("\n") if row.startswith(f"| {start} |"))
    return [cell.strip() for cell in row.strip("|").split("|")]


def test_a_run_puts_all_that_are_installed_side_by_side(run):
    page = run("--sets", "harbour")
    assert line(page, "trafilatura")[2] == "Apache-2.0"
    assert line(page, "absentee")[1] == "not installed"
    html = page.split("### harbour, HTML (3 pages)")[1].split("###")[0]
    assert line(html, "")[1:10] == ["precision", "recall", "f1", "doc f1", "doc f1 p10", "title", "date", "day", "authors"]
    assert line(html, "trafilatura")[6:10] == ["0.000", "1.000", "1.000", "1.000"]
    assert line(html, "copydesk (as shipped, in-sample)")[6] == "1.000"
    assert line(html, "stumbler")[1:10] == ["0.000"] * 6 + [""] * 3
    assert "scored as if nothing had been found: stumbler on 1." in html
    assert "absentee" not in html


def test_plain_text_stands_beside_what_needs_no_program(run):
    page = run("--sets", "harbour", "--modes", "text_full")
    text = page.split("### harbour, plain text, all lines (3 pages)")[1].split("##")[0]
    assert line(text, "everything kept")[2] == "1.000"
    assert "trafilatura" not in text
    repeated = page.split("## Lines that repeat over a dump")[1]
    assert line(repeated, "each page alone")[0] == "each page alone"


def test_the_shipped_model_is_said_to_be_in_sample(run):
    page = run("--modes", "html")
    assert "**All figures of Copydesk in this run are in-sample**" in page
    assert "sets, in-sample.**" in page
    assert "copydesk (sites unseen)" not in page
    assert line(page.split("### snippets, HTML")[1], "trafilatura")[1:4] == ["0.000", "1.000", "0.500"]


def test_with_fold_models_the_page_judges_by_sites_unseen(run, tmp_path):
    (tmp_path / "fold0.npz").write_bytes(Path(learned_file.__file__).with_name(learned_file.FILE).read_bytes())
    page = run("--modes", "html", "--models", str(tmp_path))
    assert "Judge by the rows “sites unseen”" in page
    assert "All figures of Copydesk in this run are in-sample" not in page
    assert line(page, "copydesk (sites unseen)")[3] == line(page, "copydesk (as shipped, in-sample)")[3]
    table = page.split("### harbour, HTML")[1].split("###")[0]
    ours = [row.split("|")[1].strip() for row in table.split("\n") if row.startswith("| copydesk")]
    unseen = [f"copydesk{favor} (sites unseen)" for favor in ("", ", precision", ", recall")]
    assert ours == [*unseen, "copydesk (as shipped, in-sample)"]


def test_the_page_tells_how_it_was_made_and_no_place_of_this_machine(run, folder):
    page = run("--sets", "harbour", "--modes", "html")
    assert "`python -m copydesk.benchmarks --data DIR --sets harbour --modes html --repeat 1 --timed 2 --batch 2`" in page
    assert "2 pages (HTML) given one by one to one call" in page
    assert str(folder) not in page


def test_a_call_with_a_set_that_is_not_there_writes_nothing(folder, tmp_path, capsys):
    target = tmp_path / "benchmarks.md"
    assert main(["--data", str(folder), "--output", str(target), "--sets", "meadow"], PEERS) == 2
    assert "no set meadow; there is harbour, snippets" in capsys.readouterr().err
    assert not target.exists()


def test_no_peer_reaches_the_network_while_it_is_measured(monkeypatch):
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    monkeypatch.delenv("http_proxy", raising=False)
    with offline():
        assert os.environ["http_proxy"] == os.environ["https_proxy"] == "http://127.0.0.1:9"
    assert os.environ["https_proxy"] == "http://proxy.example:3128"
    assert "http_proxy" not in os.environ
