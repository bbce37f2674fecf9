"""Copydesk as a contestant: as it is shipped, and with models that have not seen the site they read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pyarrow as pa

from copydesk.benchmarks.contestants import SHIPPED, UNSEEN, Contestant, Reading
from copydesk.benchmarks.sets import MEDIA_TYPES, Page
from copydesk.errors import BadInput
from copydesk.extraction import extract_records
from copydesk.favor import BALANCE, Favor
from copydesk.labels.learned import Learned
from copydesk.labels.learned_file import read
from copydesk.records import Origin, Record

SCORED = ["body", "title", "published_at", "newsroom_day", "authors"]


def shipped() -> Contestant:
    """The engine as users have it; its labeller was trained on the pages of the gold sets."""
    return Contestant(f"copydesk ({SHIPPED})", read_pages, tuple(MEDIA_TYPES), is_timed=True, is_ours=True, is_in_sample=True)


def unseen(folder: Path, favor: Favor = BALANCE) -> Contestant:
    """The engine with the fold models of `folder`, each page read by the one that knows no page of its site."""
    from copydesk.labels.training.gold import part_of

    models = fold_models(folder)
    reader = partial(_read_by_parts, models, lambda site: part_of(site, len(models)), favor)
    name = "copydesk" if favor == BALANCE else f"copydesk, {favor}"
    return Contestant(f"{name} ({UNSEEN})", reader, tuple(MEDIA_TYPES), is_ours=True)


def fold_models(folder: Path) -> list[Learned]:
    """`fold0.npz`, `fold1.npz`, …: each learned without the sites of its part."""
    found = sorted(folder.glob("fold*.npz"))
    paths = [folder / f"fold{part}.npz" for part in range(len(found))]
    if not found or set(found) != set(paths):
        named = ", ".join(path.name for path in found) or "none"
        raise BadInput(
            f"{folder}: fold0.npz, fold1.npz, … without a gap are needed, found {named}; write them with copydesk.labels.train"
        )
    return [read(path.read_bytes()) for path in paths]


def read_pages(pages: Sequence[Page], model: Learned | None = None, favor: Favor = BALANCE) -> Iterable[Reading]:
    """All pages in one call: those of a host are seen together."""
    return _readings(extract(pages, model, favor))


def extract(pages: Iterable[Page], model: Learned | None = None, favor: Favor = BALANCE) -> pa.Table:
    """The articles of the pages."""
    return extract_records(map(_record, pages), model=model, favor=favor)


def _read_by_parts(
    models: list[Learned], part_of: Callable[[str], int], favor: Favor, pages: Sequence[Page]
) -> Iterable[Reading]:
    parts: dict[int, list[int]] = defaultdict(list)
    for at, page in enumerate(pages):
        parts[part_of(page.site)].append(at)
    found: dict[int, Reading] = {}
    for part, places in parts.items():
        found |= zip(places, read_pages([pages[at] for at in places], models[part], favor), strict=True)
    return [found[at] for at in range(len(pages))]


def _record(page: Page) -> Record:
    return Record(page.content, page.media_type, Origin(page.id), page.id, page.url, page.crawl_date)


def _readings(articles: pa.Table) -> Iterator[Reading]:
    """Rows become Python objects when they are asked for, after the clock has stopped."""
    for row in articles.select(SCORED).to_pylist():
        published = row["published_at"].isoformat() if row["published_at"] else None
        day = row["newsroom_day"].isoformat() if row["newsroom_day"] else None
        yield Reading(row["body"], row["title"], published, row["authors"] or (), day)
