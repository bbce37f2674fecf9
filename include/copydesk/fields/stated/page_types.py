"""Types of schema.org and of OpenGraph → the kinds of page they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterable

# In lower case. Articles go by the last word of their type.
KINDS = {
    "liveblogposting": "live_blog",
    "imagegallery": "gallery",
    "mediagallery": "gallery",
    "gallery": "gallery",
    "videoobject": "video",
    "video": "video",
    "video.other": "video",
    "video.episode": "video",
    "collectionpage": "index",
    "searchresultspage": "index",
}
ARTICLE = re.compile(r"(?:article|blogposting|report|review)$")


def stated_kinds(types: Iterable[str]) -> set[str]:
    """The kinds of page that JSON-LD and meta tags speak of, `article` among them."""
    names = {value.rpartition("/")[2].lower() for value in types}
    if not names:
        return set()
    found = {KINDS[name] for name in names if name in KINDS}
    return found | ({"article"} if any(map(ARTICLE.search, names)) else set())
