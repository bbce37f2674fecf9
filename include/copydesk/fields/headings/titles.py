"""The headline, without the site's name or section around it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from copydesk.fields.claims import Claim
from copydesk.fields.folding import fold
from copydesk.fields.words import WITHOUT_SPACES

HOST_CHARS = 253  # of a name in the DNS
BARS = r"\|+|::|[｜ㅣ│]"
# Chinese sites join names with low lines or two hyphens; without spaces around it » closes a quotation.
BAR = re.compile(rf"\s*(?:{BARS})\s*|\s+[»•·]\s+|(?<=[{WITHOUT_SPACES}])(?:_+|--)|(?:_+|--)(?=[{WITHOUT_SPACES}])")
BAR_BESIDE_QUOTATION = re.compile(rf"\s*(?:{BARS})\s*|\s+[•·]\s+")  # French puts spaces there too: `« Ma ville »`
HAS_BAR = re.compile(r"[|»•·_｜ㅣ│]|::|--")  # few titles do, and this is seen ten times as fast
DASH = re.compile(r"\s+(?:[–—]|-{1,2}|:)\s+")
# How much it counts that somebody gives the headline so, letter for letter.
SEEN, HEADING = 1.2, 1.0  # readers: a line labelled as the title, a heading of the first rank
STATED = {"given": (9.0,), "jsonld": (2.0,), "meta": (0.8, 0.6), "microdata": (0.6,), "head": (0.4,)}  # first, second value
UNSUPPORTED = 0.3  # of it where what readers see shares few words with what the page states: a notice, a slogan
LEAST_SHARED = 0.25  # of their words
MIN_SHARE = 0.4  # of the stated title; a shorter first part is more likely the section than the headline
SITE_WORDS = 4  # a longer tail behind a dash is part of the headline
SEPARATORS = "|–—·•»:-"
CUT_AT = ('"', "'", "“", "„", "«")  # an attribute ends where a quotation in it begins
PLAIN_SIGNS = str.maketrans("‘’‚“”„–—", "'''\"\"\"--", "\u00ad\u200b\u2060")
MAX_CHARS = 1000  # no headline is longer, and separators are looked for again and again
WORD = re.compile(r"[^\W_]+")


def pick_title(seen: Sequence[str], claims: Sequence[Claim], host: str = "") -> str | None:
    """The title that lines labelled so (`seen`, in order) and what the page at `host` states agree on best."""
    sites = site_names(claims, host)
    stated = _counted(_stated(claims, sites))
    headings = [c.value for c in claims if c.field == "heading"][:1]
    shown = _counted([(strip_known(t, sites), SEEN) for t in seen] + [(strip_known(t, sites), HEADING) for t in headings])
    for title, weight in shown.items():
        supported = not stated or any(_shares_words(title, other) for other in stated)
        stated[title] = stated.get(title, 0) + weight * (1 if supported else UNSUPPORTED)
    return _as_seen(_untruncated(max(stated, key=stated.__getitem__), stated), shown) if stated else None


def site_names(claims: Sequence[Claim], host: str) -> frozenset[str]:
    """What the site may be called, folded."""
    return _names_of(host[:HOST_CHARS]).union(fold(c.value) for c in claims if c.field == "site")


def _stated(claims: Sequence[Claim], sites: Collection[str]) -> Iterator[tuple[str, float]]:
    """Titles the page states and what each counts; JSON-LD seldom puts the site's name or section behind it."""
    for clue, weights in STATED.items():
        values = [c.value for c in claims if c.field == "title" and c.clue == clue]
        if clue == "given":  # what is trusted so far must at least be no name of the site
            values = [value for value in values if fold(value) not in sites]
        for value, weight in zip(values, weights, strict=False):
            yield strip_known(value, sites) if clue == "jsonld" else strip_site(value, sites, is_head=clue == "head"), weight


def _counted(weighed: Iterator[tuple[str, float]] | list[tuple[str, float]]) -> dict[str, float]:
    """Weight by title; who says the same twice counts once."""
    total: dict[str, float] = {}
    for title, weight in dict.fromkeys(weighed):
        if title:
            total[title] = total.get(title, 0) + weight
    return total


def _untruncated(title: str, others: Collection[str]) -> str:
    """In full where another clue has it so and this one breaks off."""
    is_open = title.endswith(("...", "…"))
    beginning = fold(title) if is_open else title
    for other in others:
        whole = fold(other) if is_open else other
        rest = whole[len(beginning) :]
        if rest and whole.startswith(beginning) and (is_open or rest.lstrip().startswith(CUT_AT)):
            return other
    return title


def _as_seen(title: str, shown: Collection[str]) -> str:
    """With the quotation marks, dashes and capitals that readers see, unless those are capitals throughout."""
    if not shown or title in shown:
        return title
    plain = _typewritten(title)
    return next((line for line in shown if _typewritten(line) == plain and (title.isupper() or not line.isupper())), title)


def _typewritten(title: str) -> str:
    return title.translate(PLAIN_SIGNS).casefold()


def _shares_words(line: str, title: str) -> bool:
    """Whether they may well be one headline, in other words or with something added."""
    a, b = (set(WORD.findall(text.casefold())) for text in (line, title))
    if len(a & b) >= LEAST_SHARED * len(a | b):
        return True
    a_folded, b_folded = fold(line), fold(title)  # scripts that put no spaces between words
    return min(len(a_folded), len(b_folded)) > 5 and (a_folded in b_folded or b_folded in a_folded)


def strip_site(title: str, sites: Collection[str], is_head: bool = False) -> str:
    """`Headline | Section | Site` → `Headline`; only the head's title puts the site behind a dash without saying whose it is."""
    title = strip_known(title, sites)
    parts = _parts(BAR, title)
    if len(parts) > 1:
        title = parts[0] if len(parts[0]) >= MIN_SHARE * len(title) else max(parts, key=len)
    parts = DASH.split(title)
    if is_head and len(parts) > 1 and len(parts[-1].split()) <= SITE_WORDS and len(title) - len(parts[-1]) > len(title) / 2:
        title = title[: title.rindex(parts[-1])]
    return _without_closing(title)


def strip_known(title: str, sites: Collection[str]) -> str:
    """Without a name in `sites` behind it or before it."""
    title = " ".join(title[:MAX_CHARS].split()).strip("\ufffd ")  # a letter that was lost at its edge says nothing
    for separator in (BAR, DASH):
        first, *rest = _parts(separator, title)
        if rest and fold(rest[-1]) in sites:
            title = _without_closing(title[: title.rindex(rest.pop())])
        if rest and rest[0] and fold(first) in sites:
            title = title[title.index(rest[0], len(first)) :]
    return _without_closing(title)


def _parts(separator: re.Pattern[str], title: str) -> list[str]:
    """What stands between separators; a closing guillemet is none."""
    if separator is BAR:
        if not HAS_BAR.search(title):
            return [title]
        separator = BAR_BESIDE_QUOTATION if "«" in title else BAR
    return separator.split(title)


def _without_closing(title: str) -> str:
    """Without separators that part nothing any more; a sign that touches a word belongs to it."""
    while True:
        title = title.rstrip(" |")
        last = title.rpartition(" ")[2]
        if not last or last.strip(SEPARATORS) or (last == "»" and "«" in title):
            return title
        title = title[: -len(last)]


@lru_cache(maxsize=1024)
def _names_of(host: str) -> frozenset[str]:
    """What a site may call itself, by its host: `the-mail.co.uk` is The Mail, or TheMail.co.uk."""
    names = [label for label in host.split(".") if len(label) > 3]
    return frozenset(map(fold, [*names, host] if host else names))
