"""Short articles: texts of gold sets once more, ended after a few of their paragraphs.

Newspapers are full of articles of two to five paragraphs, gold sets are not, and what stands around a short article is most of its page.
Wires and feeds have the article and nothing around it, which no gold set has: of every four texts one ends with its article, and
another has only a few lines above it as well.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from copydesk.blocks.table import BLOCKS, Segmented
from copydesk.labels.arrays import Ints
from copydesk.labels.training.gold import Lesson, Row, cut, part_of
from copydesk.labels.training.truth import Truth

ONE_IN = 2  # pages is cut short
SHORTEST, LENGTHS = 2, 4  # paragraphs, and how many numbers of them there are
LEAST_LEFT_OUT = 2  # paragraphs; a page with fewer more is short as it is
WHOLE, ENDED, BARE = 2, 3, 4  # parts of the pages, up to which each is left so
ABOVE = 3  # blocks above a bare article: mostly its title and who signed
PARAGRAPH = 60  # characters, at least
SURE, OUTSIDE = 0.5, 0.15  # of a block in the article; between, nothing is known
WEIGHT = np.float32(0.5)  # in learning, against a page as it is


class Short(NamedTuple):
    """What is left of a page."""

    page: int
    at: Ints  # its blocks
    body: str  # its article


def shortened(whole: Lesson, known: Truth) -> Lesson | None:
    """Some of the pages of a lesson, cut short; none where no gold tells their text."""
    chosen = [page for page, row in enumerate(whole.rows) if row["body"] and part_of(f"shortened {row['id']}", ONE_IN) == 0]
    found = [short for page in chosen if (short := _cut_short(whole, known, page))]
    if not found:
        return None
    rows: list[Row] = [{**whole.rows[short.page], "body": short.body, "body_required": None} for short in found]
    blocks = whole.blocks.take(pa.array(np.concatenate([short.at for short in found])))
    owner = np.repeat(np.arange(len(found)), [len(short.at) for short in found]).astype(np.int32)
    blocks = blocks.set_column(0, BLOCKS.field("document"), pa.array(owner))
    documents = whole.documents.take(pa.array([short.page for short in found]))
    made = cut(whole.name, whole.mode, rows, Segmented(documents, blocks, {}), whole.counts)
    return made._replace(is_short=True)


def _cut_short(whole: Lesson, known: Truth, page: int) -> Short | None:
    """The page up to its second to fifth paragraph, where enough stands behind."""
    name, at = whole.rows[page]["id"], np.arange(len(whole.texts))[whole.span(page)]
    inside = at[np.nan_to_num(known.kept[at]) > SURE]
    paragraphs = [int(i) for i in inside if len(whole.texts[i]) >= PARAGRAPH]
    wanted = SHORTEST + part_of(f"paragraphs {name}", LENGTHS)
    if len(paragraphs) < wanted + LEAST_LEFT_OUT:
        return None
    last, part = paragraphs[wanted - 1], part_of(f"around {name}", BARE)
    is_behind = at > last
    is_over = is_behind & (at <= inside[-1]) & ~(known.kept[at] <= OUTSIDE)
    if part >= WHOLE:
        is_over |= is_behind
    if part >= ENDED:
        is_over |= at < inside[0] - ABOVE
    return Short(page, at[~is_over], "\n".join(whole.texts[i] for i in inside[inside <= last]))


def weighed(known: Truth) -> Truth:
    """What is known of pages that were cut short, as much as it counts."""
    return known._replace(weight=known.weight * WEIGHT)
