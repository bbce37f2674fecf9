"""Blocks → a matrix of features, one row a block; text and HTML alike, markup columns zero where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.labels.arrays import Floats, Ints, before, distance, shift, spans, whole, window
from copydesk.labels.cues import HEAD_CHARS, line_cues, markup_cues
from copydesk.labels.letters import count_letters
from copydesk.labels.tokens import Tokens, covers, fold, shared_with, split

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
ECHO_WORDS = 40  # of a block are compared with other blocks; what says the same says so from the start
LEAST_BODY = 200  # characters; some pages repeat their summary as the article's text
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
    folded = _fold(text, hints)
    tokens = split(folded.words)
    columns |= _echoes(tokens.opening(ECHO_WORDS), columns, owner) | _stated(folded, owner, columns["length"])
    class_words = split(blocks["words"].combine_chunks())
    columns |= _markup(blocks, shape["chars"]) | markup_cues(class_words)
    columns |= _stated_body(folded, owner)
    columns |= {"repeats_in_document": _repeats(text, owner), "repeats_in_dump": hints.repetition}
    columns |= _linked_below(columns)
    del columns["chars"], columns["length"]
    matrix = np.stack(list(columns.values()), axis=1).astype(np.float32)
    return Features(tuple(columns), matrix, tokens, class_words)


def _linked_below(columns: dict[str, Floats]) -> dict[str, Floats]:
    """A line above the text that comes again further down: a headline whose own rail links to it, not a menu of the dump."""
    headline = columns["repeats_in_document"] * columns["before_text"] * (columns["is_short"] + columns["is_medium"])
    return {"linked_below": headline * columns["near_start"]}


class Hints(NamedTuple):
    """What is known of blocks from outside their own document."""

    repetition: Floats  # share of the group's other documents that hold the same line
    titles: pa.Array  # the title the page states, by document, or null
    descriptions: pa.Array  # the summary it states, by document, or null
    bodies: pa.Array  # the article's text as the page states it, by document, or null


def _shape(text: pa.Array) -> dict[str, Floats]:
    """Length, letters and ends of each block."""
    found = count_letters(text)
    chars, words = found["chars"], found["words"] + found["cjk"] / CJK_PER_WORD
    return {
        "chars": chars,
        "length": words,
        "words_log": np.log1p(words) / np.log(WORDS_LOG_BASE),
        "is_tiny": _flag(words <= 3),
        "is_short": _flag((words > 3) & (words <= 18)),
        "is_medium": _flag((words > 18) & (words <= 35)),
        "is_long": _flag(words > 35),
        "has_sentences": _flag(found["sentences"] > 0),
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
    return {name: _flag(pc.match_substring_regex(wheres.get(name, tail), pattern)) for name, pattern in EDGES.items()}


def _line_products(columns: dict[str, Floats]) -> dict[str, Floats]:
    """Cues that mean something only together with a line's length or end."""
    brief = _flag(columns["length"] <= 14)
    sentence = columns["ends_sentence"] * _flag(columns["length"] >= 7)
    return {
        "is_sentence": sentence,
        "is_fragment": (1 - columns["ends_sentence"]) * _flag(columns["length"] >= 4),
        "is_date_line": brief * columns["says_date"],
        "is_byline": brief * columns["says_byline"] * (1 - columns["ends_sentence"]),
        "is_agency_line": _flag(columns["length"] <= 5) * columns["says_agency"],
        "is_promo_line": _flag(columns["length"] <= 22) * columns["says_promo"],
    }


