"""What a page says of itself in JSON-LD, meta tags and microdata: claims to weigh, not facts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from itertools import islice
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from copydesk.blocks.html import Item
from copydesk.blocks.table import Claim
from copydesk.fields.page_dates import page_dates
from copydesk.raw.decoding import scrub

ARTICLE_TYPES = re.compile(r"Article|BlogPosting|Report|LiveBlog|Review$")
OTHER_TYPES = re.compile(r"(?:VideoObject|ImageGallery|MediaGallery|CollectionPage|SearchResultsPage|ItemList)$")
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
    "inLanguage": "language",
    "articleBody": "body",
    "mainEntityOfPage": "canonical_url",
}
# In order of trust.
META = {
    "og:title": "title",
    "twitter:title": "title",
    "headline": "title",
    "og:description": "description",
    "description": "description",
    "og:site_name": "site",
    "og:type": "type",
    "og:url": "canonical_url",
    "og:image": "image",
    "article:published_time": "published_at",
    "og:article:published_time": "published_at",
    "article:published": "published_at",
    "article.published": "published_at",
    "rnews:datepublished": "published_at",
    "datepublished": "published_at",
    "dc.date.issued": "published_at",
    "dcterms.issued": "published_at",
    "dc.date": "published_at",
    "dcterms.date": "published_at",
    "cxenseparse:recs:publishtime": "published_at",
    "cxenseparse:publishtime": "published_at",
    "parsely-pub-date": "published_at",
    "sailthru.date": "published_at",
    "pubdate": "published_at",
    "og:pubdate": "published_at",
    "pub_date": "published_at",
    "publishdate": "published_at",
    "publish-date": "published_at",
    "publish_date": "published_at",
    "publisheddate": "published_at",
    "published": "published_at",
    "published_at": "published_at",
    "publicationdate": "published_at",
    "publication_date": "published_at",
    "prism.publicationdate": "published_at",
    "citation_publication_date": "published_at",
    "article_date_original": "published_at",
    "originalpublicationdate": "published_at",
    "date": "published_at",
    "datecreated": "published_at",
    "dc.date.created": "published_at",
    "dcterms.created": "published_at",
    "date.created": "published_at",
    "date.available": "published_at",
    "article:modified_time": "modified_at",
    "og:article:modified_time": "modified_at",
    "article:modified": "modified_at",
    "article.updated": "modified_at",
    "og:updated_time": "modified_at",
    "datemodified": "modified_at",
    "dc.date.modified": "modified_at",
    "dcterms.modified": "modified_at",
    "date.modified": "modified_at",
    "date.updated": "modified_at",
    "article_date_updated": "modified_at",
    "cxenseparse:modified_time": "modified_at",
    "last-modified": "modified_at",
    "lastmod": "modified_at",
    "article:author": "author",
    "author": "author",
    "byl": "author",
    "dc.creator": "author",
    "dcterms.creator": "author",
    "citation_author": "author",
    "parsely-author": "author",
    "sailthru.author": "author",
    "cxenseparse:author": "author",
    "article:author_name": "author",
    "article:content_tier": "free_to_read",
    "og:article:content_tier": "free_to_read",
    "article:section": "section",
    "parsely-section": "section",
    "cxenseparse:section": "section",
    "article:tag": "tags",
    "news_keywords": "tags",
    "keywords": "tags",
    "parsely-tags": "tags",
    "sailthru.tags": "tags",
}
ITEMPROP = {
    "headline": "title",
    "datePublished": "published_at",
    "dateModified": "modified_at",
    "author": "author",
    "articleSection": "section",
}
WRAPPING = (("<!--", "-->"), ("//<![CDATA[", "//]]>"), ("/*<![CDATA[*/", "/*]]>*/"), ("<![CDATA[", "]]>"))
# Libraries put the family name first: `Ek, Bo`.
CATALOGUED = frozenset({"dc.creator", "dcterms.creator", "citation_author"})
FAMILY_FIRST = re.compile(r"^(?P<family>[^\s,]+),\s*(?P<given>[^,]+)$")
MAX_HEADINGS = 3  # a page with more of the first rank has lists of stories
MAX_LEVELS = 20  # no real page nests its statements deeper
MAX_JSONLD_CHARS = 2_000_000  # some sites put their whole state there; the article's part is a few kB


def claims(tree: LexborHTMLParser, items: list[Item]) -> list[Claim]:
    """Every statement of the page about title, dates, authors and the rest, in order of trust."""
    found = [*_jsonld(tree), *_meta(tree), *_microdata(items), *_head(tree)]
    return list(dict.fromkeys(found))


def _jsonld(tree: LexborHTMLParser) -> Iterator[Claim]:
    texts = (script.text() or "" for script in tree.css('script[type^="application/ld+json" i]'))
    parsed = {text: _parse(text) for text in texts if len(text) <= MAX_JSONLD_CHARS}
    things = [thing for data in parsed.values() for thing in _things(data)]
    names = {thing["@id"]: thing.get("name") for thing in things if isinstance(thing.get("@id"), str)}
    for thing in things:
        yield from _article(thing, names)
    yield from page_dates(things, (text for text, data in parsed.items() if data is None))


def _parse(text: str) -> Any:
    """The JSON, forgiving what sites get wrong most: comments around it, a semicolon behind it, raw line breaks in strings."""
    text = text.strip()
    for opening, closing in WRAPPING:
        text = text.removeprefix(opening).removesuffix(closing).strip()
    text = text.rstrip("; \n")
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _things(data: Any, levels: int = MAX_LEVELS) -> Iterator[dict[str, Any]]:
    """Top-level objects, looking through lists and `@graph`."""
    if isinstance(data, list) and levels:
        for part in data:
            yield from _things(part, levels - 1)
    elif isinstance(data, dict):
        yield data
        yield from _things(data.get("@graph") or [], levels - 1)


def _article(thing: dict[str, Any], names: Mapping[str, Any]) -> Iterator[Claim]:
    kinds = thing.get("@type")
    kinds = [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]
    is_article = any(map(ARTICLE_TYPES.search, kinds))
    for kind in kinds:
        if is_article or OTHER_TYPES.search(kind):
            yield Claim("type", scrub(kind), "jsonld")
    if not is_article:  # what a list or a video of the page is called is not its headline
        return
    for prop, name in JSONLD.items():
        for part in _parts(thing.get(prop)):
            is_credit = name == "author" and _is_organisation(part)
            for value in _values(part, names):
                yield Claim("credit" if is_credit else name, value, "jsonld")


def _parts(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _is_organisation(value: Any) -> bool:
    """Whether it says so, and not also that it is a person."""
    kinds = [kind for kind in _parts(value.get("@type")) if isinstance(kind, str)] if isinstance(value, dict) else []
    return bool(kinds) and all(kind.endswith("Organization") for kind in kinds)


def _values(value: Any, names: Mapping[str, Any], levels: int = MAX_LEVELS) -> Iterator[str]:
    """The texts a property states; `names` of the things it may refer to."""
    if isinstance(value, bool):
        yield str(value).lower()
    elif isinstance(value, str | int | float):
        if text := scrub(unescape(str(value))).strip():
            yield text
    elif isinstance(value, list) and levels:
        for part in value:
            yield from _values(part, names, levels - 1)
    elif isinstance(value, dict) and levels:
        called = value.get("name") or _called(value.get("@id"), names) or value.get("url") or value.get("@id")
        yield from _values(called, names, levels - 1)


def _called(reference: Any, names: Mapping[str, Any]) -> Any:
    return names.get(reference) if isinstance(reference, str) else None


def _meta(tree: LexborHTMLParser) -> Iterator[Claim]:
    found: list[tuple[str, str]] = []
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        key = (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").strip().lower()
        value = (attributes.get("content") or "").strip()
        if key in META and value:
            found.append((key, FAMILY_FIRST.sub(r"\g<given> \g<family>", value) if key in CATALOGUED else value))
    rank = {key: place for place, key in enumerate(META)}
    for key, value in sorted(found, key=lambda pair: rank[pair[0]]):
        yield Claim(META[key], value, "meta")


def _microdata(items: list[Item]) -> Iterator[Claim]:
    for item in items:
        if item.prop in ITEMPROP:
            yield Claim(ITEMPROP[item.prop], item.value, "microdata")


def _head(tree: LexborHTMLParser) -> Iterator[Claim]:
    for heading in islice(tree.css("h1"), MAX_HEADINGS):
        if text := " ".join(heading.text().split()):
            yield Claim("heading", text, "h1")
    link = tree.css_first('link[rel="canonical"]')
    if link is not None and link.attributes.get("href"):
        yield Claim("canonical_url", str(link.attributes["href"]).strip(), "link")
    title = tree.css_first("title")
    if title is not None and title.text(strip=True):
        yield Claim("title", " ".join(title.text().split()), "head")
    root = tree.root
    if root is not None and root.attributes.get("lang"):
        yield Claim("language", str(root.attributes["lang"]), "head")
