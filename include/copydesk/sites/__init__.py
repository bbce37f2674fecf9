"""Rules for pages of one publisher that the general engine cannot get right; docs/site_rules.md says how to write one."""

from __future__ import annotations

from copydesk.sites.rule import Ruling, rule

__all__ = ["Ruling", "rule"]
