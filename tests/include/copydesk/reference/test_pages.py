from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.reference.pages import main

DOCS = Path(__file__).parents[4] / "docs"


def test_the_pages_in_docs_are_what_the_code_says(capsys: pytest.CaptureFixture[str]) -> None:
    stale = main(["--check"], DOCS)
    assert not stale, capsys.readouterr().err


def test_a_page_out_of_date_is_shown_as_a_diff(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([], tmp_path) == 0
    page = tmp_path / "settings.md"
    page.write_text(page.read_text("utf-8").replace("`20`", "`19`"), "utf-8")
    before = page.read_bytes()
    assert main(["--check"], tmp_path) == 1
    said = capsys.readouterr().err
    assert "-| `quality.min_words`" in said
    assert "python -m copydesk.reference" in said
    assert page.read_bytes() == before


def test_a_missing_page_is_out_of_date(tmp_path: Path) -> None:
    assert main(["--check"], tmp_path) == 1
