"""Match reports, market reports and weather reports: other events in the same words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from importlib.resources import files
from random import Random

SLOT = re.compile(r"\{(\w+)\}")
HABIT = 0.75  # how often a report uses the first of several wordings, as who writes many of them does


class LookAlikes:
    """Reports of three kinds, each made of the same sentences as the others of its kind, about another event."""

    def __init__(self, random: Random) -> None:
        table = tomllib.loads(files("copydesk.benchmarks").joinpath("lookalikes.toml").read_text("utf-8"))
        self._random = random
        self._kinds = table["kinds"]
        self._words = {name: text.split() for name, text in table["words"].items()}

    def report(self, number: int) -> tuple[str, tuple[str, ...]]:
        """Report `number`: title and paragraphs."""
        kind = self._kinds[number % len(self._kinds)]
        facts = self._facts(kind)
        paragraphs = [" ".join(self._worded(sentence) for sentence in paragraph) for paragraph in kind["paragraphs"]]
        return self._filled(kind["title"], facts), tuple(self._filled(paragraph, facts) for paragraph in paragraphs)

    def _facts(self, kind: dict[str, Sequence[str]]) -> dict[str, list[str]]:
        """Different names for the slots of a kind, in an order of this report's own."""
        return {slot: self._random.sample(self._words[slot], len(self._words[slot])) for slot in kind["names"]}

    def _worded(self, sentence: Sequence[str]) -> str:
        return sentence[0] if self._random.random() < HABIT else self._random.choice(sentence)

    def _filled(self, text: str, facts: dict[str, list[str]]) -> str:
        """`{team0}` is the first of the teams of this report; `{n30}` a number below 30, each time another."""

        def fact(slot: re.Match[str]) -> str:
            name, index = re.fullmatch(r"([a-z]+)(\d+)", slot.group(1)).groups()  # type: ignore[union-attr]
            return str(self._random.randrange(int(index))) if name == "n" else facts[name][int(index)]

        return SLOT.sub(fact, text)
