"""What each block of a gold page ought to be, and how much that is worth learning.

The gold says what the article's text is. One convention holds for every set: sub-headings and lists belong to it; title, captions,
promotions and proven standfirsts do not. Which of the other labels a block has, the gold says of titles and captions only; for the
rest the hand-set model's opinion is taken.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from copydesk.label_names import IS_KEPT, LABELS
from copydesk.labels.arrays import Floats
from copydesk.labels.decoding import Labels
from copydesk.labels.training.alignment import TOKEN, align
from copydesk.labels.training.gold import Lesson, Row

TITLE, STANDFIRST, CAPTION, HEADING, BOILERPLATE = (
    LABELS.index(name) for name in ("title", "standfirst", "caption", "heading", "boilerplate")
)
SIGNS_OF_STANDFIRST = ("taken_up_later", "is_description", "class_standfirst")
LEAST_COVERAGE = 0.3  # of the gold by the page; with less, the page is not what the gold was made from
MOST_WORDS = 80  # a very long block counts no more than this
LONGEST_HEADING = 14  # words
LONGEST_TITLE = 200  # characters
CREDIBLE = 0.1  # probability under which the hand-set model's field is no field
SAMPLE = 5.0  # weight of a sample: there are few, and they alone tell what texts have beside their paragraphs
UNTOLD = 0.7  # weight of a page of which trees alone say what its text is, against one with gold
CORRECTION = 0.2  # weight of a block that a person judged: as much as four titles, for its like was read wrongly before


class Truth(NamedTuple):
    """By block: probability of each label, weight in learning, and the share that belongs to the article (NaN: not known)."""

    labels: Floats
    weight: Floats
    kept: Floats
    certain: NDArray[np.bool_]  # told of this very line, where the rest follows from where it stands


@dataclass(frozen=True, slots=True)
class Draft:
    """The truth of one page while it is put together; `inside` and `outside` are its labels if in the article, and if not."""

    texts: list[str]
    prior: Floats
    hand: Labels
    inside: Labels
    outside: Labels
    kept: Floats
    weight: Floats
    certain: NDArray[np.bool_]

    def name(self, hits: NDArray[np.intp], label: int) -> None:
        """These blocks have that label, and no part in the article."""
        self.kept[hits], self.outside[hits], self.certain[hits] = 0, label, True


def truth(lesson: Lesson, hand: Labels) -> Truth:
    """The truth of every page of a lesson; `hand` are the labels that the hand-set model gives."""
    count = len(lesson.texts)
    kept, weight, certain = np.zeros(count, np.float32), np.zeros(count, np.float32), np.zeros(count, bool)
    inside, outside = _opinions(lesson.prior, hand)
    signs = lesson.features.select(SIGNS_OF_STANDFIRST).max(axis=1) > 0.6
    for page, row in enumerate(lesson.rows):
        s = lesson.span(page)
        draft = Draft(lesson.texts[s], lesson.prior[s], hand[s], inside[s], outside[s], kept[s], weight[s], certain[s])
        if "told" in row:
            _by_sample(row["told"], draft)
        elif "corrected" in row:
            _by_corrections(row["corrected"], draft)
        elif row["body"]:
            _by_body(row, draft)
            _name_title(row, draft)
            _name_captions(row, draft)
            _name_standfirst(signs[s], draft, is_page=lesson.form == "html")
        else:
            _by_snippets(row, draft)
    labels = np.zeros((count, len(LABELS)), np.float32)
    labels[np.arange(count), inside] += kept
    labels[np.arange(count), outside] += 1 - kept
    return Truth(labels, weight, np.where(weight > 0, kept, np.nan).astype(np.float32), certain)


def reweighed(labels: Floats, prior: Floats, kept: Floats) -> Floats:
    """The same truth of labels where blocks belong to the article by `kept`; labels it has none of are the hand-set model's."""
    parts = []
    for mask, share in ((IS_KEPT, kept), (1 - IS_KEPT, 1 - kept)):
        told, thought = labels * mask, np.exp(prior) * mask
        part = np.where(told.sum(axis=1, keepdims=True) > 0, told, thought)
        parts.append(part * (share / np.maximum(part.sum(axis=1), 1e-9))[:, None])
    result: Floats = (parts[0] + parts[1]).astype(np.float32)
    return result


