"""The assets the DAGs pass to each other."""

from __future__ import annotations

from airflow.sdk import Asset

GROUP = "copydesk"

MONTHS = Asset("touched_months", group=GROUP)  # partition: publication month, "2026-11" or "unknown"
ARTICLES = Asset("articles", group=GROUP)  # partition: publication month


def clean_of(source: str) -> Asset:
    """The `clean` dataset of one source; its partition is the dump day."""
    return Asset(f"clean/{source}", group=GROUP)
