"""Short articles: pages of gold sets once more, ended after a few of their paragraphs, with all that stands around them.

Newspapers are full of articles of two to five paragraphs, gold sets are not, and what stands around a short article is most of its page.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from copydesk.labels.arrays import Ints
from copydesk.labels.training.gold import Lesson, Row, cut, part_of
from copydesk.labels.training.truth import Truth

ONE_IN = 2  # pages is cut short
SHORTEST, LENGTHS = 2, 4  # paragraphs, and how many numbers of them there are
LEAST_LEFT_OUT = 2  # paragraphs; a page with fewer more is short as it is
PARAGRAPH = 60  # characters, at least
SURE, OUTSIDE = 0.5, 0.15  # of a block in the article; between, nothing is known
WEIGHT = np.float32(0.5)  # in learning, against a page as it is


def shortened(whole: Lesson, known: Truth) -> Lesson | None:
    """Some of the pages of a lesson, cut short; none where no gold tells their text."""
    rows: list[Row] = []
    documents, left = [], []
    for page, row in enumerate(whole.rows):
        if row["body"] and part_of(f"shortened {row['id']}", ONE_IN) == 0:
            at = np.arange(len(whole.texts))[whole.span(page)]
            inside = at[np.nan_to_num(known.kept[at]) > SURE]
            wanted = SHORTEST + part_of(f"paragraphs {row['id']}", LENGTHS)
            last = _last(whole, inside, wanted)
            if last is not None:
                is_over = (at > last) & (at <= inside[-1]) & ~(known.kept[at] <= OUTSIDE)
                documents.append(page)
                left.append(at[~is_over])
                body = "\n".join(whole.texts[i] for i in inside[inside <= last])
                rows.append({**row, "body": body, "body_required": None})
    if not rows:
        return None
    blocks = whole.blocks.take(pa.array(np.concatenate(left)))
    owner = np.repeat(np.arange(len(rows)), [len(part) for part in left]).astype(np.int32)
    blocks = blocks.set_column(blocks.column_names.index("document"), "document", pa.array(owner))
    made = cut(whole.name, whole.mode, rows, whole.documents.take(pa.array(documents)), blocks, whole.counts)
    return made._replace(is_short=True)


def _last(whole: Lesson, inside: Ints, wanted: int) -> int | None:
    """The last block of so many paragraphs of a page's article, where enough of it stands behind."""
    paragraphs = [int(i) for i in inside if len(whole.texts[i]) >= PARAGRAPH]
    return paragraphs[wanted - 1] if len(paragraphs) >= wanted + LEAST_LEFT_OUT else None


def weighed(known: Truth) -> Truth:
    """What is known of pages that were cut short, as much as it counts."""
    return known._replace(weight=known.weight * WEIGHT)
