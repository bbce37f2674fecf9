"""What the shape of a page tells of its kind: headlines with teasers between them, or pictures that say more than the text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from copydesk.assembly.document import Document
from copydesk.label_names import IS_KEPT
from copydesk.labels.arrays import true_at

HEADLINE_WORDS, MAX_HEADLINE_CHARS = 4, 200
MIN_HEADLINES = 10  # that lead to stories, from the first line taken for text to the last
TEASER_CHARS = 500  # between two of them; 2,057 articles have longer pieces, or nine headlines at most
TEASER_SHARE = 0.25  # of all that was taken for text
MIN_CAPTIONS = 6  # that lead nowhere, each of its own; those of other stories lead to them


def leads_to_story(text: str, href: str | None) -> bool:
    """Whether the line is a link and reads like a headline."""
    return href is not None and len(text) <= MAX_HEADLINE_CHARS and len(text.split()) >= HEADLINE_WORDS


def is_listing(document: Document) -> bool:
    """Whether what was taken for text is teasers: short pieces between many headlines that lead to stories."""
    page = document.all
    if not page.has_links:
        return False
    kept = true_at(IS_KEPT[page.labels] > 0)
    if not len(kept) or _has_piece(document.paragraphs, np.cumsum(page.is_linked)[kept].tolist()):
        return False
    span = slice(int(kept[0]), int(kept[-1]) + 1)
    is_kept = (IS_KEPT[page.labels[span]] > 0).tolist()
    headlines = whole = longest = piece = 0
    for text, href, is_text in zip(page.texts[span], page.hrefs[span], is_kept, strict=True):
        whole += len(text) * is_text
        if leads_to_story(text, href):
            headlines, piece = headlines + 1, 0
        elif is_text:
            piece += len(text)
            longest = max(longest, piece)
    return headlines >= MIN_HEADLINES and longest <= min(TEASER_CHARS, TEASER_SHARE * whole)


def _has_piece(paragraphs: Sequence[str], links: Sequence[int]) -> bool:
    """Whether more stands together without any link than a teaser has; `links` stand on the page up to each paragraph, it included."""
    piece, before = 0, -1
    for paragraph, count in zip(paragraphs, links, strict=True):
        piece = piece + len(paragraph) if count == before else 0
        before = count
        if piece > TEASER_CHARS:  # most articles have it soon, and their links need not be looked at
            return True
    return False


def is_told_by_captions(document: Document, words: int) -> bool:
    """Whether the captions of many pictures say at least as much as the text of so many `words`."""
    captions = {block.text for block in document.labelled("caption") if block.href is None}
    return len(captions) >= MIN_CAPTIONS and words <= sum(len(caption.split()) for caption in captions)
