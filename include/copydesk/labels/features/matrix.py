"""Blocks → a matrix of features, one row a block; text and HTML alike, markup columns zero where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from copydesk.blocks.table import one_array
from copydesk.labels.arrays import Floats, Ints, before, distance, flag, moved, number, spans, whole, window
from copydesk.labels.features.coded import Coded
from copydesk.labels.features.cohesion import cohesion
from copydesk.labels.features.columns import Columns
from copydesk.labels.features.cues import line_cues, markup_cues, markup_ideas
from copydesk.labels.features.echoes import echoes, repeats, stated, stated_body
from copydesk.labels.features.hints import Hints, hints
from copydesk.labels.features.paths import NAMES as PLACED
from copydesk.labels.features.paths import paths
from copydesk.labels.repetition import Counts
from copydesk.labels.texts.lines import Lines, look
from copydesk.labels.texts.tokens import Tokens, tokenize

OPENING_CUES = ("says_related", "says_more", "says_promo")
DATE_CHARS = 40  # of a line that may be a date alone: Thai months have as many letters as five Chinese words
CJK_PER_WORD = 1.7  # Chinese and Japanese letters that say as much as one English word, about
TAGS = {
    "p": ("p",),
    "h1": ("h1",),
    "h2": ("h2", "h3", "h4", "h5", "h6"),
    "li": ("li", "dd", "dt"),
    "cell": ("td", "th"),
    "figcaption": ("figcaption", "caption"),
    "quote": ("blockquote",),
    "div": ("div", "section", "body"),
}
BESIDE = ("is_sentence", "is_fragment", "is_tiny", "is_short", "says_credit", "is_date_line", "says_related", "says_more")
MEASURES = ("chars", "length")  # columns that others are made of, and no features
WORDS_LOG_BASE = 200  # words that make the feature 1
LOG_OF_OPENING = np.log1p(4.5) / np.log(WORDS_LOG_BASE)  # of four words, which open a rail
MARKED = ("link_share", "has_time", "is_html")
ANCESTORS = ("article", "main", "aside", "nav", "footer", "header", "figure", "blockquote", "table", "form", "ul", "ol", "button")


_MARKUP = (*(f"tag_{name}" for name in TAGS), *(f"in_{name}" for name in ANCESTORS), *MARKED)


class Features(NamedTuple):
    """Named columns and the matrix of them: blocks × features, float32."""

    names: tuple[str, ...]
    matrix: Floats
    words: Tokens  # of the text
    class_words: Tokens
    lengths: Ints  # characters of each block

    @property
    def has_pages(self) -> bool:
        """Whether any block is of a page."""
        return bool(self.matrix[:, self.names.index("is_html")].any())

    @property
    def has_figures(self) -> NDArray[np.bool_]:
        """Whether figures stand in each block, of any script."""
        found: NDArray[np.bool_] = self.matrix[:, self.names.index("digits")] > 0
        return found

    @property
    def are_bylines(self) -> NDArray[np.bool_]:
        """Which blocks open as bylines do."""
        found: NDArray[np.bool_] = self.matrix[:, self.names.index("is_byline")] > 0
        return found

    @property
    def are_sentences(self) -> NDArray[np.bool_]:
        """Which blocks end as sentences do, and credit nobody."""
        ends, credits = (self.matrix[:, self.names.index(name)] > 0 for name in ("ends_sentence", "says_credit"))
        found: NDArray[np.bool_] = ends & ~credits
        return found

    @property
    def open_rails(self) -> NDArray[np.bool_]:
        """Which blocks are short and worded as what opens a rail: `Related stories`, `Read more`."""
        ends, length, *says = (self.matrix[:, self.names.index(name)] for name in ("ends_sentence", "words_log", *OPENING_CUES))
        found: NDArray[np.bool_] = (ends == 0) & (length <= LOG_OF_OPENING) & (np.maximum.reduce(says) > 0)
        return found

    @property
    def are_pages(self) -> NDArray[np.bool_]:
        """Which blocks are of pages."""
        found: NDArray[np.bool_] = self.matrix[:, self.names.index("is_html")] > 0
        return found

    def are_headings(self, rows: Ints) -> NDArray[np.bool_]:
        """Which of some blocks are headings by their element."""
        first, other = (self.matrix[rows, self.names.index(name)] for name in ("tag_h1", "tag_h2"))
        found: NDArray[np.bool_] = (first > 0) | (other > 0)
        return found

    def says(self, ideas: Sequence[str], rows: Ints) -> dict[str, NDArray[np.bool_]]:
        """For each idea whether some blocks show its cue."""
        return {idea: self.matrix[rows, self.names.index(f"says_{idea}")] > 0 for idea in ideas}

    def select(self, names: Sequence[str]) -> Floats:
        """The columns `names`, in their order."""
        at = {name: i for i, name in enumerate(self.names)}
        return self.matrix[:, [at[name] for name in names]]


def features(documents: pa.Table, blocks: pa.Table, counts: Counts, lines: Lines | None = None) -> Features:
    """Everything the labeller looks at, for blocks in document order; `counts` says how often lines stand in the dump.

    `lines` is what was seen of the blocks, if somebody has looked at them.
    """
    lines = look(one_array(blocks["text"])) if lines is None else lines
    return _features(blocks, lines, hints(documents, blocks, counts, lines))


def _features(blocks: pa.Table, lines: Lines, hints: Hints) -> Features:
    owner = blocks["document"].to_numpy().astype(np.int64)
    tokens = lines.tokens
    shape = _shape(lines.counts) | lines.edges | line_cues(lines.text, tokens, lines.counts)
    shape |= _line_products(shape)
    columns = Columns(len(owner))
    columns.spread(shape, tokens.text)
    columns.add(_position(columns, owner))
    columns.add(_neighbours(columns, owner))
    columns.add(echoes(tokens, columns, owner))
    columns.add(stated(tokens, hints, owner, columns["length"]))
    class_words = tokenize(one_array(blocks["words"]))
    places = Coded.of(blocks["ancestors"]) if blocks["tag"].null_count < len(owner) else None
    if places is None:  # texts alone
        columns.leave(_markup_names())
    else:
        columns.add(_markup(blocks, places, columns["chars"]))
        columns.add(markup_cues(class_words))
    columns.add(stated_body(lines.text, tokens, hints, owner))
    # The articles of one day share its date line, and those of one agency its byline: that they repeat says nothing of them.
    signed = np.maximum(columns["is_date_line"], columns["is_byline"])
    columns.add({"repeats_in_document": repeats(tokens.text, owner), "repeats_in_dump": hints.repetition * (1 - signed)})
    columns.add(_linked_below(columns))
    columns.add(cohesion(tokens, columns["is_sentence"], owner))
    if places is None:
        columns.leave(PLACED)
    else:
        columns.add(paths(blocks, places, class_words.text, columns, owner))
    names = tuple(columns)[len(MEASURES) :]
    return Features(names, columns.matrix(len(MEASURES)), tokens, class_words, lines.lengths[tokens.text])


def _linked_below(columns: dict[str, Floats]) -> dict[str, Floats]:
    """A line above the text that comes again further down: a headline whose own rail links to it, not a menu of the dump."""
    headline = columns["repeats_in_document"] * columns["before_text"] * (columns["is_short"] + columns["is_medium"])
    return {"linked_below": headline * columns["near_start"]}


def _shape(counts: dict[str, Floats]) -> dict[str, Floats]:
    """Length, letters and ends of each text, its MEASURES first."""
    chars, length = counts["chars"], counts["words"] + counts["cjk"] / np.float32(CJK_PER_WORD)
    return {
        "chars": chars,
        "length": length,
        "words_log": np.log1p(length) / np.float32(np.log(WORDS_LOG_BASE)),
        "is_tiny": flag(length <= 3),
        "is_short": flag((length > 3) & (length <= 18)),
        "is_medium": flag((length > 18) & (length <= 35)),
        "is_long": flag(length > 35),
        "has_sentences": flag(counts["sentences"] > 0),
        "commas": np.minimum(counts["commas"] / 4, 1),
        "digits": counts["digits"] / np.maximum(chars, 1),
        "capitals": counts["capitals"] / np.maximum(counts["letters"], 1),
        "capitalised": np.minimum(counts["capitalised"] / np.maximum(length, 1), 1),
    }


def _line_products(columns: dict[str, Floats]) -> dict[str, Floats]:
    """Cues that mean something only together with a line's length or end."""
    brief = flag(columns["length"] <= 14)
    sentence = columns["ends_sentence"] * flag(columns["length"] >= 7)
    return {
        "is_sentence": sentence,
        "is_fragment": (1 - columns["ends_sentence"]) * flag(columns["length"] >= 4),
        "is_date_line": np.maximum(brief, flag(columns["chars"] <= DATE_CHARS)) * columns["says_date"],
        "is_byline": brief * columns["says_byline"] * (1 - columns["ends_sentence"]),
        "is_agency_line": flag(columns["length"] <= 5) * columns["says_agency"],
        "is_promo_line": flag(columns["length"] <= 22) * columns["says_promo"],
    }


