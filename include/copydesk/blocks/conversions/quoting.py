"""Mails that quote an article whole, with `>` before each of its lines."""

from __future__ import annotations

import re

from copydesk.blocks.exports.read_lines import OTHER, ReadLine

QUOTE = re.compile(r"[ \t]{0,3}(?:>[ \t]?)+")
LEAST_SHARE, FEWEST = 0.6, 4  # of the lines that are not blank; fewer are quoted by what the text says itself
MOST_ABOVE = 3  # lines between which stands who wrote what is quoted
# `On 3 Nov 2026, at 09:12, Ann Lee <ann@list.example> wrote:`
WROTE = re.compile(r"[^\n]{0,200}\d[^\n]{0,200}:")
REASON = "says who wrote what is quoted"


def without_quoting(text: str, taken: list[ReadLine]) -> str:
    """The text without the signs, where most of it is quoted; what says who wrote it is `taken`."""
    lines = text.splitlines()
    quotes = [QUOTE.match(line) for line in lines]
    quoted = sum(map(bool, quotes))
    if quoted < FEWEST or quoted < LEAST_SHARE * sum(map(bool, map(str.strip, lines))):
        return text
    first = next(at for at, quote in enumerate(quotes) if quote)
    _take_wrote(lines, first, taken)
    return "\n".join(line[quote.end() :] if quote else line for line, quote in zip(lines, quotes, strict=True))


def _take_wrote(lines: list[str], first: int, taken: list[ReadLine]) -> None:
    """Who wrote what begins with the line `first`, and when: up to three lines above it, with a blank one between."""
    last = next((at for at in range(first - 1, max(first - 3, -1), -1) if lines[at].strip()), -1)
    for start in range(last, max(last - MOST_ABOVE, -1), -1):
        said = [line.strip() for line in lines[start : last + 1]]
        if not said[0]:
            return
        if "@" in " ".join(said) and WROTE.fullmatch(" ".join(said)):
            taken += [ReadLine(line, OTHER, REASON) for line in said]
            lines[start : last + 1] = [""] * len(said)
            return
