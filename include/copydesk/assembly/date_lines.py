"""The lines of documents that say when: date lines and bylines, and what stands about the headline and holds a date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.blocks.table import Segmented
from copydesk.fields.matching import Flags, among
from copydesk.fields.times.calendars import in_gregorian
from copydesk.fields.times.markers import BEGINNINGS
from copydesk.fields.times.relative import is_relative
from copydesk.label_names import IS_KEPT, LABELS
from copydesk.labels.arrays import Ints, true_at
from copydesk.labels.decoding import Labels
from copydesk.labels.labelling import Labelled

IS_DATED = np.isin(LABELS, ("date", "byline"))
TITLE, CAPTION = LABELS.index("title"), LABELS.index("caption")
# A day beside a year, three numbers, or a short year before a clock; what a line without a year means, only its reader knew.
HAS_DATE = re.compile(
    r"\d\D{1,18}\d{4}|\d{4}\D{1,18}\d|20\d{6}|\d\s?\.\s?\d\d?\s?\.\s?\d\d|\d/\d\d?/\d\d|\d-\d\d?-\d\d|\d\s\D{3,12}\s\d\d,?\s\(?\d\d?:\d\d"
)
# The number of an issue is no year: `Issue 6677`.
HAS_YEAR = re.compile(r"(?:19|20)\d\d|\d[./-]\s?\d\d?\s?[./-]\s?\d\d|\d\s\D{3,12}\s\d\d,?\s\(?\d\d?:\d\d")
ACCOUNT = re.compile(r"\(@\w+\)")
MAY_HAVE_YEAR = "figure{4}|figure[./:年-]"  # in whatever HAS_YEAR matches
FEW = 60  # lines that Python searches while Arrow, which keeps no expression, compiles it: 100 µs a call
SHORT_CHARS = 80  # of a line that no label calls a date line
MAX_CHARS = 120  # of one that says what the time is of
ABOVE, BELOW = 30, 10  # blocks from the headline in which a line without a fitting label is believed
UNLABELLED = 2  # blocks that such a line stands behind
COUNTING_BELOW, COUNTING_CHARS = 6, 30  # blocks below the headline, and size, of a line that counts back: `Updated 3 hours ago`
REACH = 15  # blocks behind the nearest line: further off are the dates of comments and of other stories
MAX_LINES = 12
MAX_GAP = 30  # blocks from headline to text; a title further up is that of the window or of a menu


class Dated(NamedTuple):
    """A line that may say when its document was published."""

    text: str
    datetime: str | None  # of its time element

    def has_date(self, may_count_back: bool) -> bool:
        """Whether a date stands there that may be the article's, which some lines may tell from the reader's day."""
        text = self.text[:MAX_CHARS]
        found = self.datetime or _holds_date(text) or (may_count_back and is_relative(text))
        return bool(found) and not _is_of_others(text)


def _is_of_others(text: str) -> bool:
    """Whether it dates a quoted post, as `— Ann (@ann) 1 May 2024` does, or is a notice of rights."""
    return "©" in text or "copyright" in text.lower() or ("(@" in text and ACCOUNT.search(text) is not None)


def _holds_date(text: str) -> bool:
    text = in_gregorian(text)
    return HAS_YEAR.search(text) is not None and HAS_DATE.search(text) is not None


def dated_lines(segmented: Segmented, labelled: Labelled) -> Iterator[list[Dated]]:
    """For each document its dated lines, the nearest to the headline first."""
    seen, documents = labelled.features, segmented.documents.num_rows
    return find_dated(segmented.blocks, labelled.grounds, seen.lengths, seen.has_figures, documents)


def find_dated(blocks: pa.Table, labels: Labels, length: Ints, has_figures: Flags, documents: int) -> Iterator[list[Dated]]:
    """The same from the blocks of so many documents, their labels, how long each is and whether figures stand in it."""
    owner, has_figures = blocks["document"].to_numpy(), has_figures | _is_timed(blocks)
    away = np.arange(len(owner)) - _headlines(owner, labels, length, documents)[owner]
    is_near = (away >= -ABOVE) & (away < BELOW) & (length <= SHORT_CHARS)
    is_said = IS_DATED[labels] | (is_near & (labels != CAPTION))
    # What stands under the headline is more likely about the article.
    distance = np.where(away >= 0, away, -2 * away) + UNLABELLED * ~IS_DATED[labels]
    is_close = (away > 0) & (away <= COUNTING_BELOW) & (length <= COUNTING_CHARS)
    rows, lines = _dated(blocks, labels, is_close, has_figures, true_at(is_said))
    may_say = ~is_said & (length <= MAX_CHARS) & (labels != CAPTION) & has_figures
    further = _saying(blocks["text"], true_at(may_say & (distance <= _reach(owner, rows, distance, documents)[owner])))
    rows_behind, lines_behind = _dated(blocks, labels, is_close, has_figures, further)
    rows, lines = np.append(rows, rows_behind), lines + lines_behind
    order = np.lexsort((rows, distance[rows], owner[rows]))
    order = order[(distance <= _reach(owner, rows, distance, documents)[owner])[rows[order]]]
    edges = np.searchsorted(owner[rows[order]], np.arange(documents + 1)).tolist()
    return ([lines[at] for at in order[low : min(high, low + MAX_LINES)]] for low, high in pairwise(edges))


def _dated(blocks: pa.Table, labels: Labels, is_close: Flags, has_figures: Flags, rows: Ints) -> tuple[Ints, list[Dated]]:
    """Those of the rows that hold a date; close to the headline one may count back from the day it is read, as date lines do."""
    rows = rows[IS_DATED[labels[rows]] | has_figures[rows]]
    if not len(rows):
        return rows, []
    taken = blocks.select(list(Dated._fields)).take(pa.array(rows))
    may, may_count_back = IS_DATED[labels[rows]] | _is_timed(taken), IS_DATED[labels[rows]] | is_close[rows]
    may |= among(~may, taken["text"], partial(_hold, MAY_HAVE_YEAR))
    may |= among(~may & is_close[rows], taken["text"], partial(_hold, "figure"))  # `3 hours ago`
    may_hold = true_at(may)
    lines = list(map(Dated, *(column.to_pylist() for column in taken.take(pa.array(may_hold)).columns)))
    stated = zip(lines, may_count_back[may_hold].tolist(), strict=True)
    found = np.array([at for at, (line, may) in enumerate(stated) if line.has_date(may)], int)
    return rows[may_hold[found]], [lines[at] for at in found]


def _is_timed(blocks: pa.Table) -> Flags:
    """Whether a time element stands in each block."""
    timed: Flags = pc.is_valid(blocks["datetime"]).to_numpy()
    return timed


def _reach(owner: Ints, rows: Ints, distance: Ints, documents: int) -> Ints:
    """For each document how far off a line may stand, by the nearest of its `rows`."""
    nearest = np.full(documents, np.iinfo(np.int64).max - REACH)
    np.minimum.at(nearest, owner[rows], distance[rows])
    return nearest + REACH


def _saying(texts: pa.ChunkedArray, rows: Ints) -> Ints:
    """Those of the rows whose text begins to say when."""
    if not len(rows):
        return rows
    said: Ints = rows[_say_when(texts.take(pa.array(rows)))]
    return said


def _say_when(texts: pa.ChunkedArray) -> Flags:
    if len(texts) > FEW:
        return _matches(texts, f"(?i){'|'.join(BEGINNINGS)}")
    folded = (text.casefold() for text in texts.to_pylist())  # as RE2 folds case: `ς` is a `σ`, `ı` is no `i`
    return np.fromiter((any(map(text.__contains__, BEGINNINGS)) for text in folded), bool, len(texts))


def _hold(pattern: str, texts: pa.ChunkedArray) -> Flags:
    """Which texts hold what the pattern describes, in which `figure` stands for one of any script."""
    if len(texts) > FEW:
        return _matches(texts, pattern.replace("figure", r"\p{Nd}"))
    search = re.compile(pattern.replace("figure", r"\d")).search
    return np.fromiter((search(text) is not None for text in texts.to_pylist()), bool, len(texts))


def _headlines(owner: Ints, labels: Labels, length: Ints, documents: int) -> Ints:
    """The row where each document's article begins: the last title before its longest paragraph, else its first paragraph."""
    kept, titles = true_at(IS_KEPT[labels]), true_at(labels == TITLE)
    longest = _last(kept[np.argsort(length[kept], kind="stable")], owner, np.full(documents, len(owner)))
    headlines = _last(kept[::-1], owner, np.searchsorted(owner, np.arange(documents)))
    headlines = _last(titles[titles < longest[owner[titles]]], owner, headlines)
    texts = _last(kept[kept > headlines[owner[kept]]][::-1], owner, headlines)
    return np.where(texts - headlines > MAX_GAP, texts, headlines)


def _last(rows: Ints, owner: Ints, otherwise: Ints) -> Ints:
    """For each document the last of its `rows` as they are ordered."""
    found = otherwise.copy()
    found[owner[rows]] = rows
    return found


def _matches(text: pa.ChunkedArray, pattern: str) -> Flags:
    found: Flags = pc.match_substring_regex(text, pattern).to_numpy()
    return found
