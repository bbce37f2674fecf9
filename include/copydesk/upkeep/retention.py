"""Partitions and pages that were to be kept for so many days, and are older."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.lake.layout import partition_folders
from copydesk.lake.manifest import NAME
from copydesk.quality.docs_folder import DOCS
from copydesk.schema import ARTICLE_VERSIONS, QUARANTINE, REMOVED, Dataset
from copydesk.storage import FileInfo, Storage
from copydesk.upkeep.waste import Kind, Waste

LIMITED: dict[Kind, Dataset] = {Kind.REMOVED: REMOVED, Kind.QUARANTINE: QUARANTINE, Kind.VERSIONS: ARTICLE_VERSIONS}


def partitions(storage: Storage, kind: Kind) -> Iterator[Waste]:
    """Every published partition of the dataset; it was touched when its manifest was put there."""
    for _, folder in partition_folders(storage, LIMITED[kind]):
        if waste := partition(storage, kind, folder):
            yield waste


def partition(storage: Storage, kind: Kind, folder: str) -> Waste | None:
    """One of them as it is now; None where nothing is published."""
    files = storage.files(folder, recursive=False)
    manifest = next((file for file in files if file.path == f"{folder}/{NAME}"), None)
    if manifest is None:
        return None
    return Waste(kind, folder, len(files), sum(file.size for file in files), storage.changed_at(manifest))


def pages(storage: Storage) -> Iterator[Waste]:
    """Every page of the Data Docs."""
    for file in storage.files(DOCS):
        yield page(storage, file)


def page(storage: Storage, file: FileInfo) -> Waste:
    """One page."""
    return Waste(Kind.DATA_DOCS, file.path, 1, file.size, storage.changed_at(file))
