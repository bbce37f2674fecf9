"""Copies and versions that were planted, and how many curation finds: `python -m copydesk.benchmarks.copies`.

Also how fast signatures are made, and how linking grows with the number of articles.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from copydesk.benchmarks.circumstances import circumstances
from copydesk.benchmarks.copies.growth import Growth, measure
from copydesk.benchmarks.copies.planted import Plan, Planted, plant
from copydesk.benchmarks.copies.planted_lake import Found, copies_found, fill, versions_found
from copydesk.benchmarks.markdown import grid
from copydesk.curate.sketches import sketch
from copydesk.storage import Storage

SIZES = (10_000, 100_000, 1_000_000)
ROUNDS = 5

PAGE = """\
# Copies and versions

<!-- Written by `{about.command}`. -->

What curation finds of what was planted, from `clean` to `articles` and `article_versions`. {about.in_a_line}

## A planted set

{plan.articles:,} invented articles at ten sources over eleven weeks. {plan.copies:,} copies at other sources, of which 1 to 20 % of the words were
replaced, left out or added, up to four paragraphs in ten cut from the end, half given an introduction of their own, nine in ten within eight
hours and the others within forty days. {plan.versions:,} re-crawls with one to three words corrected, half with a paragraph added and half under
another address and title. {plan.look_alikes:,} reports of matches, markets and weather, which differ from others of their kind in their facts alone.

{found}

Recall: planted copies that are in one story with what they copy; re-crawls that are kept as a version of what they correct. Precision: links
between articles of one story; versions that are of the article they stand under. Seeds other than 0 were not looked at when limits were set.

## Speed

**{signed:,.0f} articles a second** become signatures, of {words:,.0f} words on average, on one core (processor time, median of {rounds} rounds).

Linking, with signatures drawn at random in the place of articles (two runs of words in five are everybody's, 15 % of the articles are copies that
keep 60 % of their runs of words): a year, month by month with the 45 days before each, processor time.

{growth}
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the page, and print it."""
    parser = argparse.ArgumentParser(prog="python -m copydesk.benchmarks.copies", description=__doc__)
    parser.add_argument("--output", type=Path, default=Path("docs/copies.md"), help="page to write")
    parser.add_argument("--sizes", type=_numbers, default=list(SIZES), help="numbers of articles to link, with commas")
    parser.add_argument("--seeds", type=_numbers, default=[0, 1], help="of planted sets, with commas")
    parser.add_argument("--articles", type=int, default=Plan().articles, help="in a planted set; the rest in proportion")
    given = parser.parse_args(arguments)
    page = written(_plan(given.articles), given.seeds, given.sizes)
    given.output.write_text(page, "utf-8")
    sys.stdout.write(page)
    return 0


def written(plan: Plan, seeds: Sequence[int], sizes: Sequence[int]) -> str:
    """The page."""
    about = circumstances(datetime.now(UTC).date(), "python -m copydesk.benchmarks.copies")
    rows = []
    for seed in seeds:
        records = plant(plan, seed)
        rows += [
            _found(f"{what}, seed {seed}", found) for what, found in zip(("copies", "versions"), curated(records), strict=True)
        ]
    return PAGE.format(
        about=about,
        plan=plan,
        found=grid(["", "planted", "recall", "found", "precision"], rows),
        signed=signed_per_s(records),
        words=sum(len(" ".join(record.paragraphs).split()) for record in records) / len(records),
        rounds=ROUNDS,
        growth=grid(["articles", "s", "articles/s", "recall", "precision"], [_grown(measure(size)) for size in sizes]),
    )


def curated(records: Sequence[Planted]) -> tuple[Found, Found]:
    """What is found of the copies and of the versions."""
    with TemporaryDirectory() as folder:
        lake = Storage.open(folder)
        fill(lake, records)
        return copies_found(lake, records), versions_found(lake, records)


def signed_per_s(records: Sequence[Planted]) -> float:
    """Articles whose signatures are made in a second of processor time."""
    paragraphs = pa.chunked_array([pa.array([list(record.paragraphs) for record in records])])
    seconds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for first in range(0, len(paragraphs), 512):
            sketch(paragraphs.slice(first, 512))
        seconds.append(time.process_time() - start)
    return len(records) / sorted(seconds)[ROUNDS // 2]


def _plan(articles: int) -> Plan:
    whole = Plan()
    parts = {name: getattr(whole, name) * articles // whole.articles for name in ("copies", "versions", "look_alikes")}
    return Plan(articles, **parts)


def _found(name: str, found: Found) -> list[str]:
    return [name, f"{found.planted:,}", f"{found.recall:.3f}", f"{found.claimed:,}", f"{found.precision:.3f}"]


def _grown(growth: Growth) -> list[str]:
    speed = growth.articles / growth.seconds
    return [f"{growth.articles:,}", f"{growth.seconds:.1f}", f"{speed:,.0f}", f"{growth.recall:.3f}", f"{growth.precision:.3f}"]


def _numbers(value: str) -> list[int]:
    return [int(number) for number in value.split(",") if number]


if __name__ == "__main__":
    sys.exit(main())
