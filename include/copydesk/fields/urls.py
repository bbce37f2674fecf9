"""Addresses: absolute, without trackers, the same for the same page."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.fields.matching import FEW

TRACKERS = frozenset(
    "fbclid gclid dclid gbraid wbraid msclkid yclid igshid mc_cid mc_eid cmpid cmp icid ref ref_src referrer smid smtyp "
    "ocid ncid sh share wt_mc xtor at_medium at_campaign at_custom1 taid __twitter_impression guccounter".split()
)
TRACKER_PREFIXES = ("utm_", "pk_", "mtm_", "hsa_", "_ga")
DEFAULT_PORTS = {"http": 80, "https": 443}
# What joining leaves as it is: no dot segments, no empty query or fragment, nothing that needs to be quoted. Nine links of ten are
# so plain, and absolute() takes a quarter of the time for it.
SIGNS = r"\w~%+,@:=&!$'()*-"
FOLDER = rf"(?:[{SIGNS}][.{SIGNS}]*)?"
BEHIND = rf"(?:\?[/.{SIGNS}]+)?(?:#[/.{SIGNS}]+)?"
PLAIN_PATH = rf"(?:/{FOLDER})*{BEHIND}"
PLAIN_URL = re.compile(rf"(?P<site>https?://\w[\w.-]*){PLAIN_PATH}", re.ASCII)
# Nothing to leave out, nothing to change.
PLAIN_PAGE = re.compile(r"https?://[a-z0-9_][a-z0-9_.-]*(?P<path>/[\w.~%+,@:=&!$'()*/-]*)", re.ASCII)
PLAIN_HOST = re.compile(r"https?://([a-z0-9.-]+)(?:[/?#]|$)")  # read in a tenth of the time that urlsplit takes
PLAIN_ROOTED = re.compile(rf"/(?:[{SIGNS}][.{SIGNS}]*(?:/{FOLDER})*)?{BEHIND}", re.ASCII)


@lru_cache(maxsize=4096)  # a card's picture and its headline lead to one place
def absolute(href: str | None, base: str | None) -> str | None:
    """`href` as seen from `base`, or None where that is no web address."""
    if not href:
        return None
    href, site = href.strip(), _site(base)
    if site is not None and PLAIN_URL.fullmatch(href):
        return href
    if site and PLAIN_ROOTED.fullmatch(href):
        return site + href
    try:
        url = urljoin(base or "", href)
        parts = urlsplit(url)
    except ValueError:  # such as a bracket that opens no IPv6 address
        return None
    return url if parts.scheme in DEFAULT_PORTS and parts.hostname else None


def absolute_links(hrefs: pa.Array, bases: pa.Array) -> list[str | None]:
    """Many of them, each as seen from its base; what cannot be made absolute stays as it is."""
    if len(hrefs) <= FEW:
        pairs = zip(hrefs.to_pylist(), bases.to_pylist(), strict=True)
        return [absolute(href, base) or href for href, base in pairs]
    pages = pc.dictionary_encode(bases)
    sites = pa.array(map(_site, pages.dictionary.to_pylist()), pa.string()).take(pages.indices)
    sites = pc.if_else(pc.is_null(bases), "", sites)
    is_whole = pc.and_(pc.is_valid(sites), _match_whole(hrefs, PLAIN_URL))
    has_site = pc.fill_null(pc.greater(pc.binary_length(sites), 0), False)
    is_rooted = pc.and_(has_site, _match_whole(hrefs, PLAIN_ROOTED))
    links: list[str | None] = pc.binary_join_element_wise(pc.if_else(is_rooted, sites, ""), hrefs, "").to_pylist()
    others = pc.and_not(pc.is_valid(hrefs), pc.or_(is_whole, is_rooted))
    for at in np.flatnonzero(others.to_numpy(zero_copy_only=False)).tolist():
        links[at] = absolute(links[at], bases[at].as_py()) or links[at]
    return links


def _match_whole(texts: pa.Array, pattern: re.Pattern[str]) -> pa.Array:
    return pc.fill_null(pc.match_substring_regex(texts, f"^(?:{pattern.pattern.replace('(?P<site>', '(?:')})$"), False)


@lru_cache(maxsize=64)
def _site(base: str | None) -> str | None:
    """Scheme and host of a page's address, empty where there is no address, None where it is no plain one."""
    if not base:
        return ""
    plain = PLAIN_URL.fullmatch(base)
    return plain["site"] if plain else None


def canonical(url: str | None, base: str | None = None) -> str | None:
    """The address without fragment, trackers and default port, host in lower case; None for what is no address."""
    found = absolute(url, base)
    if found is None:
        return None
    if PLAIN_PAGE.fullmatch(found):
        return found
    parts = urlsplit(found)
    try:
        port = parts.port
    except ValueError:
        return None
    host = parts.hostname or ""
    netloc = host if port in (None, DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not is_tracker(k)])
    return urlunsplit((parts.scheme, netloc, parts.path or "/", query, ""))


def is_tracker(parameter: str) -> bool:
    """Whether the query parameter says who linked here, not what is here."""
    name = parameter.lower()
    return name in TRACKERS or name.startswith(TRACKER_PREFIXES)


@lru_cache(maxsize=1024)
def host(url: str | None) -> str:
    """The host of `url` without `www.`, or nothing."""
    if plain := PLAIN_HOST.match(url or ""):
        return plain[1].removeprefix("www.")
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:  # such as a bracket that opens no IPv6 address
        return ""


def path_of(url: str | None) -> str:
    """Where on its site `url` leads; ValueError where it is no address at all."""
    plain = PLAIN_PAGE.fullmatch(url or "")
    return plain["path"] if plain else urlsplit(url or "").path
