from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from copydesk.sites.book import FOLDER

Write = Callable[[str, str], None]


@pytest.fixture
def write_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Puts a file into a folder of rules of the test's own, which is the one in use."""
    folder = tmp_path / "rules"
    folder.mkdir()
    monkeypatch.setenv(FOLDER, str(folder))

    def write(name: str, code: str) -> None:
        (folder / name).write_text(f"from copydesk.sites import Ruling, rule, text_at\n{code}", "utf-8")

    return write
