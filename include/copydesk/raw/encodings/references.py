"""Texts that were taken out of pages as they stand there, with HTML's references: `the mayor&#8217;s`, `Marks &amp; Spencer`."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from html.entities import html5

import pyarrow as pa
import pyarrow.compute as pc

from copydesk.raw.encodings.decoding import Decoded

REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,31});")
LIKE_ONE = r"&(?:#\w{1,7}|[A-Za-z]\w{1,31});"  # the same for Arrow, somewhat wider
OF_MARKUP = "<|&[lg]t;"  # a page that shows these speaks of markup
SPOKEN = frozenset({"&amp;", "&lt;", "&gt;"})  # who writes of markup may mean these to the letter
TIMES = 2  # some were escaped once more on their way: `&amp;#8217;`


def plain(text: str) -> str:
    """The text with the letters that references stand for, where it cannot have been meant otherwise."""
    for _ in range(TIMES):
        found = [reference for reference in REFERENCE.findall(text) if _is_one(reference)]
        # An ampersand that stands for itself has not been escaped, so then the others may not be either.
        if not found or (SPOKEN.issuperset(found) and len(found) < text.count("&")):
            break
        text = REFERENCE.sub(lambda reference: unescape(reference[0]) if _is_one(reference[0]) else reference[0], text)
    return text


def _is_one(reference: str) -> bool:
    """Whether HTML has it; of a longer word it takes the beginning, `&notify;` for `¬ify;`, as no text means it."""
    return reference[1] == "#" or reference[1:] in html5


def without_references(decoded: Decoded) -> Decoded:
    """The same for a text as it was decoded."""
    if b"&" not in decoded.utf8 or b";" not in decoded.utf8:
        return decoded
    text = decoded.text
    found = plain(text)
    return decoded if found == text else replace(decoded, utf8=found.encode(), repaired=True)


def plain_column(texts: pa.Array) -> pa.Array:
    """The same for what stands in pages, where a reference is left only if it was escaped twice."""
    holding = pc.match_substring_regex(texts, LIKE_ONE)
    if not pc.any(holding).as_py():
        return texts
    holding = pc.and_not(holding, pc.match_substring_regex(texts, OF_MARKUP))
    return pc.replace_with_mask(texts, holding, pa.array(map(plain, texts.filter(holding).to_pylist()), texts.type))
