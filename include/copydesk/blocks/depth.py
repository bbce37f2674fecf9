"""How deep a page nests, estimated before it is parsed: HTML parsers take quadratic time over nested elements."""

from __future__ import annotations

import re
from collections import Counter

FEW_TAGS = 8192  # a page with fewer parses in well under a second, whatever they are
SLACK = 8  # unclosed elements that the parser closes count here as open

# What is no markup first: scripts hold tags in strings, with their ends escaped.
TAG = re.compile(
    r"<!--.*?-->|<(?P<raw>script|style)\b.*?</(?P=raw)|<(?P<end>/?)(?P<name>[a-z][a-z0-9:-]*)", re.IGNORECASE | re.DOTALL
)
# Void elements, and those that the next of their kind closes.
NEVER_NEST = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dt dd tr td th thead tbody tfoot option optgroup "
    "colgroup rp rt".split()
)


class TooDeep(ValueError):
    """More open elements than the limit: such a page is an attack or a broken generator."""


def too_deep(max_depth: int) -> TooDeep:
    """The error, with the limit and its setting in words."""
    return TooDeep(f"more than {max_depth} open elements (setting max_html_depth)")


def check_depth(html: str, max_depth: int) -> None:
    """TooDeep where the tags alone show far more open elements than `max_depth`; the exact count is the walk's."""
    if html.count("<") <= FEW_TAGS:
        return
    waiting: Counter[str] = Counter()
    total = 0
    for tag in TAG.finditer(html):
        name = (tag["name"] or "p").lower()
        if name in NEVER_NEST:
            continue
        if not tag["end"]:
            waiting[name] += 1
            total += 1
        elif waiting[name]:  # an end tag ends nothing but its own kind
            waiting[name] -= 1
            total -= 1
        if total > SLACK * max_depth:
            raise too_deep(max_depth)
