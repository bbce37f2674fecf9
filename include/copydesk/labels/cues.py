"""What a line, or the class words around it, says by its wording; the word lists are in cues.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.labels.arrays import Floats

HEAD_CHARS = 160  # cues open or fill a short line; a long paragraph is not searched to its end
TAIL_CHARS = 120  # a credit closes a caption
AT_THE_END = frozenset({"credit"})


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("copydesk.labels").joinpath("cues.toml").read_text("utf-8"))


@cache
def line_patterns() -> dict[str, str]:
    """One expression a cue. Case is folded except where an entry asks for capitals."""
    folded = {idea: [p if r"\p{Lu}" in p else f"(?i:{p})" for p in patterns] for idea, patterns in _table()["line"].items()}
    return {idea: "|".join(f"(?:{p})" for p in patterns) for idea, patterns in folded.items()}


def line_cues(text: pa.Array) -> dict[str, Floats]:
    """For each cue, 1 where the text shows it."""
    head = pc.utf8_slice_codeunits(text, 0, HEAD_CHARS)
    tail = pc.utf8_slice_codeunits(text, -TAIL_CHARS, None)
    found = {}
    for idea, pattern in line_patterns().items():
        where = tail if idea in AT_THE_END else head
        found[f"says_{idea}"] = _matches(where, pattern)
    return found


def markup_cues(words: pa.Array) -> dict[str, Floats]:
    """For each cue, 1 where one of the class or id words around the block is in its list; whole words only."""
    distinct = pc.dictionary_encode(words)
    found = {}
    for idea, listed in _table()["markup"].items():
        hit = _matches(distinct.dictionary, rf"(?:^| )(?:{'|'.join(listed)})(?: |$)")
        found[f"class_{idea}"] = _spread(hit, distinct)
    return found


def _spread(values: Floats, encoded: pa.DictionaryArray) -> Floats:
    """The value of each row's dictionary entry; 0 where the row is null."""
    indices = pc.fill_null(encoded.indices, len(values)).to_numpy(zero_copy_only=False)
    return np.append(values, np.float32(0))[indices]


def _matches(text: pa.Array, pattern: str) -> Floats:
    found = pc.fill_null(pc.match_substring_regex(text, pattern), False)
    return found.to_numpy(zero_copy_only=False).astype(np.float32)
