"""What a line, or the class words around it, says by its wording; the word lists are in cues.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.expressions import uncaptured
from copydesk.labels.arrays import Floats, Ints, flag, true_at
from copydesk.labels.texts.characters import CJK, KNOWN, Flags, Hashes, characters
from copydesk.labels.texts.lookup import LASTING, Lookup
from copydesk.labels.texts.tokens import Tokens, hashed, words

CAPITAL = "[A-ZÀ-ÞĄĆĘŁŃŚŹŻΆ-ΏΑ-ΩЁА-Я]"  # the class \p{Lu} takes longer to compile than most searches with it last
HEAD_CHARS = 120  # cues open or fill a short line; a long paragraph is not searched to its end
TAIL_CHARS = 120  # a credit closes a caption
OPENING_WORDS = 5  # hold a word by which an opening is known
FEW = 30  # lines that Python searches while Arrow, which keeps no expression, compiles it
FEW_OPENINGS = 3_000  # the same for what stands at the start of a line or not at all: there Python has a line done at once
IGNORED_CASE = "(?i"  # beyond ASCII, Python and RE2 differ on it
AT_THE_END = frozenset({"credit"})
COUNTED = {"0": "digits", "(": "marks"}  # what a cue may need in place of a word
SPACELESS = "中"  # a cue with entries in scripts without spaces needs a letter of those entries, or a word between such letters


class Triggers(NamedTuple):
    """Words by the ideas they speak of: a bit for each idea, in the order of the lists."""

    words: Lookup
    bits: Hashes

    @classmethod
    def of(cls, lists: Mapping[str, list[str]]) -> Triggers:
        """The triggers that words listed by idea make."""
        bits: dict[str, int] = {}
        for place, listed in enumerate(lists.values()):
            for word in listed:
                bits[word] = bits.get(word, 0) | 1 << place
        return cls(Lookup.of(hashed(list(bits)), LASTING), np.array(list(bits.values()), np.uint64))

    def ideas(self, tokens: Tokens, opening: int = 0) -> Hashes:
        """For each text the bits of the ideas that its words speak of; those in `opening` only if its first words do."""
        hit, place = self.words.hits(tokens.code)
        bits, text = self.bits[place], tokens.texts()[hit]
        late = hit - (np.cumsum(tokens.counts) - tokens.counts)[text] >= OPENING_WORDS
        bits[late] &= ~np.uint64(opening)
        found = np.zeros(len(tokens.counts), np.uint64)
        np.bitwise_or.at(found, text, bits)
        return found


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("copydesk.labels.features").joinpath("cues.toml").read_text("utf-8"))


@cache
def line_patterns() -> dict[str, str]:
    """One expression a cue. Case is folded except where an entry asks for capitals."""
    folded = {idea: [p if CAPITAL in p else f"(?i:{p})" for p in patterns] for idea, patterns in _table()["line"].items()}
    return {idea: "|".join(f"(?:{p})" for p in patterns) for idea, patterns in folded.items()}


@cache
def _expressions() -> list[tuple[str, str, bool]]:
    """The same for text in lower case, which costs a third of folding; entries that ask for capitals come apart, marked."""
    found = []
    for idea, patterns in _table()["line"].items():
        exact = [f"(?:{uncaptured(p)})" for p in patterns if CAPITAL in p]
        folded = [f"(?:{uncaptured(_lower(p))})" for p in patterns if CAPITAL not in p]
        found += [(idea, "|".join(part), is_exact) for part, is_exact in ((exact, True), (folded, False)) if part]
    return found


def _lower(pattern: str) -> str:
    """The expression with its letters, but not its classes, in lower case."""
    return re.sub(r"(\\.)|(.)", lambda m: m[1] or m[2].lower(), pattern)


def line_cues(text: pa.Array, tokens: Tokens, counts: Mapping[str, Floats]) -> dict[str, Floats]:
    """For each cue, 1 where the text shows it; `tokens` and `counts` are the text's words and letters."""
    asked, worth = _worth_trying(text, tokens, counts)
    found = {f"says_{idea}": np.zeros(len(text), np.float32) for idea in _table()["line"]}
    text = text.take(pa.array(asked))
    head = pc.utf8_slice_codeunits(text, 0, HEAD_CHARS)
    lower = pc.utf8_lower(head)
    for idea, pattern, exact in _expressions():
        rows = worth.get(idea)
        if rows is not None:
            at_the_end = idea in AT_THE_END
            part = (text if at_the_end else head if exact else lower).take(pa.array(rows))
            hit = _matches(_tail(part, exact) if at_the_end else part, pattern, FEW_OPENINGS if idea in _openings() else FEW)
            found[f"says_{idea}"][asked[rows[hit]]] = 1
    return found


