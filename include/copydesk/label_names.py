"""The labels a block can have, and what becomes of each."""

from __future__ import annotations

import numpy as np

LABELS = (
    "title",
    "standfirst",
    "date",
    "byline",
    "caption",
    "heading",
    "body",
    "quote",
    "list",
    "table",
    "rail",
    "promo",
    "boilerplate",
)
KEPT = frozenset({"heading", "body", "quote", "list", "table"})  # the paragraphs of the article
IS_KEPT = np.array([name in KEPT for name in LABELS], np.float32)
FIELDS = frozenset({"title", "standfirst", "date", "byline", "caption"})  # read into fields of their own
