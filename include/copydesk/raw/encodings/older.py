"""Encodings of the systems before the Web, of Macs and of DOS, which no detector knows: told by what letters stand in words.

What a detector takes such a text for gives letters too, but others: `CafŽ` for `Café`, `f³r` for `für`.
"""

from __future__ import annotations

import re

SAMPLE_BYTES, SAMPLE_SIGNS = 1 << 16, 400
# What a detector names where it knows no better. Of other scripts it is sure, and their letters are not among those below.
DOUBTFUL = frozenset(
    "windows-1252 windows-1250 windows-1254 windows-1257 iso8859-2 iso8859-3 iso8859-4 iso8859-10 iso8859-13 iso8859-14 iso8859-15 "
    "iso8859-16 "
    "koi8-r koi8-u cp866 windows-1251 iso8859-5 mac_cyrillic windows-1253 iso8859-7".split()
)
OF_ONE_KIND = frozenset(name for name in DOUBTFUL if name.startswith("iso8859") and name not in ("iso8859-5", "iso8859-7"))
WESTERN = "windows-1252"
OLDER = (WESTERN, "mac_roman", "cp850", "cp437", "cp852", "mac_latin2", "cp857", "mac_turkish", "cp737", "mac_greek")
# The letters beyond ASCII that a language writes: a text has those of one, and hardly any other.
LETTERS = tuple(
    frozenset(letters + letters.upper())
    for letters in (
        "äöüßé éèà", "éèêëàâçîïôûùüœ", "áéíóúñüç", "ãõáàéíóúâêôç", "àèéìíòóù", "éëïöèü", "åäöæøéü", "áðéíóúýþæö",
        "ąćęłńóśźż", "áäčďéěíĺľňóôöřŕšťúůüýž", "áéíóöőúüű", "ăâîșțşţ", "čćđšžé", "çğıöşüâîû", "äöõüšž",
        "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "абвгдежзийклмнопрстуфхцчшщьюяєіїґ", "абвгдђежзијклљмнњопрстћуфхцчџшѓќѕў",
    )
)  # fmt: skip
POINTS = frozenset("“”„‘’‚«»‹›–—…•·§°£€©®™¿¡ªº²³½¼¾\u00a0")
OPENING = "„‚¿¡£"
BEYOND = re.compile(r"[^\x00-\x7f]")
PLAUSIBLE, BETTER, CERTAIN = 0.5, 0.4, 0.95


def older_encoding(content: bytes, detected: str) -> str:
    """The encoding that makes words of `content`, where the one that was detected makes none; else that."""
    if detected not in DOUBTFUL:
        return detected
    sample = content[:SAMPLE_BYTES]
    found = plausibility(sample.decode(detected, "replace"))
    if found >= PLAUSIBLE:
        # Those of Central Europe have other letters in the same places: `dčs avril` for `dès avril`.
        is_western = detected in OF_ONE_KIND and plausibility(sample.decode(WESTERN, "replace")) >= max(CERTAIN, found)
        return WESTERN if is_western else detected
    best = max(OLDER, key=lambda codec: plausibility(sample.decode(codec, "replace")))
    return best if plausibility(sample.decode(best, "replace")) >= max(PLAUSIBLE, found + BETTER) else detected


def plausibility(text: str) -> float:
    """How well the signs beyond ASCII stand where they do, from -1 to 1, in the language that they fit best."""
    places = [found.start() for found in BEYOND.finditer(text, 1, max(1, len(text) - 1))][:SAMPLE_SIGNS]
    if not places:
        return 0.0
    written = [text[at] for at in places if text[at].isalpha()]
    known = max(LETTERS, key=lambda letters: sum(letter in letters for letter in written))
    return sum(_fitness(text[at - 1], text[at], text[at + 1], known) for at in places) / len(places)


def _fitness(before: str, sign: str, after: str, known: frozenset[str]) -> float:
    if sign in POINTS:
        # A sign between two letters is a letter that was misread, unless it is an apostrophe or a dash; so is one that opens, behind one.
        is_letter = before.isalpha() and (sign in OPENING or (after.isalpha() and sign not in "’·–—"))
        return -1.0 if is_letter else 1.0
    is_capital_within = sign.isupper() and before.islower()
    is_number = after.isdigit() and not before.isalpha()
    return -1.0 if sign not in known or is_capital_within or is_number else 1.0
