"""What a page says of itself in JSON-LD, meta tags and microdata: claims to weigh, not facts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from copydesk.blocks.html import Item
from copydesk.blocks.table import Claim
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
    "image": "image",
    "isAccessibleForFree": "free_to_read",
    "inLanguage": "language",
    "articleBody": "body",
    "mainEntityOfPage": "canonical_url",
}
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
    "date": "published_at",
    "dc.date": "published_at",
    "dc.date.issued": "published_at",
    "dcterms.created": "published_at",
    "datepublished": "published_at",
    "pubdate": "published_at",
    "publishdate": "published_at",
    "publish-date": "published_at",
    "article.published": "published_at",
    "sailthru.date": "published_at",
    "parsely-pub-date": "published_at",
    "cxenseparse:recs:publishtime": "published_at",
    "article:modified_time": "modified_at",
    "og:updated_time": "modified_at",
    "last-modified": "modified_at",
    "article:author": "author",
    "author": "author",
    "byl": "author",
    "dc.creator": "author",
    "parsely-author": "author",
    "sailthru.author": "author",
    "article:content_tier": "free_to_read",
    "og:article:content_tier": "free_to_read",
    "article:section": "section",
    "article:tag": "tags",
    "keywords": "tags",
    "news_keywords": "tags",
}
ITEMPROP = {
    "headline": "title",
    "datePublished": "published_at",
    "dateModified": "modified_at",
    "author": "author",
    "articleSection": "section",
}
WRAPPING = (("<!--", "-->"), ("//<![CDATA[", "//]]>"), ("/*<![CDATA[*/", "/*]]>*/"), ("<![CDATA[", "]]>"))
MAX_LEVELS = 20  # no real page nests its statements deeper
MAX_JSONLD_CHARS = 2_000_000  # some sites put their whole state there; the article's part is a few kB


def claims(tree: LexborHTMLParser, items: list[Item]) -> list[Claim]:
    """Every statement of the page about title, dates, authors and the rest, in order of trust."""
    found = [*_jsonld(tree), *_meta(tree), *_microdata(items), *_head(tree)]
    return list(dict.fromkeys(found))


def _jsonld(tree: LexborHTMLParser) -> Iterator[Claim]:
    for script in tree.css('script[type^="application/ld+json" i]'):
        text = script.text() or ""
        if len(text) <= MAX_JSONLD_CHARS:
            for thing in _things(_parse(text)):
                yield from _article(thing)


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


def _article(thing: dict[str, Any]) -> Iterator[Claim]:
    kinds = thing.get("@type")
    kinds = [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]
    is_article = any(map(ARTICLE_TYPES.search, kinds))
    for kind in kinds:
        if is_article or OTHER_TYPES.search(kind):
            yield Claim("type", scrub(kind), "jsonld")
    if not is_article:  # what a list or a video of the page is called is not its headline
        return
    for prop, name in JSONLD.items():
        for value in _values(thing.get(prop)):
            yield Claim(name, value, "jsonld")


def _values(value: Any, levels: int = MAX_LEVELS) -> Iterator[str]:
    """The texts a property states."""
    if isinstance(value, bool):
        yield str(value).lower()
    elif isinstance(value, str | int | float):
        if text := scrub(str(value)).strip():
            yield text
    elif isinstance(value, list) and levels:
        for part in value:
            yield from _values(part, levels - 1)
    elif isinstance(value, dict) and levels:
        yield from _values(value.get("name") or value.get("url") or value.get("@id"), levels - 1)


def _meta(tree: LexborHTMLParser) -> Iterator[Claim]:
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        key = (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").strip().lower()
        value = (attributes.get("content") or "").strip()
        if key in META and value:
            yield Claim(META[key], value, "meta")


def _microdata(items: list[Item]) -> Iterator[Claim]:
    for item in items:
        if item.prop in ITEMPROP:
            yield Claim(ITEMPROP[item.prop], item.value, "microdata")


def _head(tree: LexborHTMLParser) -> Iterator[Claim]:
    link = tree.css_first('link[rel="canonical"]')
    if link is not None and link.attributes.get("href"):
        yield Claim("canonical_url", str(link.attributes["href"]).strip(), "link")
    title = tree.css_first("title")
    if title is not None and title.text(strip=True):
        yield Claim("title", " ".join(title.text().split()), "head")
    root = tree.root
    if root is not None and root.attributes.get("lang"):
        yield Claim("language", str(root.attributes["lang"]), "head")
