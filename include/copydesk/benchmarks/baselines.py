"""What a reader gets from bare text without a program worth the name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

from copydesk.benchmarks.contestants import Contestant, Reading
from copydesk.benchmarks.sets import Page
from copydesk.fields.words import count_letters

TEXT_MODES = ("text_full", "text_main")
SENTENCE = re.compile(r"[.!?…。！？][\"'”“’‘»«」』)]*$")
LEAST_WORDS = 5
WORDS_PER_LETTER = 0.5  # of scripts that put no space between words
INTERRUPTION = 15  # words of text that a line of something else outweighs


def baselines() -> list[Contestant]:
    """From keeping everything to the best that ten lines reach."""
    ways = {"everything kept": everything, "sentence-like lines": sentences, "best run of paragraphs": best_run}
    return [
        Contestant(name, partial(_read_each, way), TEXT_MODES, unread=("title", "date", "day", "authors"))
        for name, way in ways.items()
    ]


def _read_each(way: Callable[[str], str], pages: Sequence[Page]) -> list[Reading]:
    return [Reading(way(str(page.content))) for page in pages]


def everything(text: str) -> str:
    """The text as it is."""
    return text


def sentences(text: str) -> str:
    """The lines that are long enough and end like a sentence."""
    return "\n".join(line for line in text.split("\n") if _is_sentence(line))


def best_run(text: str) -> str:
    """The sentence-like lines of the one stretch that has most of them and least between them."""
    best = total = 0.0
    start, first, last = 0, 0, 0
    lines = text.split("\n")
    for at, line in enumerate(lines):
        total += _words(line) if _is_sentence(line) else -INTERRUPTION * bool(line.strip())
        if total <= 0:
            total, start = 0, at + 1
        elif total > best:
            best, first, last = total, start, at + 1
    return sentences("\n".join(lines[first:last]))


def _is_sentence(line: str) -> bool:
    return _words(line) >= LEAST_WORDS and SENTENCE.search(line.rstrip()) is not None


def _words(line: str) -> float:
    return len(line.split()) + WORDS_PER_LETTER * count_letters(line)
