"""A planted set: invented articles with agency copies, re-crawls and look-alikes among them, and what they are to each other."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

from copydesk.benchmarks.copies.lookalikes import LookAlikes
from copydesk.benchmarks.invention import Draw, Grammar, load_grammar

FIRST_DAY = datetime(2026, 9, 1, tzinfo=UTC)
DAYS = 75  # over three months, so that stories cross their borders
PARAGRAPHS = (4, 12)
SOURCES = ("lantern", "mail", "courier", "herald", "dispatch", "globe", "echo", "gazette", "argus", "star")
CHANGED_WORDS = (0.01, 0.20)  # share of a copy's words
MOST_CUT = 0.4  # share of a copy's paragraphs
COPIED_SOON, COPIED_LATE = timedelta(hours=8), timedelta(days=40)
LATE_SHARE = 0.1  # of the copies: features and obituaries


@dataclass(frozen=True, slots=True)
class Planted:
    """One record of one dump."""

    article_id: str
    source: str
    dump: str
    published_at: datetime
    title: str
    paragraphs: tuple[str, ...]
    story: int  # copies of one story have the same number
    article: int  # versions of one article have the same number
    kind: str = "original"  # or `copy`, `version`, `look-alike`


@dataclass(frozen=True, slots=True)
class Plan:
    """How many of each kind."""

    articles: int = 5000
    copies: int = 1000
    versions: int = 300
    look_alikes: int = 200


def plant(plan: Plan, seed: int = 0) -> list[Planted]:
    """The set of a seed, in the order of publication."""
    random = Random(seed)  # noqa: S311 - the same every time is the point
    grammar = load_grammar()
    originals = [_original(number, grammar, random) for number in range(plan.articles)]
    alike = list(_look_alikes(plan, random))
    copies = [_copy(number, random.choice(originals), grammar, random) for number in range(plan.copies)]
    standing = [*originals, *copies]
    numbers = random.sample(range(len(standing)), plan.versions)
    versions = [_version(standing[number], grammar, random) for number in numbers]
    return sorted([*standing, *alike, *versions], key=lambda record: (record.published_at, record.article_id, record.dump))


def _original(number: int, grammar: Grammar, random: Random) -> Planted:
    published_at = FIRST_DAY + timedelta(minutes=random.randrange(DAYS * 24 * 60))
    paragraphs = tuple(grammar.paragraph(random.random) for _ in range(random.randint(*PARAGRAPHS)))
    title = grammar.headline(random.random)
    return _record(random.choice(SOURCES), published_at, title, paragraphs, story=number, kind="original")


def _record(source: str, published_at: datetime, title: str, paragraphs: tuple[str, ...], *, story: int, kind: str) -> Planted:
    name = f"{source} {title} {published_at.isoformat()}"
    article_id = hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()
    return Planted(
        article_id, source, _dump(published_at), published_at, title, paragraphs, story, int(article_id[:15], 16), kind
    )


def _dump(crawled_at: datetime) -> str:
    """One a week."""
    return f"{crawled_at - timedelta(days=crawled_at.weekday()):%Y-%m-%d}"


def _copy(number: int, original: Planted, grammar: Grammar, random: Random) -> Planted:
    """The story at another source: words changed, the end cut, an introduction of its own, a title of its own."""
    draw = random.random
    late = COPIED_LATE if draw() < LATE_SHARE else COPIED_SOON
    published_at = original.published_at + late * draw() + timedelta(minutes=1)
    kept = original.paragraphs[: max(2, round(len(original.paragraphs) * (1 - MOST_CUT * draw())))]
    share = random.uniform(*CHANGED_WORDS)
    edited = [_edited(paragraph, share, random) for paragraph in kept]
    introduction = [_introduction(grammar, draw) for _ in range(random.randint(0, 1))]
    source = random.choice([source for source in SOURCES if source != original.source])
    title = f"{grammar.headline(draw)} ({number})"
    return _record(source, published_at, title, (*introduction, *edited), story=original.story, kind="copy")


def _introduction(grammar: Grammar, draw: Draw) -> str:
    return ". ".join(grammar.paragraph(draw).split(". ")[:2])


def _edited(text: str, share: float, random: Random) -> str:
    """The text with a share of its words, any words, replaced by others, left out or doubled by another."""
    words = []
    for word in text.split():
        if random.random() >= share:
            words.append(word)
            continue
        words += random.choice([[random.choice(SYNONYMS)], [], [word, random.choice(SYNONYMS)]])
    return " ".join(words)


SYNONYMS = """about again almost another around away back began besides between brought called came certain chief clear close days
early end enough even every fact far few found full gave given going group half hand heard here high hour however included indeed
issue kept known large later least less line little local long looked made main major matter means might minor moment more nearly never
next often older once only other over own part people place plans point present quite rather real recent right second seen several
since small some soon special still such taken these thing those though thus today told took total turned under until used very view
week whole within without work years yet""".split()


def _version(record: Planted, grammar: Grammar, random: Random) -> Planted:
    """The same article in a later dump with a correction: half of them under a new address, as when the title is part of it."""
    draw = random.random
    paragraphs = list(record.paragraphs)
    place = random.randrange(len(paragraphs))
    paragraphs[place] = _corrected(paragraphs[place], random)
    if draw() < 0.5:
        paragraphs.append(f"This article was corrected. {grammar.paragraph(draw)}")
    crawled = record.published_at + timedelta(weeks=random.randint(1, 3))
    version = replace(record, dump=_dump(crawled), paragraphs=tuple(paragraphs), kind="version")
    if draw() < 0.5:
        return version
    title = grammar.headline(draw)
    changed_at = record.published_at + timedelta(hours=3) * random.choice([0, 0, 1])
    renamed = _record(record.source, changed_at, title, version.paragraphs, story=record.story, kind="version")
    return replace(renamed, dump=version.dump, article=record.article)


def _corrected(text: str, random: Random) -> str:
    words = text.split()
    for _ in range(random.randint(1, 3)):
        words[random.randrange(len(words))] = random.choice(SYNONYMS)
    return " ".join(words)


def _look_alikes(plan: Plan, random: Random) -> Iterator[Planted]:
    """Different events that are reported in the same words, a few minutes to days apart and at any source."""
    reports = LookAlikes(random)
    for number in range(plan.look_alikes):
        published_at = FIRST_DAY + timedelta(minutes=random.randrange(DAYS * 24 * 60))
        title, paragraphs = reports.report(number)
        story = plan.articles + number
        yield _record(random.choice(SOURCES), published_at, f"{title} ({number})", paragraphs, story=story, kind="look-alike")
