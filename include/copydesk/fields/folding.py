"""Text → its letters and figures alone, to compare what is written with other spaces, signs or capitals."""

from __future__ import annotations

import re
import string
import unicodedata
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

ALPHANUMERIC = re.compile(r"[^\W_]+")
SMALL = bytes.maketrans(string.ascii_uppercase.encode(), string.ascii_lowercase.encode())
ASCII, BEYOND = bytes(range(128)), bytes(range(128, 256))
SIGNS = bytes(set(ASCII) - set((string.ascii_letters + string.digits).encode()))
UNACCENTED = {ord(letter): unicodedata.normalize("NFKD", letter)[0] for letter in map(chr, range(0xC0, 0x250))}
UNACCENTED |= str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
MAX_CHANGED = 10  # distinct characters, each of which is searched for on its own; more are looked up in a table
MANY_BYTES = 500  # beyond ASCII: to look through them for distinct ones takes longer than the table
SHORT_CHARS = 100  # of a tag, a name or a headline: there the table takes longer than to search for letters
MAX_UNKNOWN = 10_000  # no real text has so many different letters
UNKNOWN, MANY = 0, 1  # in that table: what was not met yet, and what becomes more than one letter, as ß does
NOTHING = 2  # what is left out


def fold(text: str) -> str:
    """Letters and figures only, in lower case."""
    return fold_utf8(text.encode()).decode()


def fold_utf8(text: bytes) -> bytes:
    """The same of a text in UTF-8."""
    plain = text.translate(SMALL, SIGNS)  # bytes are translated twenty times as fast as letters are searched
    if plain.isascii():
        return plain
    rest = plain.translate(None, ASCII)
    if len(rest) > MANY_BYTES:
        return _fold_by_table(plain.decode()).encode()
    folded = {letter: _fold_one(letter) for letter in set(rest.decode())}
    if not any(folded.values()):  # signs alone
        return plain.translate(None, BEYOND)
    changed = [letter for letter in folded if folded[letter] != letter]
    if len(changed) > MAX_CHANGED:
        return _fold_many(text.decode(), plain).encode()
    for letter in changed:
        plain = plain.replace(letter.encode(), folded[letter].encode())
    return plain


def unaccented(text: str) -> str:
    """Small letters without accents, as addresses are written."""
    return text if text.isascii() else text.translate(UNACCENTED)


@lru_cache(maxsize=4096)
def _fold_one(letter: str) -> str:
    return _fold_all(letter)


def _fold_many(text: str, plain: bytes) -> str:
    """A text of many letters that change; `plain` is the same, what of it is ASCII being done."""
    return _fold_all(text) if len(text) <= SHORT_CHARS else _fold_by_table(plain.decode())


def _fold_by_table(text: str) -> str:
    points = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    table = _table()
    folded = table.take(points)
    if folded.min() == UNKNOWN:
        unknown = np.unique(points[folded == UNKNOWN]).tolist()
        if len(unknown) > MAX_UNKNOWN:
            return _fold_all(text)
        for point in unknown:
            letter = _fold_all(chr(point))
            table[point] = NOTHING if not letter else MANY if len(letter) > 1 else ord(letter)
        folded = table.take(points)
    if folded.min() == MANY:
        for point in np.unique(points[folded == MANY]).tolist():
            text = text.replace(chr(point), _fold_all(chr(point)))
        return _fold_by_table(text)
    kept: bytes = folded[folded != NOTHING].tobytes()
    return kept.decode("utf-32-le")


@cache
def _table() -> NDArray[np.uint32]:
    """For each code point what it becomes; filled as letters are met, since no text needs but a few."""
    return np.zeros(0x110000, np.uint32)


def _fold_all(text: str) -> str:
    return "".join(ALPHANUMERIC.findall(text.casefold()))
