"""The source files, as a DAG file sees them at every parse."""

from __future__ import annotations

import os

from copydesk.sources import Source, SourceError, load_all


def read_catalog() -> tuple[dict[str, Source], list[SourceError]]:
    """Each valid source by name, and the error of each file that is wrong."""
    folder = os.environ.get("COPYDESK_SOURCES")
    if not folder:
        return {}, [SourceError("COPYDESK_SOURCES is not set; set it to the folder of the source files")]
    return load_all(folder)
