"""The labels a block can have, and what becomes of each."""

from __future__ import annotations

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
FIELDS = frozenset({"title", "standfirst", "date", "byline", "caption"})  # read into fields of their own
CUT = frozenset({"rail", "promo", "boilerplate"})
