"""Gold sets: pages, and what of each is the article."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.parquet as pq

from copydesk.errors import BadInput
from copydesk.fields.urls import host

MEDIA_TYPES = {"html": "text/html", "text_full": "text/plain", "text_main": "text/plain"}  # by mode
TOLD = ("body", "body_required", "title", "authors", "published", "with", "without")
COLUMNS = ("id", "url", "crawl_date", *MEDIA_TYPES, *TOLD)
Row = dict[str, Any]


class GoldSet(NamedTuple):
    """One file of gold; what a row does not tell is null."""

    name: str
    rows: list[Row]


class Page(NamedTuple):
    """What a reader is given."""

    id: str
    content: bytes | str
    media_type: str
    url: str | None
    crawl_date: str | None
    site: str  # as the training names it: a model has seen a site or has not

    @property
    def size_bytes(self) -> int:
        """As stored."""
        return len(self.content if isinstance(self.content, bytes) else self.content.encode())


def find_sets(folder: Path, names: Collection[str] = ()) -> list[Path]:
    """The files of `folder` by the names of their sets, all of them unless told."""
    paths = {path.stem: path for path in sorted(folder.glob("*.parquet"))}
    unknown = [name for name in names if name not in paths]
    if unknown or not paths:
        raise BadInput(f"{folder}: no set {', '.join(unknown) or 'at all'}; there is {', '.join(paths) or 'no *.parquet'}")
    return [path for name, path in paths.items() if name in names or not names]


def read_set(path: Path) -> GoldSet:
    """All pages of a set with their gold."""
    missing = sorted(set(COLUMNS) - set(pq.read_schema(path).names))
    if missing:
        raise BadInput(f"{path}: no column {', '.join(missing)}; a gold set has {', '.join(COLUMNS)}")
    return GoldSet(path.stem, pq.read_table(path, columns=list(COLUMNS)).to_pylist())


def pages(gold: GoldSet, mode: str) -> list[Page]:
    """The pages of a set in one form, in order."""
    return [page(gold.name, row, mode) for row in gold.rows]


def page(name: str, row: Row, mode: str) -> Page:
    """One row of the set `name` in one form."""
    site = host(row["url"]) or f"{name} {row['id']}"
    return Page(str(row["id"]), row[mode], MEDIA_TYPES[mode], row["url"], row["crawl_date"], site)


def evenly(found: Sequence[Page], count: int) -> Sequence[Page]:
    """At most `count` of the pages, spread over them."""
    if len(found) <= count:
        return found
    return [found[i * len(found) // count] for i in range(count)]
