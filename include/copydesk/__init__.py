"""Copydesk: raw dumps of news in, clean and validated Parquet out.

In a notebook: `copydesk.read("articles", start="2026-11-01")`, `copydesk.extract(records)`, `copydesk.explain(record)`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from copydesk.extraction import explain, extract
    from copydesk.lake.reading import read, scan

__version__ = "0.1.0"
__all__ = ["explain", "extract", "read", "scan"]

# Loaded on first use: a DAG file that needs only the source list must not pay for pyarrow (a second) at every parse.
_HOME = {
    "explain": "copydesk.extraction",
    "extract": "copydesk.extraction",
    "read": "copydesk.lake.reading",
    "scan": "copydesk.lake.reading",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'copydesk' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    """What a notebook offers to complete."""
    return [*__all__, "__doc__", "__name__", "__version__"]