def _position(columns: dict[str, Floats], owner: Ints) -> dict[str, Floats]:
    """Where a block stands in its document, and against the document's sentences."""
    _, blocks = spans(owner)
    size = np.repeat(blocks, blocks).astype(np.float32)
    ordinal = before(np.ones(len(owner)), owner)
    sentences = columns["is_sentence"]
    earlier, total = before(sentences, owner), whole(sentences, owner)
    return {
        "is_first": flag(ordinal == 0),
        "near_start": np.maximum(0, 1 - ordinal / 8),
        "relative": ordinal / np.maximum(size - 1, 1),
        "near_end": np.maximum(0, 1 - (size - 1 - ordinal) / 5),
        "before_text": flag(earlier == 0),
        "after_text": flag((earlier + sentences == total) & (total > 0)),
        "first_sentence": sentences * flag(earlier == 0),
        "text_behind": earlier / np.maximum(total, 1),
        "gap_back": np.minimum(distance(sentences > 0, owner, forward=False), 10) / 10,
        "gap_ahead": np.minimum(distance(sentences > 0, owner, forward=True), 10) / 10,
    }


def _neighbours(columns: dict[str, Floats], owner: Ints) -> dict[str, Floats]:
    """What stands right before and after."""
    beside = np.zeros((2, len(BESIDE), len(owner)), np.float32)
    for step, out in zip((-1, 1), beside, strict=True):
        moved(np.stack([columns[name] for name in BESIDE]), step, owner, out)
    found = {
        f"{side}_{name}": out[at] for at, name in enumerate(BESIDE) for side, out in zip(("prev", "next"), beside, strict=True)
    }
    found["sentences_back"] = window(columns["is_sentence"], -4, owner) / 4
    found["sentences_ahead"] = window(columns["is_sentence"], 4, owner) / 4
    found["fragments_back"] = window(columns["is_fragment"], -6, owner) / 6
    found["fragments_ahead"] = window(columns["is_fragment"], 6, owner) / 6
    found["rail_opened"] = flag(before(columns["says_related"] * (1 - columns["ends_sentence"]), owner) > 0)
    found["before_credit"] = found["next_says_credit"] * (1 - columns["says_credit"]) * flag(columns["length"] > 3)
    return found


