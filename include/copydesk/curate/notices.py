"""Notices of agencies that items are not to be published, as the manifest of a dump tells a curation of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from copydesk.curate.days import WITHDRAWN

# By article_id the versions that are taken back with all before them; None: whatever came before the dump, as its notice has no number.
Notices = Mapping[str, tuple[int | None, ...]]


def notices_of(summary: Mapping[str, Any]) -> Notices:
    """Those of a dump; before schema version 5 no number was kept of any."""
    told: Mapping[str, list[int | None]] | list[str] = summary.get(WITHDRAWN, {})
    return {article: tuple(told[article]) if isinstance(told, Mapping) else (None,) for article in told}
