"""Blocks → a matrix of features, one row a block; text and HTML alike, markup columns zero where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.labels.arrays import Floats, Ints, before, distance, flag, number, shift, spans, whole, window
from copydesk.labels.cues import HEAD_CHARS, line_cues, markup_cues
from copydesk.labels.echoes import ECHO_WORDS, echoes, fold_all, repeats, stated, stated_body
from copydesk.labels.hints import Hints
from copydesk.labels.letters import count_letters
from copydesk.labels.tokens import Tokens, split

EDGES = {
    "ends_sentence": r"[.!?…。！？;:]?[.!?…。！？]['\"”’»)\]›]*$",
    "ends_colon": r"[:：]$",
    "ends_dots": r"(\.\.\.|…|\[…\])$",
    "starts_lower": r"^\p{Ll}",
    "starts_quote": r"^['\"“‘«„]",
    "is_bullet": r"^([-–—•*·▪►]|\d{1,2}[.)]) ",
    "pipes": r" [|•·»›>] ",
}
EDGE_CHARS = 8
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
WORDS_LOG_BASE = 200  # words that make the feature 1
ANCESTORS = ("article", "main", "aside", "nav", "footer", "header", "figure", "blockquote", "table", "form", "ul", "ol", "button")


class Features(NamedTuple):
    """Named columns and the matrix of them: blocks × features, float32."""

    names: tuple[str, ...]
    matrix: Floats
    words: Tokens  # of the text
    class_words: Tokens

    def select(self, names: Sequence[str]) -> Floats:
        """The columns `names`, in their order."""
        at = {name: i for i, name in enumerate(self.names)}
        return self.matrix[:, [at[name] for name in names]]


def features(blocks: pa.Table, hints: Hints) -> Features:
    """Everything the labeller looks at, for blocks in document order."""
    text = blocks["text"].combine_chunks()
    owner = blocks["document"].to_numpy().astype(np.int64)
    shape = _shape(text)
    columns = {**shape, **line_cues(text)}
    columns |= _line_products(columns)
    columns |= _position(columns, owner)
    columns |= _neighbours(columns, owner)
    folded = fold_all(text, hints)
    tokens = split(folded.words)
    columns |= echoes(tokens.opening(ECHO_WORDS), columns, owner) | stated(folded, owner, columns["length"])
    class_words = split(blocks["words"].combine_chunks())
    columns |= _markup(blocks, shape["chars"]) | markup_cues(class_words)
    columns |= stated_body(folded, owner)
    # The articles of one day share its date line, and those of one agency its byline: that they repeat says nothing of them.
    signed = np.maximum(columns["is_date_line"], columns["is_byline"])
    columns |= {"repeats_in_document": repeats(text, owner), "repeats_in_dump": hints.repetition * (1 - signed)}
    columns |= _linked_below(columns)
    del columns["chars"], columns["length"]
    matrix = np.stack(list(columns.values()), axis=1).astype(np.float32)
    return Features(tuple(columns), matrix, tokens, class_words)


def _linked_below(columns: dict[str, Floats]) -> dict[str, Floats]:
    """A line above the text that comes again further down: a headline whose own rail links to it, not a menu of the dump."""
    headline = columns["repeats_in_document"] * columns["before_text"] * (columns["is_short"] + columns["is_medium"])
    return {"linked_below": headline * columns["near_start"]}


def _shape(text: pa.Array) -> dict[str, Floats]:
    """Length, letters and ends of each block."""
    found = count_letters(text)
    chars, words = found["chars"], found["words"] + found["cjk"] / CJK_PER_WORD
    return {
        "chars": chars,
        "length": words,
        "words_log": np.log1p(words) / np.log(WORDS_LOG_BASE),
        "is_tiny": flag(words <= 3),
        "is_short": flag((words > 3) & (words <= 18)),
        "is_medium": flag((words > 18) & (words <= 35)),
        "is_long": flag(words > 35),
        "has_sentences": flag(found["sentences"] > 0),
        "commas": np.minimum(found["commas"] / 4, 1),
        "digits": found["digits"] / np.maximum(chars, 1),
        "capitals": found["capitals"] / np.maximum(found["letters"], 1),
        "capitalised": np.minimum(found["capitalised"] / np.maximum(words, 1), 1),
        **_edges(text),
    }


def _edges(text: pa.Array) -> dict[str, Floats]:
    """How each block begins and ends."""
    head, tail = pc.utf8_slice_codeunits(text, 0, EDGE_CHARS), pc.utf8_slice_codeunits(text, -EDGE_CHARS, None)
    wheres = {
        "starts_lower": head,
        "starts_quote": head,
        "is_bullet": head,
        "pipes": pc.utf8_slice_codeunits(text, 0, HEAD_CHARS),
    }
    return {name: flag(pc.match_substring_regex(wheres.get(name, tail), pattern)) for name, pattern in EDGES.items()}


def _line_products(columns: dict[str, Floats]) -> dict[str, Floats]:
    """Cues that mean something only together with a line's length or end."""
    brief = flag(columns["length"] <= 14)
    sentence = columns["ends_sentence"] * flag(columns["length"] >= 7)
    return {
        "is_sentence": sentence,
        "is_fragment": (1 - columns["ends_sentence"]) * flag(columns["length"] >= 4),
        "is_date_line": brief * columns["says_date"],
        "is_byline": brief * columns["says_byline"] * (1 - columns["ends_sentence"]),
        "is_agency_line": flag(columns["length"] <= 5) * columns["says_agency"],
        "is_promo_line": flag(columns["length"] <= 22) * columns["says_promo"],
    }