def _markup(blocks: pa.Table, places: Coded, chars: Floats) -> dict[str, Floats]:
    """Tags, ancestors and links."""
    found = _named(Coded.of(blocks["tag"]), {f"tag_{name}": frozenset(tags) for name, tags in TAGS.items()})
    found |= _named(places, {f"in_{name}": frozenset({name}) for name in ANCESTORS})
    links = number(pc.fill_null(one_array(blocks["link_chars"]), 0))
    found["link_share"] = np.minimum(links / np.maximum(chars, 1), 1)
    found["has_time"] = flag(pc.is_valid(one_array(blocks["datetime"])))
    found["is_html"] = flag(pc.is_valid(one_array(blocks["tag"])))
    return found


@cache
def _markup_names() -> tuple[str, ...]:
    """What tags, ancestors, links and class words say."""
    return (*_MARKUP, *(f"class_{idea}" for idea in markup_ideas()))


@cache
def is_markup(names: tuple[str, ...]) -> NDArray[np.bool_]:
    """Which of the features only pages have: of texts they are zero."""
    markup = {*_markup_names(), *PLACED}
    return np.array([name in markup for name in names])


def _named(coded: Coded, tags: dict[str, frozenset[str]]) -> dict[str, Floats]:
    """1 where the value of the block holds one of the tags."""
    names = {tag: bit for bit, wanted in enumerate(tags.values()) for tag in wanted}
    known = frozenset(names)
    found = [sum({1 << names[tag] for tag in known.intersection(value.split())}) for value in coded.values.to_pylist()]
    bits = coded.told(np.array(found, np.int64), 0)
    return {name: flag(bits >> bit & 1) for bit, name in enumerate(tags)}