def _position(columns: dict[str, Floats], owner: Ints) -> dict[str, Floats]:
    """Where a block stands in its document, and against the document's sentences."""
    _, lengths = spans(owner)
    size = np.repeat(lengths, lengths).astype(np.float32)
    ordinal = before(np.ones(len(owner)), owner)
    sentences = columns["is_sentence"]
    earlier, total = before(sentences, owner), whole(sentences, owner)
    return {
        "is_first": _flag(ordinal == 0),
        "near_start": np.maximum(0, 1 - ordinal / 8),
        "relative": ordinal / np.maximum(size - 1, 1),
        "near_end": np.maximum(0, 1 - (size - 1 - ordinal) / 5),
        "before_text": _flag(earlier == 0),
        "after_text": _flag((earlier + sentences == total) & (total > 0)),
        "first_sentence": sentences * _flag(earlier == 0),
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
    found["rail_opened"] = _flag(before(columns["says_related"] * (1 - columns["ends_sentence"]), owner) > 0)
    found["before_credit"] = found["next_says_credit"] * (1 - columns["says_credit"]) * _flag(columns["length"] > 3)
    return found


def _echoes(tokens: Tokens, columns: dict[str, Floats], owner: Ints) -> dict[str, Floats]:
    """Blocks that say the same: a caption after its alternative text, a standfirst taken up again."""
    count = len(owner)
    index = np.arange(count)
    following = np.where(shift(index, 1, owner, empty=-1) > 0, index + 1, -1)
    previous = np.where(shift(index, -1, owner, empty=-1) >= 0, index - 1, -1)
    first = columns["first_sentence"] > 0
    reference = np.full(count, -1)
    starts, lengths = spans(owner)
    at = np.flatnonzero(first)
    reference[:] = np.repeat(_by_document(at, owner, starts), lengths)
    known = tokens.keys()
    taken_up = covers(tokens, known, reference)
    taken_up[reference == index] = 0
    again = np.maximum.reduceat(taken_up, starts) if count else taken_up
    enough = _flag(tokens.counts >= 4)
    return {
        "same_as_next": shared_with(tokens, known, following) * enough,
        "same_as_previous": shared_with(tokens, known, previous) * enough,
        "taken_up_later": np.where(first, np.repeat(again, lengths), 0),
    }


def _stated(folded: _Folded, owner: Ints, length: Floats) -> dict[str, Floats]:
    """Blocks that are the title or the summary that the page states, or part of that title."""
    titles, descriptions = folded.titles.take(pa.array(owner)), folded.descriptions.take(pa.array(owner))
    return {
        "is_stated_title": _same(folded.lines, titles),
        "in_stated_title": _inside(folded.lines, titles) * _flag(length >= 3),
        "is_description": _same(folded.lines, descriptions),
    }


def _by_document(at: Ints, owner: Ints, starts: Ints) -> Ints:
    """For each document the block of `at` that lies in it, or -1."""
    out = np.full(len(starts), -1)
    out[np.searchsorted(owner[starts], owner[at])] = at
    return out


def _same(text: pa.Array, stated: pa.Array) -> Floats:
    return _flag(pc.equal(text, stated))


def _inside(text: pa.Array, stated: pa.Array) -> Floats:
    """1 where the stated text begins or ends with the block's: `Headline | Site`, `Site: Headline`."""
    pairs = zip(text.to_pylist(), stated.to_pylist(), strict=True)
    return np.array([title is not None and (title.startswith(line) or title.endswith(line)) for line, title in pairs], np.float32)


class _Folded(NamedTuple):
    """Blocks, and what pages state, as letters and figures alone, so that they can be compared."""

    words: pa.Array  # of the blocks, with spaces between them
    lines: pa.Array  # without
    titles: pa.Array
    descriptions: pa.Array
    bodies: pa.Array


def _fold(text: pa.Array, hints: Hints) -> _Folded:
    """Everything in one call: an expression costs milliseconds before its first letter."""
    parts = (text, hints.titles, hints.descriptions, hints.bodies)
    words = fold(pa.concat_arrays(parts))
    bare = pc.replace_substring(words, pattern=" ", replacement="")
    edges = np.cumsum([0, *map(len, parts)]).tolist()
    return _Folded(words.slice(0, len(text)), *(bare.slice(low, high - low) for low, high in pairwise(edges)))


def _stated_body(folded: _Folded, owner: Ints) -> dict[str, Floats]:
    """Whether the page states an article's text, and whether the block stands in it; such texts are often cut short."""
    bodies = folded.bodies.to_pylist()
    stated = np.array([body is not None and len(body) >= LEAST_BODY for body in bodies], bool)[owner]
    inside = np.zeros(len(owner), np.float32)
    rows = np.flatnonzero(stated)
    for i, line in zip(rows, folded.lines.take(pa.array(rows)).to_pylist(), strict=True):
        inside[i] = len(line) >= 3 and line in bodies[owner[i]]
    return {"states_body": _flag(stated), "in_stated_body": inside}


def _repeats(text: pa.Array, owner: Ints) -> Floats:
    """1 where the same text stands again in the document."""
    encoded = pc.dictionary_encode(text)
    key = owner * (len(encoded.dictionary) + 1) + encoded.indices.to_numpy(zero_copy_only=False)
    _, inverse, counts = np.unique(key, return_inverse=True, return_counts=True)
    return _flag(counts[inverse] > 1)


def _markup(blocks: pa.Table, chars: Floats) -> dict[str, Floats]:
    """Tags, ancestors, class words and links; all zero for text."""
    tag = pc.fill_null(blocks["tag"].combine_chunks(), "")
    ancestors = pc.dictionary_encode(blocks["ancestors"].combine_chunks())
    links = _number(pc.fill_null(blocks["link_chars"].combine_chunks(), 0))
    found = {f"tag_{name}": _flag(pc.is_in(tag, pa.array(tags))) for name, tags in TAGS.items()}
    for name in ANCESTORS:
        hit = np.append(_flag(pc.match_substring_regex(ancestors.dictionary, rf"(?:^| ){name}(?: |$)")), np.float32(0))
        found[f"in_{name}"] = hit[pc.fill_null(ancestors.indices, len(hit) - 1).to_numpy(zero_copy_only=False)]
    found["link_share"] = np.minimum(links / np.maximum(chars, 1), 1)
    found["has_time"] = _flag(pc.is_valid(blocks["datetime"].combine_chunks()))
    found["is_html"] = _flag(pc.is_valid(blocks["tag"].combine_chunks()))
    return found


def _number(values: pa.Array) -> Floats:
    result: Floats = values.to_numpy(zero_copy_only=False).astype(np.float32)
    return result


def _flag(values: pa.Array | np.ndarray) -> Floats:
    if isinstance(values, np.ndarray):
        return values.astype(np.float32)
    result: Floats = pc.fill_null(values, False).to_numpy(zero_copy_only=False).astype(np.float32)
    return result
