"""Words, in scripts that put spaces between them and in those that do not."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Ints = NDArray[np.int64]

# Kana, Chinese characters, Thai, Lao, Burmese and Khmer; Korean has spaces.
SPACELESS = ((0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xE00, 0xEFF), (0x1000, 0x109F), (0x1780, 0x17FF))
WITHOUT_SPACES = "".join(f"{chr(low)}-{chr(high)}" for low, high in SPACELESS)  # for a class of letters
LETTER_WITHOUT_SPACES = re.compile(f"[{WITHOUT_SPACES}]")
LEADS = bytes(sorted({0xE0, 0xE1, *range(0xE3, 0xEA)}))  # first bytes of those letters in UTF-8
OTHERS = bytes(set(range(256)) - set(LEADS))
# Those letters, and spaces beyond ASCII, by the code points that UTF-8 writes with two bytes or three.
LETTERS, SPACES = np.zeros(1 << 16, bool), np.zeros(1 << 16, bool)
LETTERS[[ord(letter) for letter in LETTER_WITHOUT_SPACES.findall("".join(map(chr, range(0x0E00, 0xA000))))]] = True
SPACES[[code for code in range(0x80, 0xD800) if chr(code).isspace()]] = True
SPACE_LEADS = (0xC2, 0xE1, 0xE2)  # their first bytes, but for one that is among LEADS
# What ends a sentence beside `.`, `!` and `?`: in Chinese and Japanese, Indic scripts, Urdu, Amharic, Burmese, Khmer and Armenian.
FULL_STOPS = "。｡।॥۔።။។։"
CALLS = "！？؟"  # the signs of calls and questions, there and in Arabic
# Thai and Lao end no sentence by a sign: a line as long is one, and rarely a headline.
STOPLESS, STOPLESS_CHARS = (0xE00, 0xEFF), 80
CLOSING = "\"'”’»)]」』）"
SENTENCE_END = re.compile(rf"[.!?…{FULL_STOPS}{CALLS}][{re.escape(CLOSING)}]*$")
END_CHARS = 9  # looked at: a full stop and what may close behind it
# Vowels and other signs that Indic scripts and Burmese set to their letters, which `\w` does not know; accents that stand for themselves.
MARKS = "\u0300-\u036f\u0900-\u0963\u0970-\u0dff\u1000-\u103f"


def count_words(texts: pa.StringArray) -> Ints:
    """Words of each text, as spaces part them; letters of scripts that put no spaces between words count as one each."""
    bounds = np.frombuffer(texts.buffers()[1], np.int32)[texts.offset : texts.offset + len(texts) + 1]
    data = np.frombuffer(texts.buffers()[2] or b"", np.uint8)[bounds[0] : bounds[-1]]
    edges = bounds - bounds[0]
    gap = (data == ord(" ")) | (data - np.uint8(9) < 5) | (data - np.uint8(0x1C) < 4)
    letters = _mark_gaps(gap, data)
    begins = ~gap
    begins[1:] &= gap[:-1] | _at(edges, len(data))[1:]
    found: Ints = np.diff(np.searchsorted(np.flatnonzero(begins), edges)) + np.diff(np.searchsorted(letters, edges))
    return found


def _mark_gaps(gap: NDArray[np.bool_], data: NDArray[np.uint8]) -> Ints:
    """Mark spaces beyond ASCII, and letters that stand without spaces; where those letters begin."""
    at = np.flatnonzero((data - np.uint8(LEADS[0]) < 10) | (data == SPACE_LEADS[0]))
    is_long = data[at] >= LEADS[0]
    codes = _codes(data, at, is_long)
    parts = np.flatnonzero(LETTERS[codes] | SPACES[codes])
    start, has_third = at[parts], is_long[parts]
    gap[start] = gap[start + 1] = True
    gap[start[has_third] + 2] = True
    return at[LETTERS[codes]]


def _codes(data: NDArray[np.uint8], at: Ints, is_long: NDArray[np.bool_]) -> Ints:
    """The code points of characters of three bytes, or two, at some places."""
    first, second, third = (data.take(at + ahead, mode="clip").astype(np.int64) & 0x3F for ahead in range(3))
    return np.where(is_long, (first & 0xF) << 12 | second << 6 | third, (first & 0x1F) << 6 | second)


def _at(edges: Ints, size: int) -> NDArray[np.bool_]:
    """True where a text begins."""
    found = np.zeros(size + 1, bool)
    found[edges] = True
    return found[:size]


def ends_sentence(text: str) -> bool:
    """Whether a sentence ends with the text, quotation marks and brackets behind its full stop included."""
    text = text.rstrip()
    return SENTENCE_END.search(text[-END_CHARS:]) is not None or (
        len(text) >= STOPLESS_CHARS and STOPLESS[0] <= ord(text.rstrip(CLOSING)[-1:] or " ") <= STOPLESS[1]
    )


def count_letters(text: str) -> int:
    """Letters of scripts that put no spaces between words; a text that has none is told from its bytes alone."""
    if text.isascii() or not text.encode().translate(None, OTHERS):
        return 0
    return len(LETTER_WITHOUT_SPACES.findall(text))