def _tail(text: pa.Array, exact: bool) -> pa.Array:
    tail = pc.utf8_slice_codeunits(text, -TAIL_CHARS, None)
    return tail if exact else pc.utf8_lower(tail)


def _matches(text: pa.Array, pattern: str, few: int) -> Flags:
    if len(text) <= few:
        lines, search = text.to_pylist(), _compiled(pattern).search
        if IGNORED_CASE not in pattern or all(map(str.isascii, lines)):
            return np.fromiter((search(line) is not None for line in lines), bool, len(lines))
    result: Flags = pc.match_substring_regex(text, pattern).to_numpy(zero_copy_only=False)
    return result


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)  # as RE2 understands words and figures


def _worth_trying(text: pa.Array, tokens: Tokens, counts: Mapping[str, Floats]) -> tuple[Ints, dict[str, Ints]]:
    """The texts that hold anything of what a cue needs, and for each cue, if any, which of them: an expression costs a hundred times as much."""
    bits = _needed_words().ideas(tokens, _opening_bits())
    spaceless = true_at(counts["cjk"] > 0)
    if len(spaceless):
        bits[spaceless] |= _ideas_without_spaces(text.take(pa.array(spaceless)))
    for sign, name in COUNTED.items():
        bits[counts[name] > 0] |= np.uint64(_needing(sign))
    asked = bits.nonzero()[0]
    bits = bits[asked]
    met = int(np.bitwise_or.reduce(bits))
    ideas = ((place, idea) for place, idea in enumerate(_table()["needs"]) if met >> place & 1)
    return asked, {idea: (bits & np.uint64(1 << place)).nonzero()[0] for place, idea in ideas}


@cache
def _needing(sign: str) -> int:
    """The bits of the ideas that need the sign."""
    return sum(1 << place for place, needed in enumerate(_table()["needs"].values()) if sign in needed)


def _ideas_without_spaces(text: pa.Array) -> Hashes:
    """The same for texts with letters that stand without spaces, by those letters, and by the words glued to them."""
    found = []
    for part in characters(text):
        letters = _needed_letters().take(part.points, mode="clip")
        found.append(np.bitwise_or.reduceat(letters, part.starts) | _needed_words().ideas(words(part, apart=CJK)))
    result: Hashes = np.concatenate(found) & np.uint64(_needing(SPACELESS))
    return result


@cache
def _needed_letters() -> Hashes:
    """For each code point the bits of the ideas with an entry that it stands in."""
    bits = np.zeros(KNOWN, np.uint64)
    for place, idea in enumerate(_table()["needs"]):
        letters = [ord(letter) for letter in set("".join(_table()["line"][idea])) if letter > "\u0e00"]
        bits[letters] |= np.uint64(1 << place)
    return bits


@cache
def _openings() -> frozenset[str]:
    """The ideas that a line shows from its start or not at all."""
    return frozenset(idea for idea, patterns in _table()["line"].items() if all(p.startswith("^") for p in patterns))


@cache
def _opening_bits() -> int:
    return sum(1 << place for place, idea in enumerate(_table()["needs"]) if idea in _openings())


@cache
def _needed_words() -> Triggers:
    return Triggers.of(
        {idea: [word for word in needed if word not in (*COUNTED, SPACELESS)] for idea, needed in _table()["needs"].items()}
    )


@cache
def _markup_words() -> Triggers:
    return Triggers.of(_table()["markup"])


def markup_ideas() -> tuple[str, ...]:
    """What class and id words may speak of."""
    return tuple(_table()["markup"])


def markup_cues(words: Tokens) -> dict[str, Floats]:
    """For each cue, 1 where one of the class or id words around the block is in its list; whole words only."""
    if not len(words.code):
        return dict.fromkeys([f"class_{idea}" for idea in _table()["markup"]], np.zeros(len(words.text), np.float32))
    bits = _markup_words().ideas(words)[words.text]
    return {f"class_{idea}": flag(bits & np.uint64(1 << place) > 0) for place, idea in enumerate(_table()["markup"])}
