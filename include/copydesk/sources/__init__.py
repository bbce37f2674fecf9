"""Source files: one TOML per publisher or feed, and a module for each of its tables."""

from __future__ import annotations

from copydesk.sources.files import SourceError, find, load, load_all, source_files
from copydesk.sources.quality import Quality
from copydesk.sources.source import CURATE, Source

__all__ = ["CURATE", "Quality", "Source", "SourceError", "find", "load", "load_all", "source_files"]
