"""Who wrote an article, by what the page states and what its bylines say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import partial

from copydesk.blocks.table import Claim
from copydesk.fields.folding import fold, unaccented
from copydesk.fields.people import people

AUTHOR = "author"  # field of claims
LONG_NAME = 7  # letters of a site's name that is found in other names


def pick_authors(claims: Sequence[Claim], bylines: Sequence[str], sites: Collection[str]) -> tuple[str, ...]:
    """The people whom most clues name, in order of trust; those of one byline or meta tag that names more."""
    read = partial(_people, sites=sites)
    if not claims:
        return read(bylines)
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


def _values(claims: Sequence[Claim], clue: str) -> list[str]:
    return [c.value for c in claims if c.field == AUTHOR and c.clue == clue]


def _people(names: Iterable[str], sites: Collection[str]) -> tuple[str, ...]:
    """People of several bylines, without what the site calls itself."""
    return tuple(name for name in people(names) if not _is_site(unaccented(fold(name)), sites))


def _is_site(name: str, sites: Collection[str]) -> bool:
    return name in sites or any(len(site) >= LONG_NAME and site in name for site in sites)


def _key(names: Sequence[str]) -> frozenset[str]:
    return frozenset(map(fold, names))
