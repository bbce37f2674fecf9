"""Invented articles on the pages of invented sites, as many as are wanted, each unlike the others in its text and alike in its rails."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from itertools import product
from random import Random
from typing import Any, TypeVar

SLOT = re.compile(r"\{(\w+)\}")
NUMBERS = range(2, 1000)
RAIL_POOL = 400  # headlines of other stories a site links to
RAIL_LENGTH = 8
PAGES_A_RAIL = 40  # pages in a row that show the same rail
PARAGRAPHS = (10, 14)
SENTENCES = (2, 4)  # of a paragraph

Choice = TypeVar("Choice")
Draw = Callable[[], float]  # 0 <= draw() < 1
Template = tuple[str, tuple[tuple[Sequence[str], int], ...]]  # with %s in it; what may stand there, and how many there are


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was crawled, and what an extraction should give back of it."""

    url: str
    text: str
    title: str
    paragraphs: list[str]
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Grammar:
    """Templates whose slots are filled by chance."""

    headlines: list[Template]
    sentences: list[Template]
    captions: list[Template]
    people: Sequence[str]
    sites: list[Mapping[str, Any]]

    def headline(self, draw: Draw) -> str:
        """One of millions."""
        return _fill(_one_of(self.headlines, draw), draw)

    def caption(self, draw: Draw) -> str:
        """Of a picture nobody took."""
        return _fill(_one_of(self.captions, draw), draw)

    def paragraph(self, draw: Draw) -> str:
        """A few sentences that are grammatical, and no more."""
        return " ".join([_fill(_one_of(self.sentences, draw), draw) for _ in range(_between(SENTENCES, draw))])


class Site:
    """One publisher: its menu, its footer, and the rail of other stories that its pages have in common."""

    def __init__(self, grammar: Grammar, number: int, seed: int) -> None:
        draw = Random(f"{seed} site {number}").random  # noqa: S311 - the same every time is the point
        self.grammar = grammar
        table = grammar.sites[number]
        self.host: str = table["host"]
        self.others = [(grammar.caption(draw), grammar.headline(draw)) for _ in range(RAIL_POOL)]
        self.head: list[str] = [table["name"], *table["menu"]]
        self.related: str = table["related"]
        self.foot: list[str] = [table["promo"], *table["footer"]]

    def page(self, number: int, published_at: datetime, draw: Draw) -> Page:
        """Page `number` of the site."""
        grammar = self.grammar
        title, author = grammar.headline(draw), _one_of(grammar.people, draw)
        paragraphs = [grammar.paragraph(draw) for _ in range(_between(PARAGRAPHS, draw))]
        first = RAIL_LENGTH * (number // PAGES_A_RAIL) % RAIL_POOL
        rail = [line for pair in self.others[first : first + RAIL_LENGTH] for line in pair]
        dated = f"{published_at.day} {published_at:%B %Y, %H:%M}"
        lines = [*self.head, title, f"By {author}", dated, *paragraphs, self.related, *rail, *self.foot]
        slug = "-".join(re.findall(r"[a-z]+", title.lower())[:8])
        return Page(
            f"https://{self.host}/{published_at:%Y/%m/%d}/{slug}-{number}", "\n".join(lines), title, paragraphs, published_at
        )


def invent(numbers: Iterable[int], total: int, seed: int, first_day: datetime, years: timedelta) -> Iterable[Page]:
    """The pages `numbers` of an archive of `total`, in the order of their dates; the same for the same seed."""
    grammar = load_grammar()
    sites = [Site(grammar, n, seed) for n in range(len(grammar.sites))]
    numbers = list(numbers)
    draw = Random(f"{seed} from {numbers[0] if numbers else 0}").random  # noqa: S311 - as above
    for number in numbers:
        published_at = (first_day + years * ((number + draw()) / total)).replace(second=0, microsecond=0)
        yield sites[number % len(sites)].page(number // len(sites), published_at, draw)


@cache
def load_grammar() -> Grammar:
    """The grammar that is shipped."""
    table = tomllib.loads(files("copydesk.benchmarks").joinpath("invention.toml").read_text("utf-8"))
    words = {name: text.split() for name, text in table["words"].items()}
    people = [" ".join(pair) for pair in product(words["first"], words["last"])]
    things = [f"the {adjective} {noun}" for adjective, noun in product(words["adjective"], words["noun"])]
    numbers = [str(number) for number in NUMBERS]
    pools = words | table["phrases"] | {"person": people, "thing": things, "number": numbers}

    def compiled(templates: list[str]) -> list[Template]:
        return [_compile(template, pools) for template in templates]

    return Grammar(
        compiled(table["headlines"]), compiled(table["sentences"]), compiled(table["captions"]), people, table["sites"]
    )


def _compile(template: str, pools: Mapping[str, Sequence[str]]) -> Template:
    chosen = [_pool(slot, pools) for slot in SLOT.findall(template)]
    return SLOT.sub("%s", template), tuple((pool, len(pool)) for pool in chosen)


def _pool(slot: str, pools: Mapping[str, Sequence[str]]) -> Sequence[str]:
    if slot in pools:
        return pools[slot]
    return [word[0].upper() + word[1:] for word in pools[slot.lower()]]


def _fill(template: Template, draw: Draw) -> str:
    text, pools = template
    return text % tuple([pool[int(draw() * size)] for pool, size in pools])


def _one_of(values: Sequence[Choice], draw: Draw) -> Choice:
    return values[int(draw() * len(values))]


def _between(bounds: tuple[int, int], draw: Draw) -> int:
    return bounds[0] + int(draw() * (bounds[1] - bounds[0] + 1))
