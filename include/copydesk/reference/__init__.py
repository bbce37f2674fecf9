"""The reference pages of `docs/`, written from the code they describe: `python -m copydesk.reference [--check]`."""

from __future__ import annotations

from copydesk.reference.words import WORDS, Undescribed, rule_in_words, type_in_words

__all__ = ["WORDS", "Undescribed", "rule_in_words", "type_in_words"]
