"""Which picture an `img` shows: pages that load pictures late have a placeholder in `src`, and icons are no pictures."""

from __future__ import annotations

import re

from copydesk.blocks.attributes import ATTRIBUTE, unescape

# In order of trust: what is loaded late takes the place of `src`.
PLACES = ("data-src", "data-lazy-src", "data-original", "data-srcset", "data-lazy-srcset", "src", "srcset")
# Placeholders say so in a folder or the name of the file. Photographs show blank walls and missing cats, but are no GIF or SVG.
EMPTY = r"(?:blank|transparent|fallback|missing|loading|loader|lazyload|dummy|pixel|clear|1x1)"
STANDS_IN = re.compile(
    rf"/(?:placeholders?|icons?)/|(?<![a-z])(?:placeholder|spacer)(?![a-z])[^/]*$"
    rf"|(?<![a-z0-9]){EMPTY}(?![a-z0-9])[^/]*\.(?:gif|svg)(?:\?|$)|/{EMPTY}\.\w+(?:\?|$)",
    re.IGNORECASE,
)
# Whatever the expression matches has one of these; most addresses have none, and looking for these first takes less than half of the time.
STEMS = "placeholder /icon spacer blank transparent fallback missing loading loader lazyload dummy pixel clear 1x1".split()
NOWHERE = ("data:", "about:", "//:", "#")
# Up to 69 pixels: tracking pixels, icons, faces of authors; 16 by 9 is a shape.
SMALL = re.compile(r"([1-6]?\d)(?:px)? \1(?:px)?")


def picture_of(tag: str) -> tuple[str, str]:
    """Address and alternative text of an image; no address where it is a placeholder or an icon."""
    found = dict(ATTRIBUTE.findall(tag))
    text = " ".join(unescape(found.get("alt", "")).split())
    if "width" in found and "height" in found and SMALL.fullmatch(f"{found['width'].strip()} {found['height'].strip()}"):
        return "", text
    places = (_first(found[name]) for name in PLACES if name in found)
    return next(filter(_is_picture, places), ""), text


def _first(value: str) -> str:
    """The address, or the first of those for several widths of a window."""
    return unescape(value).strip().split(" ")[0].rstrip(",")


def _is_picture(place: str) -> bool:
    return bool(place) and not place.startswith(NOWHERE) and not (_may_stand_in(place) and STANDS_IN.search(place))


def _may_stand_in(place: str) -> bool:
    return not place.isascii() or any(map(place.lower().__contains__, STEMS))