def _opinions(prior: Floats, hand: Labels) -> tuple[Labels, Labels]:
    """The hand-set model's label for each block if it belongs to the article, and if it does not."""
    inside = np.where(IS_KEPT > 0, prior, -np.inf).argmax(axis=1)
    others = np.where(IS_KEPT > 0, -np.inf, prior)
    outside = np.where(others.max(axis=1) > np.log(CREDIBLE), others.argmax(axis=1), BOILERPLATE)
    return inside.astype(np.int8), np.where(IS_KEPT[hand] > 0, outside, hand).astype(np.int8)


def _by_body(row: Row, draft: Draft) -> None:
    """Share of each block in the article, and weight: doubtful blocks have little or none."""
    whole = align(draft.texts, row["body"])
    share = whole.share
    draft.kept[:] = np.clip((share - 0.15) / 0.7, 0, 1)
    if whole.coverage < LEAST_COVERAGE:
        return
    words = np.array([len(TOKEN.findall(text)) for text in draft.texts], np.float32)
    sure = np.ones(len(words), np.float32)
    if row["body_required"]:
        sure[(share > 0.5) & (align(draft.texts, row["body_required"]).share < 0.5)] = 0
    sure[(share < 0.3) & (whole.found > 0.7) & (words >= 5)] = 0.2  # the gold has it, elsewhere: an excerpt or a repetition
    sure[(share > 0.15) & (share < 0.85)] *= 0.5
    members = np.flatnonzero(draft.kept > 0.5)
    if len(members):  # some sets leave sub-headings out of the gold
        between = (np.arange(len(words)) > members[0]) & (np.arange(len(words)) < members[-1]) & (draft.kept < 0.5)
        sure[between & (draft.inside == HEADING) & (words <= LONGEST_HEADING)] = 0
    draft.weight[:] = sure * _worth(words, words[members].sum())


def _worth(words: Floats, article: float) -> Floats:
    """Weight of the blocks of a page by their words, and those of its article: every page is worth about as much as another."""
    result: Floats = np.clip(words, 3, MOST_WORDS) / (article + 50) + 0.5 / max(len(words), 1)
    return result


def untold(lesson: Lesson, word: Floats) -> Floats:
    """Weight of each block on pages of which the gold gives no text, where trees say by `word` what belongs to it (NaN: nothing)."""
    weight = np.zeros(len(word), np.float32)
    for page, row in enumerate(lesson.rows):
        if not (row["body"] or "told" in row or "corrected" in row):
            s = lesson.span(page)
            words = np.array([len(TOKEN.findall(text)) for text in lesson.texts[s]], np.float32)
            likely = np.nan_to_num(word[s])
            weight[s] = UNTOLD * _worth(words, float(words @ likely)) * ~np.isnan(word[s])
    return weight


def _by_snippets(row: Row, draft: Draft) -> None:
    """The same from a few snippets that must and must not be in the text."""
    wanted, unwanted = ([fold(part) for part in row[name] or ()] for name in ("with", "without"))
    for i, line in enumerate(map(fold, draft.texts)):
        good, bad = (any(part and part in line for part in parts) for parts in (wanted, unwanted))
        draft.kept[i] = good
        draft.weight[i] = (good != bad) * np.clip(len(draft.texts[i].split()), 3, MOST_WORDS) / 200


