"""Text → its letters and figures alone, to compare what is written with other spaces, signs or capitals."""

from __future__ import annotations

import re
import string
import unicodedata
from functools import lru_cache

ALPHANUMERIC = re.compile(r"[^\W_]+")
SMALL = bytes.maketrans(string.ascii_uppercase.encode(), string.ascii_lowercase.encode())
ASCII = bytes(range(128))
SIGNS = bytes(set(ASCII) - set((string.ascii_letters + string.digits).encode()))
UNACCENTED = {ord(letter): unicodedata.normalize("NFKD", letter)[0] for letter in map(chr, range(0xC0, 0x250))}
UNACCENTED |= str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
MAX_OTHERS = 20  # distinct characters: each that changes is searched for on its own, so of Greek or Chinese all letters at once


def fold(text: str) -> str:
    """Letters and figures only, in lower case."""
    plain = text.encode().translate(SMALL, SIGNS)  # bytes are translated twenty times as fast as letters are searched
    if plain.isascii():
        return plain.decode()
    others = set(plain.translate(None, ASCII).decode())
    if len(others) > MAX_OTHERS:
        return _fold_all(plain.decode())
    for letter in others:
        folded = _fold_one(letter)
        if folded != letter:
            plain = plain.replace(letter.encode(), folded.encode())
    return plain.decode()


def unaccented(text: str) -> str:
    """Small letters without accents, as addresses are written."""
    return text if text.isascii() else text.translate(UNACCENTED)


@lru_cache(maxsize=4096)
def _fold_one(letter: str) -> str:
    return _fold_all(letter)


def _fold_all(text: str) -> str:
    return "".join(ALPHANUMERIC.findall(text.casefold()))
