"""What the suite asks of a row beyond its columns: figures made of one or several of them, for the time of the check alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.fields.folding import fold
from copydesk.fields.words import CALLS, CLOSING, FULL_STOPS
from copydesk.schema import Column, Severity, absent, between

LOOKED_AT = 400  # characters of a body: a page in capitals shows at its beginning
CAPITALS = r"\p{Lu}{4}"
MIN_LETTERS = 100  # below that a share of capitals says nothing
LONGEST_SITE_NAME = 40
MIN_PARAGRAPHS = 6
SHORT = 80  # characters: what is longer is no headline of a rail
SENTENCE_END = rf"[.!?…:;{FULL_STOPS}{CALLS}][{re.escape(CLOSING)}]*\s*$"
TWO_DAYS_NEARLY = 36  # hours: a crawl known to the day is midnight, and the newsroom may lie twelve hours west
MICROSECONDS_AN_HOUR = 3_600_000_000


@dataclass(frozen=True, slots=True)
class Measure:
    """A column that is made for the check, and how."""

    column: Column
    make: Callable[[pa.Table], pa.Array]


def with_measures(articles: pa.Table) -> pa.Table:
    """The rows with every measure beside their columns."""
    for measure in MEASURES:
        articles = articles.append_column(measure.column.name, measure.make(articles))
    return articles


def capital_share(bodies: pa.ChunkedArray) -> pa.Array:
    """Capitals among the letters at the beginning of each body; 0 where no word is in capitals, null where letters are few."""
    beginnings = _whole(pc.utf8_slice_codeunits(bodies, 0, LOOKED_AT))
    rows = np.flatnonzero(pc.fill_null(pc.match_substring_regex(beginnings, CAPITALS), False).to_numpy(zero_copy_only=False))
    odd = beginnings.take(pa.array(rows))  # counting letters takes a hundred times as long as finding such a word
    letters = pc.count_substring_regex(odd, r"\p{L}").to_numpy()
    shares = np.zeros(len(beginnings))
    shares[rows] = pc.count_substring_regex(odd, r"\p{Lu}").to_numpy() / np.maximum(letters, 1)
    is_unknown = pc.is_null(beginnings).to_numpy(zero_copy_only=False)
    is_unknown[rows[letters < MIN_LETTERS]] = True
    return pa.array(shares, mask=is_unknown)


def rail_like_share(paragraphs: pa.ChunkedArray) -> pa.Array:
    """Short lines that end no sentence, as headlines do, among the paragraphs of each body; null where those are few."""
    lists = _whole(paragraphs)
    lines = pc.list_flatten(lists)
    is_short = pc.less_equal(pc.utf8_length(lines), SHORT)
    # Only short lines are looked at: expressions take time.
    is_like = pc.and_(is_short, pc.invert(pc.match_substring_regex(pc.if_else(is_short, lines, ""), SENTENCE_END)))
    owner = pc.list_parent_indices(lists).to_numpy()
    found = np.bincount(owner, pc.fill_null(is_like, False).to_numpy(zero_copy_only=False), len(lists))
    count = np.bincount(owner, minlength=len(lists))
    return pa.array(found / np.maximum(count, 1), mask=count < MIN_PARAGRAPHS)


def _whole(column: pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _hours_after_crawl(articles: pa.Table) -> pa.Array:
    """Null where either time is not known."""
    gap = pc.subtract(articles["published_at"], articles["crawled_at"]).cast(pa.int64())
    return _whole(pc.divide(gap.cast(pa.float64()), MICROSECONDS_AN_HOUR))


def _site_titles(articles: pa.Table) -> pa.Array:
    """Titles that say no more than the host's name does, as `The Islander` on www.theislander.example; null for others."""
    pairs = zip(articles["title"].to_pylist(), articles["url"].to_pylist(), strict=True)
    return pa.array([title if title and url and _names_site(title, url) else None for title, url in pairs], pa.string())


def _names_site(title: str, url: str) -> bool:
    if len(title) > LONGEST_SITE_NAME:
        return False
    name = fold(title).removeprefix("the")
    try:
        labels = (urlsplit(url).hostname or "").split(".")
    except ValueError:
        return False
    return bool(name) and name in {label.replace("-", "").removeprefix("the") for label in labels if label != "www"}


def _longest(name: str, part: str | None = None) -> Callable[[pa.Table], pa.Array]:
    """Characters of the longest entry of a list, or of a part of its entries; null where there is none."""

    def make(articles: pa.Table) -> pa.Array:
        lists = _whole(articles[name])
        owner, longest = pc.list_parent_indices(lists).to_numpy(), np.zeros(len(lists), np.int64)
        texts = pc.list_flatten(lists)
        if part:
            texts = pc.struct_field(texts, part)
        np.maximum.at(longest, owner, pc.fill_null(pc.utf8_length(texts), 0).to_numpy())
        return pa.array(longest, mask=longest == 0)

    return make


def _count(name: str) -> Callable[[pa.Table], pa.Array]:
    return lambda articles: _whole(pc.list_value_length(articles[name]))


WARNING = Severity.WARNING

MEASURES = (
    Measure(Column("site_title", pa.string(), "The title, where it is no more than the site's name.", (absent(),)), _site_titles),
    Measure(
        Column(
            "hours_after_crawl",
            pa.float64(),
            "Hours from crawl to publication: what was crawled was published before.",
            (between(None, TWO_DAYS_NEARLY),),
        ),
        _hours_after_crawl,
    ),
    Measure(
        Column("capital_share", pa.float64(), "Capitals among the letters of the body.", (between(None, 0.5, WARNING),)),
        lambda articles: capital_share(articles["body"]),
    ),
    Measure(
        Column(
            "rail_like_share",
            pa.float64(),
            f"Paragraphs that look like lines of a rail: at most {SHORT} characters, and no end of a sentence.",
            (between(None, 0.8, WARNING),),
        ),
        lambda articles: rail_like_share(articles["paragraphs"]),
    ),
    Measure(
        Column("paragraph_count", pa.int32(), "Paragraphs of the body.", (between(1, 5000),)),
        _count("paragraphs"),
    ),
    Measure(Column("author_count", pa.int32(), "People who signed.", (between(None, 30, WARNING),)), _count("authors")),
    Measure(
        Column("longest_author", pa.int64(), "Characters of the longest name that signed.", (between(2, 80, WARNING),)),
        _longest("authors"),
    ),
    Measure(Column("tag_count", pa.int32(), "Keywords.", (between(None, 100, WARNING),)), _count("tags")),
    Measure(
        Column("longest_tag", pa.int64(), "Characters of the longest keyword.", (between(1, 150, WARNING),)), _longest("tags")
    ),
    Measure(Column("image_count", pa.int32(), "Pictures.", (between(None, 500, WARNING),)), _count("images")),
    Measure(
        Column(
            "longest_image_address",
            pa.int64(),
            "Characters of the longest address of a picture; what is longer is the picture itself, as text.",
            (between(1, 2000, WARNING),),
        ),
        _longest("images", "url"),
    ),
    Measure(Column("rail_count", pa.int32(), "Rails that stood on the page.", (between(None, 100, WARNING),)), _count("rails")),
)
