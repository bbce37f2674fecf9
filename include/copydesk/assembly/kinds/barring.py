"""Lines that may withhold the rest of a text from its reader, looked for in thousands of documents at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.assembly.document import Document, pieces
from copydesk.blocks.table import Segmented, one_array
from copydesk.fields import kinds
from copydesk.fields.matching import Flags
from copydesk.label_names import IS_KEPT, LABELS
from copydesk.labels.arrays import Ints, true_at
from copydesk.labels.labelling import Labelled

BEGINNING_WORDS = 250  # what stands before a bar is seldom more
TEASER_WORDS = 400  # a longer text is no beginning, whatever is stated
SHOWN_FIELDS = frozenset({"body", "word_count"})  # of claims
PARAGRAPH_CHARS, ANOTHER_TEXT_CHARS = 100, 1200
SOON_BLOCKS = 12  # behind the text
IS_TEXT = (IS_KEPT > 0) | (np.array(LABELS) == "title")


def barring(
    documents: Sequence[Document], segmented: Segmented, labelled: Labelled, words: Ints, more: Flags
) -> Iterator[list[str]]:
    """Lines of each document that may withhold the rest: among the text, or soon below it; rails mark what is for subscribers too.

    Only documents that may be beginnings are asked: by their `words`, and not those that have `more`; or by what they state.
    """
    states_more = np.array(list(map(_states_more, documents)), bool)
    may_be_cut = words <= np.where(states_more, TEASER_WORDS, BEGINNING_WORDS)
    may_be_cut &= states_more | ~more
    owner = segmented.blocks["document"].to_numpy()
    text = true_at(IS_TEXT[labelled.labels])
    first = np.searchsorted(owner, np.arange(len(words)))
    last = first.copy()
    first[owner[text[::-1]]], last[owner[text]] = text[::-1], text
    index = np.arange(len(owner))
    rows = true_at(may_be_cut[owner] & (index >= first[owner]) & (index < last[owner] + SOON_BLOCKS))
    texts = one_array(segmented.blocks["text"].take(pa.array(rows)))
    may = kinds.may_bar(texts)
    edges = np.searchsorted(owner[rows[may]], np.arange(len(words) + 1))
    return pieces(texts.take(pa.array(may)).to_pylist(), edges)


def have_more(segmented: Segmented, labelled: Labelled) -> Flags:
    """Whether on the page of each document there are paragraphs that lead nowhere and were not taken for its text."""
    lengths, blocks = labelled.features.lengths, segmented.blocks
    is_other = (lengths >= PARAGRAPH_CHARS) & ~IS_TEXT[labelled.labels] & pc.is_null(blocks["href"]).to_numpy()
    found: Flags = (
        np.bincount(blocks["document"].to_numpy()[is_other], lengths[is_other], segmented.documents.num_rows)
        >= ANOTHER_TEXT_CHARS
    )
    return found


def _states_more(document: Document) -> bool:
    """Whether it states a text, or how many words it has, and so may state more than it shows."""
    return any(claim.field in SHOWN_FIELDS for claim in document.claims)
