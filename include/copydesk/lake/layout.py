"""Where things lie in a lake: partitions by the values in their paths, and the staging area beside them."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from urllib.parse import quote, unquote

from copydesk.errors import BadInput
from copydesk.schema import CLEAN, Dataset
from copydesk.storage import Storage

STAGING = ".staging"  # Arrow, Spark and DuckDB leave out what begins with '.' or '_'
INGEST, PUBLISH = f"{STAGING}/ingest", f"{STAGING}/publish"
NULL = "__HIVE_DEFAULT_PARTITION__"
MAX_NAME_BYTES = 255  # of one folder name, on every common file system

Values = dict[str, str | None]  # of the partition columns, as text; a day in ISO form, None where unknown
Given = Mapping[str, str | date | None]


def values_of(dataset: Dataset, given: Given) -> Values:
    """The partition values as text, in the dataset's order; BadInput where one is missing or too many."""
    names = [column.name for column in dataset.partition]
    if set(given) != set(names):
        raise BadInput(f"{dataset.name} is partitioned by {', '.join(names)}; got {', '.join(given) or 'nothing'}")
    values = {name: given[name] for name in names}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def partition_path(dataset: Dataset, given: Given) -> str:
    """The folder of a partition below the lake's root, such as `clean/source=lbc/dump=2026-11-03`."""
    return "/".join([dataset.name, *_segments(values_of(dataset, given))])


def parse_path(dataset: Dataset, path: str) -> Values | None:
    """The values in a partition's path; None where it is not one of this dataset."""
    name, *segments = path.split("/")
    pairs = [segment.partition("=") for segment in segments]
    if name != dataset.name or [pair[0] for pair in pairs] != [column.name for column in dataset.partition]:
        return None
    return {key: None if value == NULL else unquote(value) for key, _, value in pairs}


def partition_folders(storage: Storage, dataset: Dataset, sources: Iterable[str] | None = None) -> Iterator[tuple[Values, str]]:
    """Every partition folder of a dataset with its values, by path; given some sources only theirs are listed, where it has sources."""
    folders = source_folders(dataset, sources)
    for _ in range(len(dataset.partition) - folders[0].count("/") if folders else 0):
        folders = [child for folder in folders for child in storage.folders(folder)]
    for folder in folders:
        values = parse_path(dataset, folder)
        if values is not None:
            yield values, folder


def source_folders(dataset: Dataset, sources: Iterable[str] | None) -> list[str]:
    """The folders that hold all of these sources, there or not: the dataset's own where none are given or it has no sources."""
    if sources is None or dataset.partition[0].name != "source":
        return [dataset.name]
    return [f"{dataset.name}/{_segment('source', name)}" for name in sorted(sources)]


def known_sources(storage: Storage, dataset: Dataset) -> list[str]:
    """The sources that have a partition of the dataset; none where it is not partitioned by source first."""
    if dataset.partition[0].name != "source":
        return []
    return [unquote(folder.partition("=")[2]) for folder in storage.folders(dataset.name) if "/source=" in folder]


def ingest_folder(source: str, dump: str, run_id: str) -> str:
    """The work folder of one ingest run: the same for each try of the run, and no other run's."""
    token = hashlib.sha256(run_id.encode()).hexdigest()[:12]
    return "/".join([INGEST, *_segments(values_of(CLEAN, {"source": source, "dump": dump})), token])


def scratch_folder() -> str:
    """A new folder in staging for one publication."""
    return f"{PUBLISH}/{secrets.token_hex(8)}"


def lock_path(folder: str) -> str:
    """The file that those lock who must not do the same at once."""
    return f"{STAGING}/locks/{hashlib.sha256(folder.encode()).hexdigest()[:32]}"


def _segments(values: Values) -> list[str]:
    return [_segment(name, value) for name, value in values.items()]


def _segment(name: str, value: str | None) -> str:
    if value in ("", NULL):
        raise BadInput(f"{name}={value!r}: a partition value may be neither empty nor {NULL}, which stands for null")
    segment = f"{name}={NULL if value is None else quote(value, safe='')}"
    if len(segment) > MAX_NAME_BYTES:
        raise BadInput(f"{name}={value!r}: longer than the {MAX_NAME_BYTES} bytes a folder name may have; use a shorter one")
    return segment
