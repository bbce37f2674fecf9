"""What the notebooks read: the lake that COPYDESK_LAKE names, or one made of the sample dump."""

from __future__ import annotations

import atexit
import os
import shutil
from pathlib import Path
from tempfile import mkdtemp

from copydesk.curate.months import months_held
from copydesk.pipeline import curate, run_partition
from copydesk.run import Run
from copydesk.settings import Settings
from copydesk.sources import find
from copydesk.storage import Storage

INCLUDE = Path(__file__).absolute().parents[1]
SAMPLES, SOURCES = INCLUDE / "samples", INCLUDE / "sources"


def open_lake() -> str:
    """Where the lake is; COPYDESK_LAKE says so from now on, so that `copydesk.read()` need not be told."""
    if not os.environ.get("COPYDESK_LAKE"):
        folder = mkdtemp(prefix="copydesk-lake-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        os.environ["COPYDESK_LAKE"] = make_lake(Path(folder))
    os.environ.setdefault("COPYDESK_SOURCES", str(SOURCES))
    return os.environ["COPYDESK_LAKE"]


def make_lake(folder: Path) -> str:
    """Every day of every sample publisher, ingested and curated as Airflow would; some twenty seconds."""
    settings = Settings(raw=str(SAMPLES), lake=str(folder), sources=str(SOURCES))
    for source in sorted(path.name for path in SAMPLES.iterdir() if path.is_dir()):
        for day in sorted(path.name for path in (SAMPLES / source).iterdir()):
            run_partition(Run(find(source, settings.sources), day, "sample", settings))
    for month in months_held(Storage.open(settings.lake)):
        curate(month, settings)
    return settings.lake
