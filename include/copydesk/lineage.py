"""What was made of what: the raw files and partitions that were read, and the partitions that were written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyarrow.compute as pc

from copydesk.curate.days import UNKNOWN
from copydesk.curate.partitions import clean_partitions
from copydesk.lake.ingested import runs_of
from copydesk.lake.layout import partition_folders, partition_path
from copydesk.lake.manifest import load_many
from copydesk.run import Run
from copydesk.schema import ARTICLE_VERSIONS, ARTICLES, CLEAN, QUARANTINE, REMOVED
from copydesk.storage import Storage

MAX_FILES_NAMED = 100  # of one folder; an event that names thousands is refused by some who receive it


@dataclass(frozen=True, slots=True)
class Written:
    """A partition as it was published."""

    uri: str
    rows: int
    bytes: int
    files: int


@dataclass(frozen=True, slots=True)
class Lineage:
    """What was read, as addresses, and what was written."""

    read: tuple[str, ...] = ()
    written: tuple[Written, ...] = ()


def of_ingest(run: Run) -> Lineage:
    """The raw files of a run that was published, and the partitions it made; many files of a folder are named by the folder."""
    known = runs_of(run.lake, run.source.name, run.key, ["run_id", "inputs"])
    rows = known.filter(pc.equal(known["run_id"], run.run_id)).to_pylist()
    files = [file["uri"] for file in rows[-1]["inputs"] or ()] if rows else []
    folders = (partition_path(dataset, run.values) for dataset in (CLEAN, QUARANTINE, REMOVED))
    return Lineage(tuple(_named(files)), tuple(_written(run.lake, folders)))


def of_curation(lake: Storage, month: str) -> Lineage:
    """The dumps that hold articles of a publication month, and the days of the month as they are published."""
    dumps = [{"source": dump.source, "dump": dump.dump} for dump in clean_partitions(lake) if month in dump.months]
    days = (
        folder
        for dataset in (ARTICLES, ARTICLE_VERSIONS)
        for values, folder in partition_folders(lake, dataset)
        if (values["published_date"] or UNKNOWN).startswith(month)
    )
    return Lineage(tuple(lake.uri_of(partition_path(CLEAN, dump)) for dump in dumps), tuple(_written(lake, days)))


def _named(files: Iterable[str]) -> Iterator[str]:
    """Each file, or the folder of more than can be named one by one."""
    folders: dict[str, list[str]] = defaultdict(list)
    for file in sorted(files):
        folders[file.rpartition("/")[0]].append(file)
    for folder, members in folders.items():
        yield from members if len(members) <= MAX_FILES_NAMED else [folder]


def _written(lake: Storage, folders: Iterable[str]) -> Iterator[Written]:
    folders = list(folders)
    for folder, manifest in zip(folders, load_many(lake, folders), strict=True):
        if manifest is not None:
            yield Written(lake.uri_of(folder), manifest.rows, manifest.size, len(manifest.parts))
