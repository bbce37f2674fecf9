"""Features that compare texts: with other blocks of the document, and with what the page states of itself."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.labels.arrays import Floats, Ints, flag, shift, spans, true_at
from copydesk.labels.features.hints import Hints
from copydesk.labels.texts.characters import Bare, Flags, Hashes, bare, keyed
from copydesk.labels.texts.lookup import Lookup
from copydesk.labels.texts.tokens import Tokens, tokenize

ECHO_WORDS = 40  # of a block are compared with other blocks; what says the same says so from the start
PART_WORDS = 30_000
SKETCHED = (58, 52)  # bits of a word's number; of two paragraphs, a quarter of the words are alike in both
LEAST_WORDS = 4  # of a block that can echo another
LEAST_BODY = 200  # characters; some pages repeat their summary as the article's text
LEAST_LINE = 3  # characters


def echoes(tokens: Tokens, columns: dict[str, Floats], owner: Ints) -> dict[str, Floats]:
    """Blocks that say the same: a caption after its alternative text, a standfirst taken up again."""
    tokens = tokens.opening(ECHO_WORDS)
    block, place = tokens.by_block()
    code = tokens.code[place]
    return _neighbours(tokens, block, code, owner) | _taken_up(block, code, columns["first_sentence"] > 0, owner)


def _neighbours(tokens: Tokens, block: Ints, code: Hashes, owner: Ints) -> dict[str, Floats]:
    """Share of each block's words that stand in the next one, and in the one before."""
    counts = tokens.counts[tokens.text]
    enough = counts >= LEAST_WORDS
    block, code, may = _sieved(tokens, block, code, owner)
    shares = {step: np.zeros(len(block), bool) for step in may}
    for part in _parts(block, owner):
        of, words = block[part], code[part]
        known = Lookup.of(keyed(words, of))
        for step, hit in may.items():
            use = true_at(hit[part] & enough[of])
            shares[step][part][use] = known.holds(keyed(words[use], of[use] + step))
    counted = {step: np.bincount(block[true_at(hit)], minlength=len(owner)) for step, hit in shares.items()}
    share = {step: (number / np.maximum(counts, 1)).astype(np.float32) for step, number in counted.items()}
    return {"same_as_next": share[1], "same_as_previous": share[-1]}


def _parts(block: Ints, owner: Ints) -> Iterator[slice]:
    """The words of some documents at a time, so that a table of them stays in the processor's cache."""
    starts, _ = spans(owner)
    first = block.searchsorted(starts)
    part = first // PART_WORDS
    edges = [*first[:1].tolist(), *first[1:][part[1:] != part[:-1]].tolist(), len(block)]
    yield from map(slice, edges[:-1], edges[1:])


def _sieved(tokens: Tokens, block: Ints, code: Hashes, owner: Ints) -> tuple[Ints, Hashes, dict[int, Flags]]:
    """The words that may stand in the next block or in the one before, and in which: of few do both sketches say so."""
    may = {step: np.ones(len(block), bool) for step in (1, -1)}
    for place in SKETCHED:
        sketch, bit = _sketches(tokens, place)[tokens.text], _bits(code, place)
        may = {step: hit & (shift(sketch, step, owner).take(block) & bit != 0) for step, hit in may.items()}
        some = true_at(may[1] | may[-1])
        block, code, may = block[some], code[some], {step: hit[some] for step, hit in may.items()}
    return block, code, may


def _bits(code: Hashes, place: int) -> Hashes:
    """For each word the one of 64 bits that is named by what stands at `place` in its number."""
    return np.uint64(1) << (code >> np.uint64(place) & np.uint64(63))


def _sketches(tokens: Tokens, place: int) -> Hashes:
    """The bits of all words of each text."""
    out = np.zeros(len(tokens.counts), np.uint64)
    some = true_at(tokens.counts)
    if len(some):
        out[some] = np.bitwise_or.reduceat(_bits(tokens.code, place), (np.cumsum(tokens.counts) - tokens.counts)[some])
    return out


