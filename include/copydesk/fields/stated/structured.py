"""What a page says of itself in JSON-LD, meta tags and microdata: claims to weigh, not facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from copydesk.fields.claims import Claim, Item
from copydesk.fields.stated.jsonld import jsonld_claims
from copydesk.markup.page import Page
from copydesk.raw.encodings.references import plain

WORDED = frozenset({"title", "heading", "description", "author", "section", "tags", "site"})  # no addresses: `?a=1&copy;=2`
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
RANKS = {key: place for place, key in enumerate(META)}
ITEMPROP = {
    "headline": "title",
    "datePublished": "published_at",
    "dateModified": "modified_at",
    "author": "author",
    "articleSection": "section",
}
# Libraries put the family name first: `Ek, Bo`.
CATALOGUED = frozenset({"dc.creator", "dcterms.creator", "citation_author"})
FAMILY_FIRST = re.compile(r"^(?P<family>[^\s,]+),\s*(?P<given>[^,]+)$")
MAX_HEADINGS = 3  # a page with more of the first rank has lists of stories


def claims(page: Page, items: list[Item]) -> list[Claim]:
    """Every statement of the page about title, dates, authors and the rest, in order of trust."""
    nodes = page.nodes
    found = [*jsonld_claims(nodes.scripts), *_meta(nodes.metas), *_microdata(items), *_head(page.tree, nodes.headings)]
    return list(dict.fromkeys(map(_spelled, found)))


def _spelled(claim: Claim) -> Claim:
    """The claim with the letters that references stand for, where the page has escaped them twice."""
    return claim._replace(value=plain(claim.value)) if "&" in claim.value and claim.field in WORDED else claim


def _meta(nodes: Iterable[LexborNode]) -> Iterator[Claim]:
    found: list[tuple[str, str]] = []
    for node in nodes:
        attributes = node.attributes
        key = (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").strip().lower()
        value = (attributes.get("content") or "").strip()
        if key in META and value:
            found.append((key, FAMILY_FIRST.sub(r"\g<given> \g<family>", value) if key in CATALOGUED else value))
    for key, value in sorted(found, key=lambda pair: RANKS[pair[0]]):
        yield Claim(META[key], value, "meta")


def _microdata(items: list[Item]) -> Iterator[Claim]:
    for item in items:
        if item.prop in ITEMPROP:
            yield Claim(ITEMPROP[item.prop], item.value, "microdata")


def _head(tree: LexborHTMLParser, headings: Iterable[LexborNode]) -> Iterator[Claim]:
    for heading in islice(headings, MAX_HEADINGS):
        if text := " ".join(heading.text().split()):
            yield Claim("heading", text, "h1")
    link = tree.css_first('link[rel="canonical"]')
    if link is not None and link.attributes.get("href"):
        yield Claim("canonical_url", str(link.attributes["href"]).strip(), "link")
    title = tree.css_first("head > title") or next(filter(_is_no_drawing, tree.css("title")), None)  # heads are closed too early
    if title is not None and title.text(strip=True):
        yield Claim("title", " ".join(title.text().split()), "head")
    root = tree.root
    if root is not None and root.attributes.get("lang"):
        yield Claim("language", str(root.attributes["lang"]), "head")


def _is_no_drawing(title: LexborNode) -> bool:
    """Whether it is the page's and not that of an `svg`, as logos have."""
    above = title.parent
    while above is not None and above.tag != "svg":
        above = above.parent
    return above is None
