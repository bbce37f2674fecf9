"""A desk of its own for every test: roots, a source, a story."""

from __future__ import annotations

from pathlib import Path

import pytest

STORY = """Ferry crossing returns after eleven years

3 November 2026, 09:30

The first ferry in eleven years left the old quay on Tuesday morning with forty passengers and one very calm horse on board.

The council had promised the crossing four times since the pier was damaged, and four times the money went somewhere else.

“People waved from the bridge as if we were leaving for another continent,” said the captain, who has waited for this since 2015.

The boat will cross twice an hour until Christmas, when the company decides whether enough people use it in the dark months.
"""


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Roots of its own for every test, and a terminal that is none."""
    for name in ("raw", "lake", "sources"):
        (tmp_path / name).mkdir()
        monkeypatch.setenv(f"COPYDESK_{name.upper()}", str(tmp_path / name))
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(STORY, "utf-8")
    return path


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "sources" / "courier.toml"
    path.write_text('name = "courier"\nraw = "courier/{key}/*.txt*"\nformat = "text"\ntimezone = "Europe/London"\n', "utf-8")
    return path
