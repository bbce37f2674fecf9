"""A lake with real runs of the samples, whose pages are looked at."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from copydesk.errors import Held
from copydesk.lake.run_files import RunFiles
from copydesk.pipeline import run_partition
from copydesk.run import Run
from copydesk.settings import Settings
from copydesk.sources import find
from copydesk.storage import Storage
from copydesk.views.run.page import RunPage, run_page

PAPER, GOOD, BAD = "harbour_courier", "2026-11-01", "2026-11-02"


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, checkout: Path, samples: Path) -> Settings:
    """A lake in which the first day passed, and the second is held: by then the source wants fewer in quarantine."""
    root = tmp_path_factory.mktemp("press")
    settings = Settings(raw=str(samples), lake=str(root / "lake"), sources=str(root / "sources"), processes=1)
    (root / "sources").mkdir()
    file = (checkout / "include" / "sources" / f"{PAPER}.toml").read_text("utf-8")
    for day, limit in ((GOOD, "0.35"), (BAD, "0.05")):
        (root / "sources" / f"{PAPER}.toml").write_text(file.replace("0.35", limit), "utf-8")
        run = Run(find(PAPER, settings.sources), day, f"manual__{day}", settings)
        if day == GOOD:
            run_partition(run)
            continue
        with pytest.raises(Held):
            run_partition(run)
    return settings


@pytest.fixture
def settings(made: Settings, tmp_path: Path) -> Settings:
    """A copy of that lake, to decide on."""
    shutil.copytree(made.lake, tmp_path / "lake")
    return made.model_copy(update={"lake": str(tmp_path / "lake")})


@pytest.fixture
def page_of() -> Callable[..., RunPage]:
    """The page of the last run of a day, or of the run of that name."""

    def find_page(settings: Settings, day: str, name: str | None = None) -> RunPage:
        page = run_page(RunFiles(Storage.open(settings.lake)), settings, PAPER, day, name)
        assert page is not None
        return page

    return find_page
