"""The summary above a text: what is given as one, or the lines that read like one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from copydesk.fields.folding import fold

BREAKS_OFF = re.compile(r"\[\s*(?:…|\.\.\.)\s*\]|(?:…|\.\.\.)\W*$")
MAX_CHARS = 2000  # a longer one is a text
LEAD_CHARS = 300  # of a text, in which its own beginning is looked for: a dateline or a byline may stand before it


def pick_standfirst(seen: Sequence[str], given: Iterable[str], title: str | None, paragraphs: Sequence[str]) -> str | None:
    """What is given, unless that is the headline again or only how the text begins; else the lines labelled so."""
    sound = (text for text in given if _is_standfirst(text, title, paragraphs))
    return next(sound, None) or "\n".join(seen) or None


def _is_standfirst(text: str, title: str | None, paragraphs: Sequence[str]) -> bool:
    if len(text) > MAX_CHARS or BREAKS_OFF.search(text):
        return False
    folded, opening = fold(text), fold(" ".join(paragraphs[:5])[: MAX_CHARS + LEAD_CHARS])
    at = opening.find(folded)
    return bool(folded) and folded != fold(title or "") and not 0 <= at <= LEAD_CHARS
