"""UTF-16 without a mark, and the seven-bit Japanese of mails: told from the bytes alone, where nothing names them."""

from __future__ import annotations

import unicodedata

SAMPLE_SIGNS = 1 << 15
MAX_STRANGE = 0.01
# Zeros among all bytes, as blanks and digits have one each; and control characters where every byte could be ASCII: European letters
# have a zero each, those of Thai another control.
LEAST_ZEROS, LEAST_CONTROLS = 0.005, 0.3
CONTROLS = bytes(sorted({*range(0x20)} - set(b"\t\n\r")))
STRANGE = frozenset({"Cc", "Cn", "Co", "Cs"})
LAYOUT = frozenset("\t\n\r\f\v")
KANJI = (b"\x1b$B", b"\x1b$@")  # what turns Japanese letters on


def unmarked_encoding(content: bytes) -> str | None:
    """The encoding of a text of such a kind; None for all else, binary data too."""
    if any(sign in content for sign in KANJI):
        return "iso2022_jp" if _blanks(content, "iso2022_jp", 0) else None
    if content.count(b"\0") <= LEAST_ZEROS * len(content):
        return None
    if content.isascii() and len(content) - len(content.translate(None, CONTROLS)) < LEAST_CONTROLS * len(content):
        return None
    whole = content[: len(content) // 2 * 2]
    blanks, codec = max((_blanks(whole, codec, MAX_STRANGE), codec) for codec in ("utf-16-le", "utf-16-be"))
    return codec if blanks else None


def _blanks(content: bytes, codec: str, most: float) -> int:
    """How many spaces and line ends the text has; none where it has more than that share of signs that no text has.

    Letters read in the wrong order of bytes are signs that nobody has given a meaning, and there are no plain spaces.
    """
    try:
        text = content.decode(codec)[:SAMPLE_SIGNS]
    except UnicodeDecodeError:
        return 0
    strange = sum(sign not in LAYOUT and unicodedata.category(sign) in STRANGE for sign in text)
    return 0 if strange > most * len(text) else sum(map(text.count, " \n\r\u3000。"))
