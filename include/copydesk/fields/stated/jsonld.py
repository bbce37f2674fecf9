"""What a page says of its article in JSON-LD: claims to weigh, not facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any

from selectolax.lexbor import LexborNode

from copydesk.fields.claims import Claim
from copydesk.fields.stated.page_dates import page_dates
from copydesk.fields.stated.page_types import stated_kinds
from copydesk.fields.stated.things import MAX_LEVELS, Thing, parse, parts, things_of, types_of
from copydesk.raw.encodings.decoding import scrub

# JSON-LD property → field. Nested things give their name, an image its address.
JSONLD = {
    "headline": "title",
    "description": "description",
    "datePublished": "published_at",
    "dateModified": "modified_at",
    "articleSection": "section",
    "keywords": "tags",
    "author": "author",
    "creator": "author",
    "publisher": "site",
    "image": "image",
    "isAccessibleForFree": "free_to_read",
    "wordCount": "word_count",
    "inLanguage": "language",
    "articleBody": "body",
    "mainEntityOfPage": "canonical_url",
}
# A page may hold other stories, whose authors are not its own.
NOT_TEXT = frozenset({"free_to_read", "word_count", "published_at", "modified_at"})  # may be told by a number, or true or false
OF_ONE = frozenset({"author", "credit", "section", "tags"})
MAX_JSONLD_CHARS = 2_000_000  # some sites put their whole state there; the article's part is a few kB


def jsonld_claims(scripts: Iterable[LexborNode]) -> Iterator[Claim]:
    """Every statement about articles; who wrote it, and on what, is taken from the first article that says so."""
    texts = (script.text() or "" for script in scripts)
    parsed = {text: parse(text) for text in texts if len(text) <= MAX_JSONLD_CHARS}
    things = [thing for data in parsed.values() for thing in things_of(data)]
    names = {thing["@id"]: thing.get("name") for thing in things if isinstance(thing.get("@id"), str)}
    told: set[str] = set()
    for thing in things:
        found = list(_article(thing, names))
        yield from (claim for claim in found if claim.field not in told)
        told |= {claim.field for claim in found if claim.field in OF_ONE}
    yield from page_dates(things, (text for text, data in parsed.items() if data is None))


def _article(thing: Thing, names: Mapping[str, Any]) -> Iterator[Claim]:
    kinds = types_of(thing)
    is_article = "article" in stated_kinds(kinds)
    for kind in kinds:
        if is_article or stated_kinds([kind]):
            yield Claim("type", scrub(kind), "jsonld")
    if not is_article:  # what a list or a video of the page is called is not its headline
        return
    for prop, name in JSONLD.items():
        for part in parts(thing.get(prop)):
            is_credit = name == "author" and _is_organisation(part)
            is_text = name not in NOT_TEXT
            for value in _values(part, names, is_text=is_text):
                yield Claim("credit" if is_credit else name, value, "jsonld")


def _is_organisation(value: Any) -> bool:
    """Whether it says so, and not also that it is a person."""
    kinds = types_of(value) if isinstance(value, dict) else []
    return bool(kinds) and all(kind.endswith("Organization") for kind in kinds)


def _values(value: Any, names: Mapping[str, Any], levels: int = MAX_LEVELS, *, is_text: bool) -> Iterator[str]:
    """The texts a property states; `names` of the things it may refer to. A number is no text: `"headline": 5` is a slip."""
    if is_text and isinstance(value, int | float):
        return
    if isinstance(value, bool):
        yield str(value).lower()
    elif isinstance(value, str | int | float):
        if text := scrub(unescape(str(value))).strip():
            yield text
    elif isinstance(value, list) and levels:
        for part in value:
            yield from _values(part, names, levels - 1, is_text=is_text)
    elif isinstance(value, dict) and levels:
        called = (
            value.get("@value") or value.get("name") or _called(value.get("@id"), names) or value.get("url") or value.get("@id")
        )
        yield from _values(called, names, levels - 1, is_text=is_text)


def _called(reference: Any, names: Mapping[str, Any]) -> Any:
    return names.get(reference) if isinstance(reference, str) else None
