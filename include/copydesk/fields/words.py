"""Words, in scripts that put spaces between them and in those that do not."""

from __future__ import annotations

import re

WITHOUT_SPACES = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0eff"  # for a class of letters
LETTER_WITHOUT_SPACES = re.compile(f"[{WITHOUT_SPACES}]")
LEADS = bytes(sorted({0xE0, *range(0xE3, 0xEA)}))  # first bytes of those letters in UTF-8
OTHERS = bytes(set(range(256)) - set(LEADS))


def count_words(text: str) -> int:
    """Words of `text`; letters of scripts that put no spaces between words count as one each."""
    letters = count_letters(text)
    return len(LETTER_WITHOUT_SPACES.sub(" ", text).split()) + letters if letters else len(text.split())


def count_letters(text: str) -> int:
    """Letters of scripts that put no spaces between words; a text that has none is told from its bytes alone."""
    if text.isascii() or not text.encode().translate(None, OTHERS):
        return 0
    return len(LETTER_WITHOUT_SPACES.findall(text))
