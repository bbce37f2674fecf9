"""What a line, or the class words around it, says by its wording; the word lists are in cues.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.labels.arrays import Floats
from copydesk.labels.tokens import Tokens

CAPITAL = r"\p{Lu}"
HEAD_CHARS = 120  # cues open or fill a short line; a long paragraph is not searched to its end
TAIL_CHARS = 120  # a credit closes a caption
AT_THE_END = frozenset({"credit"})


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("copydesk.labels").joinpath("cues.toml").read_text("utf-8"))


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
        exact = [f"(?:{p})" for p in patterns if CAPITAL in p]
        folded = [f"(?:{_lower(p)})" for p in patterns if CAPITAL not in p]
        found += [(idea, "|".join(part), is_exact) for part, is_exact in ((exact, True), (folded, False)) if part]
    return found


def _lower(pattern: str) -> str:
    """The expression with its letters, but not its classes, in lower case."""
    return re.sub(r"(\\p\{\w+\}|\\p\w|\\.)|(.)", lambda m: m[1] or m[2].lower(), pattern)


def line_cues(text: pa.Array) -> dict[str, Floats]:
    """For each cue, 1 where the text shows it."""
    head = pc.utf8_slice_codeunits(text, 0, HEAD_CHARS)
    tail = pc.utf8_slice_codeunits(text, -TAIL_CHARS, None)
    lines = {(False, True): head, (True, True): tail, (False, False): pc.utf8_lower(head), (True, False): pc.utf8_lower(tail)}
    found: dict[str, Floats] = {}
    for idea, pattern, exact in _expressions():
        hit = _matches(lines[idea in AT_THE_END, exact], pattern)
        found[f"says_{idea}"] = np.maximum(found.get(f"says_{idea}", 0), hit)
    return found


def markup_cues(words: Tokens) -> dict[str, Floats]:
    """For each cue, 1 where one of the class or id words around the block is in its list; whole words only."""
    found = {}
    for idea, listed in _table()["markup"].items():
        hit = pc.is_in(words.vocabulary, pa.array(listed)).to_numpy(zero_copy_only=False)
        number = np.bincount(words.block[hit[words.code]], minlength=len(words.counts))
        found[f"class_{idea}"] = (number > 0).astype(np.float32)
    return found


def _matches(text: pa.Array, pattern: str) -> Floats:
    found = pc.fill_null(pc.match_substring_regex(text, pattern), False)
    result: Floats = found.to_numpy(zero_copy_only=False).astype(np.float32)
    return result
