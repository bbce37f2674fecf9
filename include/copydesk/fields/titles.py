"""The headline, without the site's name or section around it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from copydesk.blocks.table import Claim

BAR = re.compile(r"\s*(?:\|+|::)\s*|\s+[»•·]\s+")  # without spaces around it » closes a quotation
DASH = re.compile(r"\s+(?:[–—]|-{1,2}|:)\s+")
TRUST = {"given": 0, "jsonld": 1, "meta": 2, "microdata": 3, "head": 4}
MIN_SHARE = 0.4  # of the stated title; a shorter first part is more likely the section than the headline
SITE_WORDS = 4  # a longer tail behind a dash is part of the headline
SEPARATORS = "|–—·•»:-"
MAX_CHARS = 1000  # no headline is longer, and separators are looked for again and again
ALPHANUMERIC = re.compile(r"[^\W_]+")


def pick_title(seen: Sequence[str], claims: Sequence[Claim], host: str = "") -> str | None:
    """The title among the lines labelled so (`seen`, in order) and what the page at `host` states."""
    sites = {fold(c.value) for c in claims if c.field == "site"} | _names_of(host)
    ranked = sorted((c for c in claims if c.field == "title"), key=lambda c: TRUST.get(c.clue, len(TRUST)))
    stated = [title for c in ranked if (title := strip_site(c.value, sites, is_head=c.clue == "head"))]
    for line in seen:  # what readers see, where a claim bears it out
        if any(_agree(line, title) for title in stated):
            return strip_site(line, sites)
    return next(iter((*stated, *seen)), None)


def strip_site(title: str, sites: Collection[str], is_head: bool = False) -> str:
    """`Headline | Section | Site` → `Headline`; only the head's title puts the site behind a dash without saying whose it is."""
    title = " ".join(title[:MAX_CHARS].split()).strip("\ufffd ")  # a letter that was lost at its edge says nothing
    title = _strip_known(title, sites)
    parts = BAR.split(title)
    if len(parts) > 1:
        title = parts[0] if len(parts[0]) >= MIN_SHARE * len(title) else max(parts, key=len)
    parts = DASH.split(title)
    if is_head and len(parts) > 1 and len(parts[-1].split()) <= SITE_WORDS and len(title) - len(parts[-1]) > len(title) / 2:
        title = title[: title.rindex(parts[-1])]
    return _without_closing(title)


def _without_closing(title: str) -> str:
    """Without separators that part nothing any more; a sign that touches a word belongs to it."""
    while True:
        title = title.rstrip(" |")
        last = title.rpartition(" ")[2]
        if not last or last.strip(SEPARATORS):
            return title
        title = title[: -len(last)]


def _strip_known(title: str, sites: Collection[str]) -> str:
    """Without a name in `sites` behind it, or before a bar."""
    for separator in (BAR, DASH):
        parts = separator.split(title)
        if len(parts) > 1 and fold(parts[-1]) in sites:
            title = _without_closing(title[: title.rindex(parts[-1])])
    parts = BAR.split(title, maxsplit=1)
    return parts[1] if len(parts) > 1 and fold(parts[0]) in sites else title


def _names_of(host: str) -> set[str]:
    """What a site may call itself, by its host: `the-mail.co.uk` is The Mail, or TheMail.co.uk."""
    labels = host.split(".")
    return {fold(label) for label in labels if len(label) > 3} | ({fold(host)} if host else set())


def _agree(line: str, title: str) -> bool:
    """Whether they are one headline, give or take what a page adds to its own."""
    a, b = fold(line), fold(title)
    return bool(a) and (a == b or (len(a) > 12 and len(b) > 12 and (a in b or b in a)))


def fold(text: str) -> str:
    """Letters and figures only, in lower case."""
    return "".join(ALPHANUMERIC.findall(text.casefold()))
