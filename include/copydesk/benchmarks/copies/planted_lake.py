"""A planted set through `clean` and curation into a throw-away lake, and how much of what was planted is found there."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import pyarrow as pa

from copydesk.benchmarks.copies.planted import Planted
from copydesk.curate.days import SUMMARY, published_days
from copydesk.curate.months import curate_month, months_held
from copydesk.lake.publishing import replace_partition
from copydesk.lake.reading import read
from copydesk.schema import CLEAN
from copydesk.storage import Storage


class Found(NamedTuple):
    """How many were planted, how many of them were found, and how many of all that was found are right."""

    planted: int
    recall: float
    claimed: int
    precision: float


def fill(storage: Storage, records: Sequence[Planted]) -> None:
    """Publish the records as `clean` and curate every month."""
    dumps = defaultdict(list)
    for record in records:
        dumps[record.source, record.dump].append(record)
    for (source, dump), rows in dumps.items():
        table = clean_table(rows)
        replace_partition(storage, CLEAN, {"source": source, "dump": dump}, table, {SUMMARY: published_days(table)})
    for month in months_held(storage):
        curate_month(storage, month)


def clean_table(records: Sequence[Planted]) -> pa.Table:
    """The records as rows of `clean`."""
    columns = {name: pa.nulls(len(records), field.type) for name, field in zip(CLEAN.schema.names, CLEAN.schema, strict=True)}
    given = {
        "article_id": [record.article_id for record in records],
        "title": [record.title for record in records],
        "body": ["\n\n".join(record.paragraphs) for record in records],
        "paragraphs": [list(record.paragraphs) for record in records],
        "published_at": [record.published_at for record in records],
        "fingerprint": [_fingerprint(record) for record in records],
    }
    columns |= {name: pa.array(values, CLEAN.schema.field(name).type) for name, values in given.items()}
    return pa.table(columns)


def _fingerprint(record: Planted) -> str:
    return hashlib.md5("\n".join([record.title, *record.paragraphs]).encode(), usedforsecurity=False).hexdigest()


def copies_found(storage: Storage, records: Sequence[Planted]) -> Found:
    """Of the planted copies, those in one story with what they copy; of the links, those between articles of one story."""
    story = {record.article_id: record.story for record in records}
    rows = read("articles", columns=["article_id", "story_id", "duplicate_of"], root=storage.uri).to_pylist()
    stories = defaultdict(set)
    for row in rows:
        stories[story[row["article_id"]]].add(row["story_id"])
    copies = [record for record in records if record.kind == "copy"]
    whole = sum(len(stories[record.story]) == 1 for record in copies)
    links = [(row["article_id"], row["duplicate_of"]) for row in rows if row["duplicate_of"]]
    right = sum(story[copy] == story[first] for copy, first in links)
    return Found(len(copies), whole / max(len(copies), 1), len(links), right / max(len(links), 1))


def versions_found(storage: Storage, records: Sequence[Planted]) -> Found:
    """Of the planted re-crawls, those kept as a version of what they correct; of the versions, those of the same article."""
    article = {(record.article_id, _fingerprint(record)): record.article for record in records}
    columns = ["article_id", "seen_as", "fingerprint", "version"]
    texts = defaultdict(list)
    for row in read("article_versions", columns=columns, root=storage.uri).sort_by("version").to_pylist():
        texts[row["article_id"]].append(article[row["seen_as"], row["fingerprint"]])
    later = [(first, each) for first, *others in texts.values() for each in others]
    found = {each for first, each in later if first == each}
    corrected = [record.article for record in records if record.kind == "version"]
    right = sum(first == each for first, each in later)
    return Found(
        len(corrected), len(found.intersection(corrected)) / max(len(corrected), 1), len(later), right / max(len(later), 1)
    )
