"""The lines of a message of ANPA 1312, and the signs that set them: `^` in front and `<` or `=` behind, where they are not of paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from copydesk.raw.agencies.wire_text import BYLINE

SETS = ("<", "=")  # at the end of what `^` begins
MOST_LINES = 5  # of what is set as one
HEADLINE = re.compile(r"HL:\s*")
FOR_EDITORS = re.compile(
    r"(?:Eds|Editors|Update|Index|Symbol|Code)\s*:|EDITOR'?S NOTE|\w{2,4} (?:Photo|Graphic|Video)s?\b", re.IGNORECASE
)
RULE = re.compile(r"\s*_{3,}\s*")
TYPED = (("``", "“"), ("''", "”"), (" _ ", " — "))


def read_set(lines: Sequence[str], keyword: str) -> tuple[str | None, list[str]]:
    """The headline, and the lines of the text below it as they are typed elsewhere.

    What is set above the text is, in order: the keyword of the header again, the headline, notes to editors, and who wrote it. The
    first and the notes are left out. What stands there of no such kind, be it a summary, is of the text.
    """
    title, kept = None, list[str]()
    for at, (text, is_set) in enumerate(_joined(lines)):
        named = HEADLINE.match(text) if is_set else None
        if named or (is_set and at == 1 and title is None and not FOR_EDITORS.match(text) and not BYLINE.match(text)):
            title = text[named.end() :] if named else text
        elif not is_set or not (_repeats(text, keyword) if at == 0 else FOR_EDITORS.match(text)):
            kept.append("" if RULE.fullmatch(text) else text)
    return _typed(title) if title else None, list(map(_typed, kept))


def _joined(lines: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Each line without its signs, and whether it was set; what is set over several is one."""
    held: list[str] = []
    for line in lines:
        is_begun = line.startswith("^")
        if held and (is_begun or line.startswith(("\t", " ")) or len(held) == MOST_LINES):
            yield " ".join(held), True
            held = []
        if not is_begun and not held:
            yield _bare(line) if line.rstrip().endswith("<") else line, False
            continue
        held.append(_bare(line.removeprefix("^")).strip())
        if line.rstrip().endswith(SETS):
            yield " ".join(held), True
            held = []
    if held:
        yield " ".join(held), True


def _bare(line: str) -> str:
    return line.rstrip().rstrip("".join(SETS)).removesuffix("@")


def _repeats(text: str, keyword: str) -> bool:
    return bool(keyword) and _letters(text).startswith(_letters(keyword))


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()


def _typed(line: str) -> str:
    for sign, letter in TYPED:
        line = line.replace(sign, letter)
    return line
