"""What a curation counts: for whoever called it, for `runs`, and for people who look at its page."""

from __future__ import annotations

COUNTED = {
    "articles": "Articles of the month.",
    "days": "Days that have articles, or had some.",
    "days_rewritten": "Days published anew, of other months too; the others were as they should be.",
    "versions_superseded": "Earlier texts of these articles, kept in `article_versions`.",
    "copies": "Articles that copy one of another publisher, linked by `duplicate_of`.",
    "withdrawn": "Articles left out of `articles`, since their agency took them back.",
    "repeats_removed": "Pages left out of `articles`, whose text the same dump has under another address.",
}
