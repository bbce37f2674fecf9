"""Blocks → a matrix of features, one row a block; text and HTML alike, markup columns zero where there is none."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.labels.arrays import Floats, Ints, before, distance, shift, spans, whole, window
from copydesk.labels.cues import line_cues, markup_cues
from copydesk.labels.tokens import covers, shared_with, tokenize

SENTENCE_END = r"[.!?…。！？;:]?[.!?…。！？]['\"”’»)\]›]*$"
INNER_SENTENCE = r"[.!?…]['\"”’»)]*\s+['\"“‘«„(]*\p{Lu}|[。！？]."
CJK = r"[\x{3040}-\x{30ff}\x{3400}-\x{4dbf}\x{4e00}-\x{9fff}\x{ac00}-\x{d7af}\x{e00}-\x{eff}]"
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
ANCESTORS = ("article", "main", "aside", "nav", "footer", "header", "figure", "blockquote", "table", "form", "ul", "ol", "button")


class Features(NamedTuple):
    """Named columns and the matrix of them: blocks × features, float32."""

    names: tuple[str, ...]
    matrix: Floats


def features(blocks: pa.Table, hints: Hints) -> Features:
    """Everything the labeller looks at, for blocks in document order."""
    text = blocks["text"].combine_chunks()
    owner = blocks["document"].to_numpy().astype(np.int64)
    shape = _shape(text)
    columns = {**shape, **line_cues(text)}
    columns |= _line_products(columns)
    columns |= _position(columns, owner)
    columns |= _neighbours(columns, owner)
    columns |= _echoes(text, columns, owner, hints)
    columns |= _markup(blocks, shape["chars"])
    columns |= {"repeats_in_document": _repeats(text, owner), "repeats_in_dump": hints.repetition}
    columns |= _linked_below(columns)
    del columns["chars"], columns["length"]
    return Features(tuple(columns), np.stack(list(columns.values()), axis=1).astype(np.float32))


def _linked_below(columns: dict[str, Floats]) -> dict[str, Floats]:
    """A line above the text that comes again further down: a headline whose own rail links to it, not a menu of the dump."""
    headline = columns["repeats_in_document"] * columns["before_text"] * (columns["is_short"] + columns["is_medium"])
    return {"linked_below": headline * columns["near_start"]}


class Hints(NamedTuple):
    """What is known of blocks from outside their own document."""

    repetition: Floats  # share of the group's other documents that hold the same line
    titles: pa.Array  # the title the page states, by block, or null
    descriptions: pa.Array  # the summary it states, by block, or null


def _shape(text: pa.Array) -> dict[str, Floats]:
    """Length and letters of each block."""
    chars = _number(pc.utf8_length(text))
    cjk = _number(pc.count_substring_regex(text, CJK))
    words = _number(pc.count_substring_regex(text, r"\S+")) + cjk / CJK_PER_WORD
    letters = np.maximum(_number(pc.count_substring_regex(text, r"\pL")), 1)
    capitals = _number(pc.count_substring_regex(text, r"\p{Lu}"))
    capitalised = _number(pc.count_substring_regex(text, r"(?:^|\s)['\"“‘«„(]*\p{Lu}"))
    return {
        "chars": chars,
        "length": words,
        "words_log": np.log1p(words) / np.log(200),
        "is_tiny": _flag(words <= 3),
        "is_short": _flag((words > 3) & (words <= 18)),
        "is_medium": _flag((words > 18) & (words <= 35)),
        "is_long": _flag(words > 35),
        "ends_sentence": _flag(pc.match_substring_regex(text, SENTENCE_END)),
        "has_sentences": _flag(pc.match_substring_regex(text, INNER_SENTENCE)),
        "ends_colon": _flag(pc.match_substring_regex(text, r"[:：]$")),
        "ends_dots": _flag(pc.match_substring_regex(text, r"(\.\.\.|…|\[…\])$")),
        "commas": np.minimum(_number(pc.count_substring_regex(text, r"[,，、،;]")) / 4, 1),
        "digits": _number(pc.count_substring_regex(text, r"\pN")) / np.maximum(chars, 1),
        "capitals": capitals / letters,
        "capitalised": np.minimum(capitalised / np.maximum(words, 1), 1),
        "starts_lower": _flag(pc.match_substring_regex(text, r"^\p{Ll}")),
        "starts_quote": _flag(pc.match_substring_regex(text, r"^['\"“‘«„]")),
        "is_bullet": _flag(pc.match_substring_regex(text, r"^([-–—•*·▪►]|\d{1,2}[.)]) ")),
        "pipes": _flag(pc.match_substring_regex(text, r" [|•·»›>] ")),
    }


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


def _echoes(text: pa.Array, columns: dict[str, Floats], owner: Ints, hints: Hints) -> dict[str, Floats]:
    """Texts that say the same: a caption after its alternative text, a standfirst taken up again, the stated title."""
    tokens = tokenize(text)
    count = len(text)
    index = np.arange(count)
    following = np.where(shift(index, 1, owner, empty=-1) > 0, index + 1, -1)
    previous = np.where(shift(index, -1, owner, empty=-1) >= 0, index - 1, -1)
    first = columns["first_sentence"] > 0
    reference = np.full(count, -1)
    starts, lengths = spans(owner)
    at = np.flatnonzero(first)
    reference[:] = np.repeat(_by_document(at, owner, starts), lengths)
    taken_up = covers(tokens, reference)
    taken_up[reference == index] = 0
    again = np.maximum.reduceat(taken_up, starts) if count else taken_up
    enough = _flag(tokens.counts >= 4)
    return {
        "same_as_next": shared_with(tokens, following) * enough,
        "same_as_previous": shared_with(tokens, previous) * enough,
        "taken_up_later": np.where(first, np.repeat(again, lengths), 0),
        "is_stated_title": _same(text, hints.titles),
        "in_stated_title": _inside(text, hints.titles) * _flag(columns["length"] >= 3),
        "is_description": _same(text, hints.descriptions),
    }


def _by_document(at: Ints, owner: Ints, starts: Ints) -> Ints:
    """For each document the block of `at` that lies in it, or -1."""
    out = np.full(len(starts), -1)
    out[np.searchsorted(owner[starts], owner[at])] = at
    return out


def _same(text: pa.Array, stated: pa.Array) -> Floats:
    return _flag(pc.equal(_folded(text), _folded(stated)))


def _inside(text: pa.Array, stated: pa.Array) -> Floats:
    """1 where the stated text begins or ends with the block's: `Headline | Site`, `Site: Headline`."""
    left, right = _folded(text), _folded(stated)
    known = pc.fill_null(pc.is_valid(right), False).to_numpy(zero_copy_only=False)
    out = np.zeros(len(text), np.float32)
    for i in np.flatnonzero(known):
        title = right[i].as_py()
        out[i] = title.startswith(line := left[i].as_py()) or title.endswith(line)
    return out


def _folded(text: pa.Array) -> pa.Array:
    return pc.replace_substring_regex(pc.utf8_lower(text), pattern=r"[^\pL\pN]+", replacement="")


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
    found |= markup_cues(blocks["words"].combine_chunks())
    found["link_share"] = np.minimum(links / np.maximum(chars, 1), 1)
    found["has_time"] = _flag(pc.is_valid(blocks["datetime"].combine_chunks()))
    found["is_html"] = _flag(pc.is_valid(blocks["tag"].combine_chunks()))
    return found


def _number(values: pa.Array) -> Floats:
    return values.to_numpy(zero_copy_only=False).astype(np.float32)


def _flag(values: pa.Array | np.ndarray) -> Floats:
    if isinstance(values, np.ndarray):
        return values.astype(np.float32)
    return pc.fill_null(values, False).to_numpy(zero_copy_only=False).astype(np.float32)
