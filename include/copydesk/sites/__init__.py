"""Rules for pages of one publisher that the general engine cannot get right; docs/site_rules.md says how to write one."""

from __future__ import annotations

from copydesk.sites.reading import attribute_at, text_at, texts_at
from copydesk.sites.rule import Ruling, rule

__all__ = ["Ruling", "attribute_at", "rule", "text_at", "texts_at"]