def _taken_up(block: Ints, code: Hashes, first: np.ndarray, owner: Ints) -> dict[str, Floats]:
    """For the first sentence of a document, the largest share of its words that one other block says again."""
    key, asked = code + keyed(np.zeros(len(owner), np.uint64), owner).take(block), true_at(first.take(block))
    words, at = np.unique(key[asked], return_index=True)
    asking = block[asked]
    hit, place = Lookup.of(words).hits(key)
    others = true_at(~first[block[hit]])
    number = _number_within(asking)[at]  # of each word in its sentence, which has no more than ECHO_WORDS: a bit each
    said = _distinct(block[hit[others]], number[place[others]], len(owner))
    starts, lengths = spans(owner)
    most = np.repeat(np.maximum.reduceat(said, starts), lengths) if len(starts) else said
    total = np.bincount(owner[asking[at]], minlength=int(owner.max(initial=0)) + 1)[owner]
    return {"taken_up_later": (most * first / np.maximum(total, 1)).astype(np.float32)}


def _number_within(block: Ints) -> Ints:
    """The place of each word among those of its block."""
    starts, lengths = spans(block)
    return np.arange(len(block)) - np.repeat(starts, lengths)


def _distinct(block: Ints, bit: Ints, count: int) -> Ints:
    """How many different bits the words of each of `count` blocks have."""
    out = np.zeros(count, np.int64)
    if len(block):
        starts, _ = spans(block)
        out[block[starts]] = np.bitwise_count(np.bitwise_or.reduceat(np.uint64(1) << bit.astype(np.uint64), starts))
    return out


def stated(tokens: Tokens, hints: Hints, owner: Ints, length: Floats) -> dict[str, Floats]:
    """Blocks that are the title or the summary that the page states, or part of that title."""
    names = ("is_stated_title", "in_stated_title", "is_description")
    if hints.titles.null_count + hints.descriptions.null_count == 2 * len(hints.titles):
        return dict.fromkeys(names, np.zeros(len(owner), np.float32))
    joined, sizes = tokens.joined()
    line, size = joined[tokens.text], sizes[tokens.text]
    title, summary = Bare.of(hints.titles), Bare.of(hints.descriptions)
    opens = title.opens(owner, line, size)
    inside = (opens | title.closes(owner, line, size)) & (length >= 3)
    is_summary = summary.opens(owner, line, size) & (size == summary.lengths[owner])
    return dict(zip(names, map(flag, (opens & (size == title.lengths[owner]), inside, is_summary)), strict=True))


def stated_body(text: pa.Array, tokens: Tokens, hints: Hints, owner: Ints) -> dict[str, Floats]:
    """Whether the page states an article's text, and whether the block stands in it; such texts are often cut short."""
    inside = np.zeros(len(owner), np.float32)
    if hints.bodies.null_count == len(hints.bodies):
        return {"states_body": inside, "in_stated_body": inside}
    bodies = bare(hints.bodies)
    stated = np.array([len(body) >= LEAST_BODY for body in bodies], bool)[owner]
    rows = true_at(stated & _may_stand_in(tokens, hints.bodies, owner)) if stated.any() else np.zeros(0, np.int64)
    lines = bare(text.take(pa.array(tokens.text[rows])))
    inside[rows] = [len(line) >= LEAST_LINE and line in bodies[at] for at, line in zip(owner[rows].tolist(), lines, strict=True)]
    return {"states_body": flag(stated), "in_stated_body": inside}


def _may_stand_in(tokens: Tokens, bodies: pa.Array, owner: Ints) -> np.ndarray:
    """Whether the second word of each block, or its only one, is one of the body of its document; the first may be glued to another."""
    known = tokenize(bodies)
    number, place = known.by_block()
    words = Lookup.of(keyed(known.code[place], number))
    some = tokens.counts > 0
    second = np.zeros(len(some), np.uint64)
    second[some] = tokens.code[(np.cumsum(tokens.counts) - tokens.counts + (tokens.counts > 1))[some]]
    return words.holds(keyed(second[tokens.text], owner)) & some[tokens.text]


def repeats(text: Ints, owner: Ints) -> Floats:
    """1 where the same text stands again in the document; `text` is the number of each block's text."""
    again = np.zeros(len(text), np.float32)
    some = true_at(np.bincount(text)[text] > 1)  # most texts stand once, in whatever document
    key = owner[some] * (int(text.max(initial=0)) + 1) + text[some]
    encoded = pc.dictionary_encode(pa.array(key)).indices.to_numpy()
    again[some] = np.bincount(encoded)[encoded] > 1
    return again
