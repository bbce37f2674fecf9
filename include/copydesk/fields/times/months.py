"""Names of months → their number, in the languages newspapers print."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import ChainMap
from functools import cache, lru_cache
from importlib.resources import files

# Accents of Latin, Greek and Cyrillic letters, what stands on Arabic ones, and a dot of Hindi that many leave out. Other marks are vowels.
ACCENTS = re.compile("[\u0300-\u036f\u0640\u064b-\u0655\u093c]")
# A capital of Turkish that is small in no other language; letters of Persian for which Arabic has its own.
LETTERS = str.maketrans("ıیک", "iيك")


@cache
def _numbers(language: str | None = None) -> dict[str, int]:
    """Folded names → number, of one language or of all; the language listed first has the say."""
    table = tomllib.loads(files("copydesk.fields.times").joinpath("months.toml").read_text("utf-8"))
    listed = [table.get(language, "")] if language else list(table.values())
    maps = [
        {_fold(word): number for number, words in enumerate(months.split("|"), 1) for word in words.split()} for months in listed
    ]
    return dict(ChainMap(*maps))


def _fold(word: str) -> str:
    return ACCENTS.sub("", unicodedata.normalize("NFD", word.casefold())).translate(LETTERS)


@lru_cache(maxsize=4096)
def month_of(word: str, language: str | None = None) -> int | None:
    """The month that `word` names, in full or abbreviated; `language` decides where two languages differ."""
    folded = _fold(word.strip("."))
    return _numbers(language).get(folded) or _numbers().get(folded)
