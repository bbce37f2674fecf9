"""Records that were not accepted: a list of those of a dump, and one of them with what it failed, in words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from copydesk.dumps import Kind
from copydesk.lake.parts import row_groups
from copydesk.quality.rule_wording import rule_in_words
from copydesk.quality.suite import expected_of_rows
from copydesk.records import MEANINGS, Origin, Reason
from copydesk.run import Run
from copydesk.schema import CLEAN, QUARANTINE
from copydesk.steps.plan import not_after
from copydesk.steps.rows import placed_parts
from copydesk.views.document.blocks import Block, blocks_of
from copydesk.views.document.origins import origin_of
from copydesk.views.document.raw_record import RawRecord
from copydesk.views.document.sandbox import SANDBOX
from copydesk.views.rows import Spot, part_paths, rows_at
from copydesk.views.visible import Address, address, visible

PLACE = ("origin_uri", "origin_member", "origin_ordinal", "origin_offset")
LISTED = ("stage", "reasons", "detail", "title", "url", *PLACE)
MOST_LISTED = 200
LONGEST_BODY = 20_000  # characters
DESCRIPTIONS = {column.name: column.description for column in CLEAN.columns}


class Listed(NamedTuple):
    """One record, as the list shows it."""

    key: str
    stage: str
    reasons: list[str]
    detail: str
    title: str
    place: str


class Listing(NamedTuple):
    """The records of a dump, the first of them."""

    records: list[Listed]
    is_held: bool  # of a run that waits for a decision
    is_cut: bool  # there are more


class Failure(NamedTuple):
    """One thing that was wrong: its name, and what it means."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Refused:
    """One record that was not accepted."""

    source: str
    dump: str
    is_held: bool
    stage: str
    failures: list[Failure]
    detail: str
    title: str
    url: Address | None
    published_at: datetime | None
    body: str
    origin: Origin
    raw: RawRecord
    blocks: list[Block]


def key_of(row: Mapping[str, Any]) -> str:
    """The name of a record in an address: of where its raw bytes are."""
    place = "\x1f".join(str(row[name]) for name in PLACE)
    return hashlib.blake2b(place.encode("utf-8", "replace"), digest_size=16).hexdigest()


def listed(run: Run, reason: str | None = None) -> Listing:
    """The first records of the dump, of all or of those with a reason: of the run that is held, else of what is published."""
    paths, is_held = _paths(run)
    rows = (row for path in paths for row in _rows(run, path, LISTED) if reason is None or reason in row["reasons"])
    found = list(islice(rows, MOST_LISTED + 1))
    return Listing([_listed(row) for row in found[:MOST_LISTED]], is_held, len(found) > MOST_LISTED)


def refused(run: Run, key: str, *, is_patient: bool = False) -> Refused | None:
    """The record with that key, and what stands at its origin; None where the dump has none."""
    paths, is_held = _paths(run)
    spot = next((spot for path in paths for spot in _spots(run, path, key)), None)
    if spot is None:
        return None
    (row,) = rows_at(run.lake, [spot], QUARANTINE.schema.names)
    raw = SANDBOX.read_again(run, origin_of(row), is_patient=is_patient)
    return Refused(
        source=run.source.name,
        dump=run.key,
        is_held=is_held,
        stage=row["stage"],
        failures=[Failure(visible(name, 200), _meaning(name, run)) for name in row["reasons"] or ()],
        detail=visible(row["detail"], 4_000),
        title=visible(row["title"], 500),
        url=address(row["url"]),
        published_at=row["published_at"],
        body=visible(row["body"], LONGEST_BODY),
        origin=origin_of(row),
        raw=raw,
        blocks=blocks_of(raw, {}, row["article_id"] or ""),
    )


def _paths(run: Run) -> tuple[list[str], bool]:
    """The files of the run that is held, or of the published partition."""
    from copydesk.steps.deciding import find_held

    if held := find_held(run):
        return [placed.path for placed in placed_parts(held.work, QUARANTINE)], True
    return part_paths(run.lake, QUARANTINE, run.values), False


def _rows(run: Run, path: str, columns: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Some columns of all rows of a file, a row group at a time."""
    for rows in row_groups(run.lake, path, columns):
        yield from rows.to_pylist()


def _spots(run: Run, path: str, key: str) -> Iterator[Spot]:
    for group, rows in enumerate(row_groups(run.lake, path, PLACE)):
        yield from (Spot(path, group, row) for row, place in enumerate(rows.to_pylist()) if key_of(place) == key)


def _listed(row: Mapping[str, Any]) -> Listed:
    name = row["origin_uri"].rpartition("/")[2]
    place = f"{row['origin_member'] or name} · record {row['origin_ordinal']}"
    title = visible(row["title"] or row["url"], 200)
    return Listed(key_of(row), row["stage"], row["reasons"] or [], visible(row["detail"], 400), title, visible(place, 200))


def _meaning(name: str, run: Run) -> str:
    """What a reason says, or what the expectation that was failed wants."""
    if name in MEANINGS:
        return MEANINGS[Reason(name)].replace("`", "")
    latest = not_after(run) if run.kind is Kind.DAY else None
    rules = {one.name: one for one in expected_of_rows(run.source, latest)}
    if name not in rules:
        return "An expectation that the source does not have any more."
    one = rules[name]
    wish = rule_in_words(one.rule).replace("`", "")
    return f"{one.column}: {wish}. {DESCRIPTIONS.get(one.column, '')}".replace("`", "")
