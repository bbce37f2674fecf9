"""The assets the DAGs pass to each other."""

from __future__ import annotations

from airflow.sdk import Asset, AssetAlias

GROUP = "copydesk"

MONTHS = Asset("touched_months", group=GROUP)  # partition: publication month, "2026-11" or "unknown"
ARCHIVES = AssetAlias("archives", group=GROUP)  # the `clean` dataset of whatever source an archive is of
ARTICLES = Asset("articles", group=GROUP)  # partition: publication month


def clean_of(source: str) -> Asset:
    """The `clean` dataset of one source; its partition is the dump day; an archive has none."""
    return Asset(f"clean/{source}", group=GROUP)