def _name_title(row: Row, draft: Draft) -> None:
    """The likeliest of the lines that read like the title; the others are no part of the article either."""
    title = fold(row["title"] or _opening(row))
    hits = np.flatnonzero([bool(title) and fold(text) == title for text in draft.texts])
    if not len(hits):
        return
    best = max(hits, key=lambda i: (draft.outside[i] == TITLE, draft.prior[i, TITLE]))
    others = hits[hits != best]
    draft.name(others[draft.outside[others] == TITLE], BOILERPLATE)
    draft.kept[others], draft.weight[others] = 0, draft.weight[others] / 2
    draft.name(np.array([best]), TITLE)
    draft.weight[best] = max(draft.weight[best], 0.05)


def _opening(row: Row) -> str:
    """The gold's first line where it can be no paragraph: sets without titles may begin with it."""
    first: str = row["body"].strip().split("\n")[0]
    return "" if len(first) > LONGEST_TITLE or first.rstrip().endswith((".", "。")) else first


def _name_captions(row: Row, draft: Draft) -> None:
    """Those the gold names; what looks like a caption and stands in the text of a set teaches nothing."""
    captions = {fold(caption) for caption in row["captions"] or ()}
    named = np.array([fold(text) in captions for text in draft.texts], bool)
    draft.name(np.flatnonzero(named & (draft.kept < 0.5)), CAPTION)
    draft.weight[~named & (draft.kept > 0.5) & (np.exp(draft.prior[:, CAPTION]) > 0.6)] = 0


def _name_standfirst(signs: NDArray[np.bool_], draft: Draft, *, is_page: bool) -> None:
    """Apart from the text where something proves it one; on pages only where the gold, too, has it apart.

    What proves it in bare text, that a later paragraph says it again, seldom errs. A class called `lead` or `intro`, and a summary in
    the head of a page, are as often the article's first paragraph.
    """
    likely = draft.hand == STANDFIRST
    apart = likely & signs & ((draft.kept <= 0.5) | (not is_page))
    if not is_page:
        draft.weight[likely & ~signs & (draft.kept > 0.5)] *= 0.3
    draft.weight[apart] = np.maximum(draft.weight[apart], 0.02)
    draft.name(np.flatnonzero(apart), STANDFIRST)


def _by_sample(told: Row, draft: Draft) -> None:
    """From what the sample's author tells: first and last words, standfirst, what must not be in the text."""
    texts = draft.texts
    first = next((i for i, text in enumerate(texts) if text.startswith(told["first_words"])), 0)
    last = max((i for i, text in enumerate(texts) if text.endswith(told["last_words"])), default=0)
    place = np.arange(len(texts))
    unwanted = np.array([any(line in text for line in told["must_not_contain"]) for text in texts])
    inside = (place >= first) & (place <= last) & ~unwanted
    by_hand = inside & (IS_KEPT[draft.hand] > 0)
    likely = np.exp(draft.prior) @ IS_KEPT + by_hand + 2 * ((place == first) | (place == last)) - 9 * ~inside
    draft.kept[:] = inside & (np.argsort(np.argsort(-likely, kind="stable")) < told["paragraphs"])
    draft.outside[~inside & (draft.outside == STANDFIRST)] = BOILERPLATE
    standfirst = ~inside & np.array([text == told["standfirst"] for text in texts])
    draft.outside[standfirst] = STANDFIRST
    draft.certain[:] = True
    is_told = abs(int(by_hand.sum()) - told["paragraphs"]) <= 2
    draft.weight[:] = (SAMPLE if is_told else SAMPLE / 10) / max(len(texts), 1)
    draft.weight[standfirst] = SAMPLE / 8


def _by_corrections(told: Mapping[int, str], draft: Draft) -> None:
    """From what people say of single blocks, by place; of the others nobody said anything, so they teach nothing."""
    for place, name in told.items():
        label = LABELS.index(name)
        is_kept = IS_KEPT[label] > 0
        draft.kept[place], draft.certain[place], draft.weight[place] = is_kept, True, CORRECTION
        (draft.inside if is_kept else draft.outside)[place] = label


def fold(text: str | None) -> str:
    """Letters and figures alone, in lower case."""
    return re.sub(r"[\W_]+", "", (text or "").lower())
