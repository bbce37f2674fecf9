"""The lake that the settings name, and what this process has read of its runs."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated

from fastapi import Depends

from copydesk.filesystems.connection import take_keys
from copydesk.lake.run_files import RunFiles
from copydesk.settings import Settings
from copydesk.storage import Storage


def given_settings() -> Settings:
    """The settings of the server's environment; BadInput says what is missing."""
    return Settings.from_env()


def open_runs(settings: Annotated[Settings, Depends(given_settings)]) -> RunFiles:
    """The runs of the lake, and the lake as their `storage`; the same for every request."""
    take_keys()  # what is open for months must be told of keys that were renewed
    return _runs_at(settings.lake)


@lru_cache(maxsize=4)
def _runs_at(uri: str) -> RunFiles:
    return RunFiles(Storage.open(uri))


Given = Annotated[Settings, Depends(given_settings)]
Runs = Annotated[RunFiles, Depends(open_runs)]
