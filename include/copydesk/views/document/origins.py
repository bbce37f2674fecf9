"""Where the raw bytes of a document are, and the run that reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from copydesk.dumps import kind_of
from copydesk.records import Origin
from copydesk.run import Run
from copydesk.schema import ORIGIN_COLUMNS
from copydesk.settings import Settings
from copydesk.sources import find


def run_of(settings: Settings, source: str, dump: str) -> Run:
    """The dump's run, to read its records again; BadInput where its source file is gone."""
    return Run(find(source, settings.sources), dump, "look", settings, kind_of(dump))


def origin_of(row: Mapping[str, Any]) -> Origin:
    """Where the raw bytes of a row are."""
    return Origin(**{column.name.removeprefix("origin_"): row[column.name] for column in ORIGIN_COLUMNS})
