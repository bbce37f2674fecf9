"""What letters a block is made of, counted over all blocks at once: one look at each character instead of an expression a question."""

from __future__ import annotations

import unicodedata
from functools import cache

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from copydesk.labels.arrays import Floats, Ints

KNOWN = 0x30000  # code points beyond are rare letters, taken as the last of these
LETTER, CAPITAL, DIGIT, SPACE, CJK, COMMA, OPENER, CLOSER, TERMINAL, FULL_STOP = (1 << i for i in range(10))
SIGNS = {
    SPACE: " \t\n\f\r",
    COMMA: ",，、،;",
    OPENER: "'\"“‘«„(",
    CLOSER: "'\"”’»)",
    TERMINAL: ".!?…",
    FULL_STOP: "。！？",
}
CJK_RANGES = ((0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7AF), (0xE00, 0xEFF))

Bits = NDArray[np.uint16]


@cache
def _kinds() -> Bits:
    """What each code point is, as bits."""
    categories = [unicodedata.category(chr(i)) for i in range(KNOWN)]
    kinds = np.zeros(KNOWN, np.uint16)
    for i, category in enumerate(categories):
        if category[0] == "L":
            kinds[i] = LETTER | (CAPITAL if category == "Lu" else 0)
        elif category[0] == "N":
            kinds[i] = DIGIT
    for bit, signs in SIGNS.items():
        kinds[[ord(sign) for sign in signs]] |= np.uint16(bit)
    for low, high in CJK_RANGES:
        kinds[low : high + 1] |= np.uint16(CJK)
    return kinds


def count_letters(text: pa.Array) -> dict[str, Floats]:
    """For each block the number of characters of a kind, and whether it holds several sentences."""
    points, lengths = _code_points(text)
    kinds = _kinds()[points]
    block = np.repeat(np.arange(len(lengths)), lengths)
    starts = np.cumsum(lengths) - lengths
    counts = {
        name: _count((kinds & bit) > 0, block, len(lengths))
        for name, bit in {"letters": LETTER, "capitals": CAPITAL, "digits": DIGIT, "cjk": CJK, "commas": COMMA}.items()
    }
    opens = np.zeros(len(kinds) + 1, bool)
    opens[starts] = True
    word = ((kinds & SPACE) == 0) & (opens[:-1] | (_earlier(kinds, 1) & SPACE > 0))
    first = word.copy()
    for _ in range(2):  # a word may stand in a bracket and in quotation marks
        first[1:] |= first[:-1] & ((kinds[:-1] & OPENER) > 0)
    capital = first & ((kinds & CAPITAL) > 0)
    counts["chars"] = lengths.astype(np.float32)
    counts["words"] = _count(word, block, len(lengths))
    counts["capitalised"] = _count(capital, block, len(lengths))
    counts["sentences"] = _count(_begins_sentence(kinds, word, starts), block, len(lengths))
    return counts


def _begins_sentence(kinds: Bits, word: NDArray[np.bool_], starts: Ints) -> NDArray[np.bool_]:
    """Words with a capital after the end of a sentence; for Chinese and Japanese, whatever follows a full stop."""
    ends = (_earlier(kinds, 2) & TERMINAL > 0) | ((_earlier(kinds, 2) & CLOSER > 0) & (_earlier(kinds, 3) & TERMINAL > 0))
    capital = (kinds & CAPITAL > 0) | ((kinds & OPENER > 0) & (np.r_[kinds[1:], np.zeros(1, np.uint16)] & CAPITAL > 0))
    begins = (word & ends & capital) | (_earlier(kinds, 1) & FULL_STOP > 0)
    begins[starts[starts < len(begins)]] = False
    result: NDArray[np.bool_] = begins
    return result


def _earlier(kinds: Bits, by: int) -> Bits:
    """The kind of the character `by` places before; nothing at the very beginning."""
    result: Bits = np.r_[np.zeros(min(by, len(kinds)), np.uint16), kinds[:-by]]
    return result


def _count(hits: NDArray[np.bool_], block: Ints, blocks: int) -> Floats:
    return np.bincount(block[hits], minlength=blocks).astype(np.float32)


def _code_points(text: pa.Array) -> tuple[NDArray[np.uint32], Ints]:
    """All characters one after the other, and how many each block has."""
    lines = text.to_pylist()
    points = np.frombuffer("".join(lines).encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.minimum(points, KNOWN - 1), np.array([len(line) for line in lines], np.int64)
