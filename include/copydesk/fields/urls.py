"""Addresses: absolute, without trackers, the same for the same page."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

TRACKERS = frozenset(
    "fbclid gclid dclid gbraid wbraid msclkid yclid igshid mc_cid mc_eid cmpid cmp icid ref ref_src referrer smid smtyp "
    "ocid ncid sh share wt_mc xtor at_medium at_campaign at_custom1 taid __twitter_impression guccounter".split()
)
TRACKER_PREFIXES = ("utm_", "pk_", "mtm_", "hsa_", "_ga")
DEFAULT_PORTS = {"http": 80, "https": 443}
# What joining leaves as it is: no dot segments, no empty query or fragment, nothing that needs to be quoted. Nine links of ten are
# so plain, and absolute() takes a quarter of the time for it.
PLAIN_PATH = r"(?:/(?!\.)[\w.~%+,@:=&!$'()*-]*)*(?:\?[\w.~%+,@:=&!$'()*/-]+)?(?:#[\w.~%+,@:=&!$'()*/-]+)?"
PLAIN_URL = re.compile(rf"(?P<site>https?://\w[\w.-]*){PLAIN_PATH}", re.ASCII)
PLAIN_PAGE = re.compile(
    r"https?://[a-z0-9_][a-z0-9_.-]*/[\w.~%+,@:=&!$'()*/-]*", re.ASCII
)  # nothing to leave out, nothing to change
PLAIN_HOST = re.compile(r"https?://([a-z0-9.-]+)(?:[/?#]|$)")  # read in a tenth of the time that urlsplit takes
PLAIN_ROOTED = re.compile(rf"(?!//)(?=/){PLAIN_PATH}", re.ASCII)


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


@lru_cache(maxsize=64)
def _site(base: str | None) -> str | None:
    """Scheme and host of a page's address, empty where there is no address, None where it is no plain one."""
    if not base:
        return ""
    plain = PLAIN_URL.fullmatch(base)
    return plain["site"] if plain else None


def canonical(url: str | None, base: str | None = None) -> str | None:
    """The address without fragment, trackers and default port, host in lower case; None where it is none."""
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
