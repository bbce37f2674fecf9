"""Who wrote an article, by what the page states and what its bylines say."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import partial

from copydesk.fields.claims import Claim
from copydesk.fields.folding import fold, unaccented
from copydesk.fields.people.bylines import bare, people

AUTHOR, CREDIT = "author", "credit"  # fields of claims
STATING = ("given", "jsonld", "microdata")  # clues of one article; a meta tag may name whoever made the site
LONG_NAME = 7  # letters of a site's name that is found in other names


MAX_CHARS = 60  # of a name
LETTERS = re.compile(r"[^\W\d_]{2}")
# Accounts of publishing systems.
NOBODY = frozenset(
    "admin administrator webmaster wordpress anonymous anónimo anonym root user guest test author editor null none undefined unknown".split()
)


def pick_authors(claims: Sequence[Claim], bylines: Sequence[str], sites: Collection[str]) -> tuple[str, ...]:
    """The people who signed; where nobody did, whoever else the page states as its author: an agency, a desk, a pen name."""
    if not claims:
        return _people(bylines, sites) if bylines else ()
    return _pick_people(claims, bylines, sites) or _pick_others(claims, sites)


def _pick_people(claims: Sequence[Claim], bylines: Sequence[str], sites: Collection[str]) -> tuple[str, ...]:
    """The people whom most clues name, in order of trust; those of one byline or meta tag that names more."""
    read = partial(_people, sites=sites)
    given, jsonld, meta = (read(_values(claims, clue)) for clue in ("given", "jsonld", "meta"))
    items = filter(None, (read([value]) for value in _values(claims, "microdata")))
    item = next(items, ())  # those that follow belong to pictures and to other stories
    groups = [group for group in (given, jsonld, meta, read(bylines), item) if group]
    if not groups:
        return ()
    keys = [_key(group) for group in groups]
    best = groups[max(range(len(groups)), key=lambda at: keys.count(keys[at]))]
    together = (read([line]) for line in (*bylines, *_values(claims, "meta")))
    return next((group for group in together if _key(best) < _key(group)), best)


def _pick_others(claims: Sequence[Claim], sites: Collection[str]) -> tuple[str, ...]:
    """What the most trusted clue states, if possible one that names more than the site itself."""
    stated = ([c.value for c in claims if c.field in (AUTHOR, CREDIT) and c.clue == clue] for clue in STATING)
    groups = [tuple(dict.fromkeys(filter(_is_name, map(bare, values)))) for values in stated]
    told = (group for group in groups if any(unaccented(fold(name)) not in sites for name in group))
    return next(told, ()) or next(filter(None, groups), ())


def _is_name(text: str) -> bool:
    return len(text) <= MAX_CHARS and LETTERS.search(text) is not None and text.lower() not in NOBODY


def _values(claims: Sequence[Claim], clue: str) -> list[str]:
    return [c.value for c in claims if c.field == AUTHOR and c.clue == clue]


def _people(names: Iterable[str], sites: Collection[str]) -> tuple[str, ...]:
    """People of several bylines, without what the site calls itself."""
    return tuple(name for name in people(names) if not _is_site(unaccented(fold(name)), sites))


def _is_site(name: str, sites: Collection[str]) -> bool:
    return name in sites or any(len(site) >= LONG_NAME and site in name for site in sites)


def _key(names: Sequence[str]) -> frozenset[str]:
    return frozenset(map(fold, names))
