"""Source files: one TOML per publisher or feed, a module a table, validated, with one clear message a mistake."""

from __future__ import annotations

from copydesk.sources.source import (
    CURATE,
    Quality,
    Source,
    SourceError,
    find,
    load,
    load_all,
    source_files,
)

__all__ = ["CURATE", "Quality", "Source", "SourceError", "find", "load", "load_all", "source_files"]
