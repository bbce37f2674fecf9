from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.benchmarks.copies.__main__ import curated, main
from copydesk.benchmarks.copies.growth import measure
from copydesk.benchmarks.copies.planted import Plan, plant


def test_planted_copies_and_versions_are_found_and_look_alikes_are_not() -> None:
    copies, versions = curated(plant(Plan(articles=300, copies=100, versions=60, look_alikes=60), seed=7))
    assert (copies.planted, versions.planted) == (100, 60)
    assert copies.recall >= 0.97
    assert copies.precision >= 0.99
    assert versions.recall >= 0.98  # 59 of 60
    assert versions.precision >= 0.99


def test_a_planted_set_is_the_same_for_the_same_seed() -> None:
    plan = Plan(articles=20, copies=5, versions=5, look_alikes=5)
    assert plant(plan, 3) == plant(plan, 3)
    assert plant(plan, 3) != plant(plan, 4)


def test_links_are_found_without_articles_too() -> None:
    found = measure(3000)
    assert found.recall >= 0.95
    assert found.precision >= 0.99


def test_the_page_has_a_row_for_each_seed_and_size(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "copies.md"
    assert main(["--output", str(page), "--articles", "50", "--seeds", "1", "--sizes", "120"]) == 0
    text = page.read_text("utf-8")
    assert capsys.readouterr().out == text
    assert "| copies, seed 1 | 10 |" in text
    assert "| versions, seed 1 | 3 |" in text
    assert "| 120 |" in text
