"""Pages that are drawn by a script, whose article stands in their JSON-LD alone: its text as the paragraphs they would have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from copydesk.fields.claims import Claim

LEAST_CHARS = 300  # less is a summary
MOST_SHOWN = 0.2  # of its length: title, menu and notices; a page that shows more has the article, or an offer to pay for it
MOST_PARAGRAPHS = 10  # nor has a page that is drawn by a script so many
OPENING_CHARS = 40
TAG = re.compile(rb"<[^<>]*>")
MARKUP = re.compile(r"<[^<>]*>")
PARTS = re.compile(r"(?i)\n+|</(?:p|div|li|h[1-6])\s*>|<br\s*/?>")


def with_stated_text(body: bytes, stated: Sequence[Claim]) -> bytes:
    """The inside of a page's body, with the text that the page states behind it where none of that is shown.

    Where several articles are stated it cannot be known which one the page is about.
    """
    texts = {claim.value for claim in stated if claim.field == "body" and claim.clue == "jsonld"}
    if len(texts) != 1 or len(text := texts.pop()) < LEAST_CHARS:
        return body
    if body.count(b"</p>") > MOST_PARAGRAPHS:
        return body
    if escape(text[:OPENING_CHARS], quote=False).encode("utf-8", "replace") in body:  # as on most pages; no need to look closer
        return body
    shown = " ".join(TAG.sub(b" ", body).decode("utf-8", "replace").split())
    paragraphs = [plain for part in PARTS.split(text) if (plain := " ".join(MARKUP.sub(" ", part).split()))]
    if not paragraphs or len(shown) > MOST_SHOWN * len(text):
        return body
    if escape(paragraphs[0][:OPENING_CHARS], quote=False) in shown:
        return body
    return body + "".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in paragraphs).encode("utf-8", "replace")