def _position(columns: dict[str, Floats], owner: Ints) -> dict[str, Floats]:
    """Where a block stands in its document, and against the document's sentences."""
    _, lengths = spans(owner)
    size = np.repeat(lengths, lengths).astype(np.float32)
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
    found = {}
    for name in ("is_sentence", "is_fragment", "is_tiny", "is_short", "says_credit", "is_date_line", "says_related", "says_more"):
        found[f"prev_{name}"] = shift(columns[name], -1, owner)
        found[f"next_{name}"] = shift(columns[name], 1, owner)
    found["sentences_back"] = window(columns["is_sentence"], -4, owner) / 4
    found["sentences_ahead"] = window(columns["is_sentence"], 4, owner) / 4
    found["fragments_back"] = window(columns["is_fragment"], -6, owner) / 6
    found["fragments_ahead"] = window(columns["is_fragment"], 6, owner) / 6
    found["rail_opened"] = flag(before(columns["says_related"] * (1 - columns["ends_sentence"]), owner) > 0)
    found["before_credit"] = found["next_says_credit"] * (1 - columns["says_credit"]) * flag(columns["length"] > 3)
    return found


def _markup(blocks: pa.Table, chars: Floats) -> dict[str, Floats]:
    """Tags, ancestors, class words and links; all zero for text."""
    tag = pc.fill_null(blocks["tag"].combine_chunks(), "")
    ancestors = pc.dictionary_encode(blocks["ancestors"].combine_chunks())
    links = number(pc.fill_null(blocks["link_chars"].combine_chunks(), 0))
    found = {f"tag_{name}": flag(pc.is_in(tag, pa.array(tags))) for name, tags in TAGS.items()}
    for name in ANCESTORS:
        hit = np.append(flag(pc.match_substring_regex(ancestors.dictionary, rf"(?:^| ){name}(?: |$)")), np.float32(0))
        found[f"in_{name}"] = hit[pc.fill_null(ancestors.indices, len(hit) - 1).to_numpy(zero_copy_only=False)]
    found["link_share"] = np.minimum(links / np.maximum(chars, 1), 1)
    found["has_time"] = flag(pc.is_valid(blocks["datetime"].combine_chunks()))
    found["is_html"] = flag(pc.is_valid(blocks["tag"].combine_chunks()))
    return found
