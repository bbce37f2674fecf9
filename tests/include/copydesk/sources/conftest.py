from __future__ import annotations

from pathlib import Path

import pytest

MINIMAL = 'name = "lbc"\nraw = "lbc/{key}/*.txt*"\nformat = "text"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one source file, which says as little as one may."""
    (tmp_path / "lbc.toml").write_text(MINIMAL)
    return tmp_path
