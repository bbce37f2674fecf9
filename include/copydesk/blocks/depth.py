"""What HTML parsers take quadratic time over, estimated before a page is parsed.

Nested elements, attributes of one tag, and formatting that is never closed, which every later element opens again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import numpy as np

from copydesk.blocks.openings import Openings

FEW_TAGS = 8192  # so many open elements, and so many ends that each search all of them, parse in a third of a second at most
SLACK = 8  # unclosed elements that the parser closes count here as open

TAG = re.compile(rb"<(?P<end>/?)(?P<name>!--|[a-z][a-z0-9:-]*)", re.IGNORECASE)
# What holds no markup, and how it ends: scripts hold tags in strings, with their ends escaped.
ENDS = {
    b"!--": re.compile(rb"(?<=<!--)-?>|--!?>"),
    b"script": re.compile(b"</script", re.IGNORECASE),
    b"style": re.compile(b"</style", re.IGNORECASE),
}
# Void elements, and those that the next of their kind closes.
NEVER_NEST = frozenset(
    b"!-- area base br col embed hr img input link meta param source track wbr p li dt dd tr td th thead tbody tfoot option optgroup "
    b"colgroup rp rt".split()
)
MAX_ATTRIBUTES = 1000
# Comparing every attribute with those before it, parsers take two milliseconds for so many and three seconds for 40,000.
CROWDED = re.compile(
    rb"<[a-z][^\s/>]*+"
    rb"(?:[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+)"
    rb"{%d}" % MAX_ATTRIBUTES,
    re.IGNORECASE,
)
FORMATTING = frozenset(b"b big code em font i nobr s small strike strong tt u".split())
FORMATTING_TAG = re.compile(rb"<(?:%b)[\s/][^>]*+" % b"|".join(sorted(FORMATTING, reverse=True)), re.IGNORECASE)
FORMATTING_HEADS = np.zeros((256, 256), bool)  # first two bytes of such tags, as `|` with a space makes them
for name in FORMATTING:
    FORMATTING_HEADS[name[0], [name[1]] if len(name) > 1 else [byte | 0x20 for byte in b" \t\n\f\r/"]] = True
FEW_FORMATS = 256  # different ones; a parser opens those that are alike three times at most
MAX_REOPENED = 500_000  # elements: a quarter of a second
STEP = 4096  # in a tag with so many attributes there is no other `<` for so long


class TooDeep(ValueError):
    """More open elements than the limit: such a page is an attack or a broken generator."""


def too_deep(max_depth: int) -> TooDeep:
    """The error, with the limit and its setting in words."""
    return TooDeep(f"more than {max_depth} open elements (setting COPYDESK_MAX_HTML_DEPTH)")


def check_depth(openings: Openings, max_depth: int) -> None:
    """TooDeep where the tags alone show far more open elements than `max_depth`; the exact count is the walk's."""
    if openings.starts <= FEW_TAGS and openings.starts * (len(openings) - openings.starts) <= FEW_TAGS**2:
        return
    waiting: Counter[bytes] = Counter()
    total = 0
    for tag in _tags(openings.html):
        name = tag["name"].lower()
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


def check_formatting(openings: Openings) -> None:
    """TooDeep where formatting that stays open would be opened again more than MAX_REOPENED times."""
    if len(openings) <= FEW_FORMATS or _formatting_tags(openings) <= FEW_FORMATS:
        return
    if len(set(FORMATTING_TAG.findall(openings.html))) <= FEW_FORMATS:
        return
    waiting: Counter[bytes] = Counter()
    reopened = 0
    for tag in _tags(openings.html):
        name = tag["name"].lower()
        if name in FORMATTING:
            waiting[name] = max(0, waiting[name] + (-1 if tag["end"] else 1))
        elif not tag["end"]:
            reopened += waiting.total()
        if reopened > MAX_REOPENED:
            raise TooDeep(f"formatting that is left open would be opened again more than {MAX_REOPENED} times")


def _formatting_tags(openings: Openings) -> int:
    """How many tags may be formatting ones, by their first two letters."""
    return int(np.count_nonzero(FORMATTING_HEADS.ravel().take(openings.heads)))


def check_attributes(openings: Openings) -> None:
    """TooDeep where one tag has more than MAX_ATTRIBUTES; looks only where no other tag begins for long."""
    html = openings.html
    crowded = {start for start in openings.before_gaps(STEP) if not _is_short(html, start) and CROWDED.match(html, start)}
    if crowded and any(tag.start() in crowded for tag in _tags(html)):  # scripts hold comparisons that look like tags
        raise TooDeep(f"a tag with more than {MAX_ATTRIBUTES} attributes")


def _is_short(html: bytes, start: int) -> bool:
    """Whether the tag, if it is one, ends before it could have so many attributes, and quotes nothing that could hold its end."""
    end = html.find(b">", start, start + 2 * MAX_ATTRIBUTES)
    return end >= 0 and html.find(b'"', start, end) < 0 and html.find(b"'", start, end) < 0


def _tags(html: bytes) -> Iterator[re.Match[bytes]]:
    """Every tag but those in comments, scripts and styles, which are passed over."""
    passed = 0
    endless = set()  # kinds that nothing ends any more; looking again for each would take quadratic time
    for tag in TAG.finditer(html):
        if tag.start() < passed:
            continue
        kind = tag["name"].lower()
        if kind not in ENDS or tag["end"] or kind in endless:
            yield tag
        elif end := ENDS[kind].search(html, tag.end()):
            passed = end.end()
        else:
            endless.add(kind)
            yield tag
