"""A year of one source, invented day by day, with changes of its template on some days: `python -m copydesk.benchmarks.year --out FILE`.

Every row goes through the suite for rows and every day through the one for runs, against the good days before it. It shows which
changes are caught on their day, by which expectation, and on how many other days somebody would have been called for nothing.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa

from copydesk.quality.figures import Tally, facts_of
from copydesk.quality.history import Past, learn
from copydesk.quality.quarantine import from_rows
from copydesk.quality.rows import RowCheck, check_rows
from copydesk.quality.verdict import Metrics, Verdict, judge
from copydesk.schema import CLEAN
from copydesk.sources import Quality, Source

FIRST = date(2025, 1, 1)
DAYS = 365
SMALL = Quality(max_quarantined_share=0.35)  # of six articles on a Sunday two may be too short
SOURCE = Source(name="invented", raw="invented/{key}/*", format="text", language="en", quality=SMALL)
SENTENCE = "The harbour master said on Monday that the ferry would sail again once the ice had gone. "
WORDS_A_SENTENCE = len(SENTENCE.split())
RAIL = ["Ten harbours to see before winter", "Who mends the lighthouse?", "Ferry lost again", "The price of fish", "See more"]
RAIL_LINES = 14
BUSY_DAYS = frozenset({38, 121, 177, 240, 318})  # twice the stories, and longer ones: an election, a storm

Row = dict[str, Any]
Change = Callable[[Row], Row]


@dataclass(frozen=True, slots=True)
class Day:
    """What a dump held: rows with a body, pages without one, and blocks that were cut."""

    day: date
    rows: list[Row]
    bodiless: int
    cut: int


@dataclass(frozen=True, slots=True)
class Judged:
    """A day, what was changed on it, and what came of it."""

    day: date
    change: str | None
    seen: int
    verdict: Verdict


def _without_body(row: Row) -> Row:
    return row | {"body": None, "paragraphs": []}


def _first_paragraph(row: Row) -> Row:
    paragraph = row["paragraphs"][0]
    return row | {"body": paragraph, "paragraphs": [paragraph], "word_count": len(paragraph.split())}


def _with_rails(row: Row) -> Row:
    paragraphs = [*row["paragraphs"], *(RAIL[n % len(RAIL)] for n in range(RAIL_LINES))]
    return row | {"paragraphs": paragraphs, "word_count": sum(len(paragraph.split()) for paragraph in paragraphs), "rails": []}


def _year_off(row: Row) -> Row:
    return row | {"published_at": row["published_at"] - timedelta(days=365)}


def _without_date(row: Row) -> Row:
    return row | {"published_at": None}


def _unsigned(row: Row) -> Row:
    return row | {"authors": [], "agency": None}


CHANGES: dict[int, tuple[str, Change]] = {
    75: ("bodies are empty", _without_body),
    125: ("bodies are their first paragraph", _first_paragraph),
    190: ("rails leak into bodies", _with_rails),
    250: ("dates are a year off", _year_off),
    290: ("dates are gone", _without_date),
    341: ("authors and agencies are gone", _unsigned),
}


def year(seed: int = 1, count: int = DAYS, changes: Mapping[int, tuple[str, Change]] = CHANGES) -> list[Judged]:
    """Every day judged, in order; what was held did not become part of the history."""
    days = list(_days(Random(seed), count, changes))  # noqa: S311 - an invented year, no secret
    check = check_rows(pa.Table.from_pylist([row for day in days for row in day.rows], CLEAN.schema), SOURCE, None)
    judged: list[Judged] = []
    past: list[Past] = []
    first = 0
    for number, day in enumerate(days):
        verdict = _judge(day, _slice(check, first, first + len(day.rows)), past[: -SOURCE.quality.history_runs - 1 : -1])
        first += len(day.rows)
        if verdict.value != "hold":
            past.append(Past(day.day.isoformat(), {one["figure"]: one["value"] for one in verdict.figures}))
        change = changes[number][0] if number in changes else None
        judged.append(Judged(day.day, change, len(day.rows) + day.bodiless, verdict))
    return judged


def _judge(day: Day, check: RowCheck, past: Sequence[Past]) -> Verdict:
    tally = Tally(day.day, SOURCE.language)
    tally.add_accepted(facts_of(check.judged).filter(pa.array(check.accepted)))
    tally.add_rejected(from_rows(check.judged.select(CLEAN.schema.names), check))
    accepted = int(check.accepted.sum())
    seen = len(day.rows) + day.bodiless
    figures = tally.figures(seen, seen - accepted, 0, day.cut)
    return judge(Metrics(seen, accepted, seen - accepted, 0, len(day.rows)), [], SOURCE, figures, learn(past, figures, SOURCE))


def _slice(check: RowCheck, first: int, stop: int) -> RowCheck:
    judged = check.judged.slice(first, stop - first)
    return RowCheck(check.accepted[first:stop], check.reasons[first:stop], [], check.expected, judged)


def _days(random: Random, days: int, changes: Mapping[int, tuple[str, Change]]) -> Iterator[Day]:
    """Weekends are quiet, Christmas is quieter, the paper grows, its stories too, and some days are busy."""
    for number in range(days):
        day = FIRST + timedelta(days=number)
        usual = 7 if day.weekday() >= 5 else 15
        if (day.month, day.day) in {(12, 25), (12, 26), (1, 1)}:
            usual = 4
        busy = 2 if number in BUSY_DAYS else 1
        count = max(2, round(random.gauss(usual * busy * (1 + 0.3 * number / DAYS), usual**0.5)))
        rows = [_row(random, number, n, day, busy * (1 + 0.2 * number / DAYS)) for n in range(count)]
        cut = sum(round(random.gauss(22, 4)) for _ in rows)
        if number in changes:
            _, change = changes[number]
            rows = [change(row) for row in rows]
            cut -= RAIL_LINES * len(rows) * (change is _with_rails)
        full = [row for row in rows if row["body"] is not None]
        yield Day(day, full, len(rows) - len(full), cut)


def _row(random: Random, number: int, n: int, day: date, length: float) -> Row:
    """An article as papers have them: most are signed, some are old, one in thirty is too short."""
    words = 12 if random.random() < 0.03 else max(30, round(random.lognormvariate(5.8, 0.4) * length))
    sentences = max(1, words // WORDS_A_SENTENCE)
    paragraphs = [SENTENCE * min(3, sentences - start) for start in range(0, sentences, 3)]
    age = timedelta(hours=random.uniform(0, 30)) if random.random() < 0.92 else timedelta(days=random.uniform(2, 300))
    return {
        "article_id": f"{number:08x}{n:024x}",
        "fingerprint": f"{number:08x}{n:024x}",
        "url": f"https://invented.example/{number}/{n}",
        "canonical_url": f"https://invented.example/{number}/{n}",
        "title": f"Ferry to sail again, part {n} of {number}",
        "standfirst": "What the harbour master said." if random.random() < 0.8 else None,
        "body": "\n\n".join(paragraphs),
        "paragraphs": paragraphs,
        "authors": ["A. Writer"] if random.random() < 0.75 else [],
        "agency": "Press Association" if random.random() < 0.3 else None,
        "section": "News" if random.random() < 0.95 else None,
        "tags": ["ferry"] if random.random() < 0.6 else [],
        "language": "en",
        "published_at": datetime.combine(day, time(22), UTC) - age,
        "published_precision": "minute",
        "images": [{"caption": "The ferry"}] * random.randrange(3),
        "rails": [{"heading": "More", "items": []}],
        "word_count": words,
        "page_type": "stub" if random.random() < 0.02 else "article",
        "label_confidence": min(0.99, random.gauss(0.93, 0.03)),
        "origin_uri": f"invented/{day}.txt",
        "origin_ordinal": n,
    }


def page(judged: Sequence[Judged]) -> str:
    """What came of the year, as a page of the docs."""
    others = Counter((one.day.strftime("%Y-%m"), str(one.verdict.value)) for one in judged if one.change is None)
    months = sorted({month for month, _ in others})
    held = [one for one in judged if one.change is None and one.verdict.value == "hold"]
    lines = [
        "# A year of verdicts",
        "",
        "<!-- Written by `python -m copydesk.benchmarks.year`; run that after a change of the suite. -->",
        "",
        f"{len(judged)} days of one invented source, {sum(one.seen for one in judged):,} records: quiet weekends, a quieter Christmas, growth,",
        f"{len(BUSY_DAYS)} busy days, one record in thirty too short. On {len(CHANGES)} days the publisher's template changes. Rows and days go through",
        "the suites as in a run; a day is held against the last 28 good ones.",
        "",
        "| day | change | verdict | failed |",
        "|---|---|---|---|",
        *(f"| {one.day} | {one.change} | **{one.verdict.value}** | {_failed(one)} |" for one in judged if one.change),
        "",
        f"Of the {sum(others.values())} other days {len(held)} were held.",
        "",
        "| month | pass | warn | hold |",
        "|---|---|---|---|",
        *(f"| {month} | {others[month, 'pass']} | {others[month, 'warn']} | {others[month, 'hold']} |" for month in months),
        "",
        *(
            f"- {one.day} {one.verdict.value}: {'; '.join(one.verdict.reasons)}"
            for one in judged
            if not one.change and one.verdict.reasons
        ),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _failed(one: Judged) -> str:
    """The names of what failed, the gravest first."""
    failed = sorted((o["severity"], f"`{o['expectation']}:{o['column']}`") for o in one.verdict.outcomes if not o["success"])
    return ", ".join(f"{name} ({severity})" for severity, name in failed)


def main() -> int:
    """Write the page; 1 where a change was not caught or another day was held."""
    parser = argparse.ArgumentParser(prog="python -m copydesk.benchmarks.year", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/year.md"), help="page to write (docs/year.md)")
    judged = year()
    parser.parse_args().out.write_text(page(judged), "utf-8")
    missed = [one for one in judged if one.change and one.verdict.value == "pass"]
    return int(bool(missed) or any(one.verdict.value == "hold" for one in judged if not one.change))


if __name__ == "__main__":
    sys.exit(main())
