"""Replace a partition whole: readers see the old one or the new one, whoever is killed whenever."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import PurePosixPath
from types import TracebackType
from typing import Any, Self

import pyarrow as pa

from copydesk.errors import BadInput
from copydesk.lake.layout import Given, partition_path, scratch_folder, values_of
from copydesk.lake.manifest import Manifest, Part, load
from copydesk.lake.parts import write_part
from copydesk.lake.placing import put_in_place, sizes_in
from copydesk.schema import SCHEMA_VERSION, Dataset
from copydesk.storage import Storage


class Publication:
    """What is to become a partition: parts are collected in staging, then `publish` puts them in place.

    On a local disk the finished folder changes places with the live one. On object storage, and where folders cannot be
    exchanged, parts go beside the live ones, the manifest is replaced, and what it does not name is deleted: until then a
    reader that ignores manifests may see both. Writers of one machine take turns; of two at once the later wins whole.
    """

    def __init__(self, storage: Storage, dataset: Dataset, values: Given) -> None:
        if dataset.appends:
            raise BadInput(f"{dataset.name} keeps one file a run and is never replaced; use append_run")
        self.storage = storage
        self.dataset = dataset
        self.values = values_of(dataset, values)
        self.folder = partition_path(dataset, values)
        self.scratch = scratch_folder()
        self._staged: list[tuple[str, Part]] = []
        self._times = 0  # that this was put in place

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.storage.delete_tree(self.scratch)

    def add(self, table: pa.Table) -> Part:
        """Stage a table as one more part."""
        folder = f"{self.scratch}/parts"
        part = write_part(self.storage, folder, self.dataset, table)
        self._staged.append((f"{folder}/{part.name}", part))
        return part

    def adopt(self, path: str, part: Part) -> None:
        """Take a part that already lies in the lake, such as one in a run's work folder, which stays as it is."""
        size = self.storage.size(path)
        if size != part.bytes:
            found = "is missing" if size is None else f"has {size} bytes instead of {part.bytes}"
            raise BadInput(f"{self.storage.uri_of(path)} {found}; run the step that writes it again")
        self._staged.append((path, part))

    def publish(self, summary: Mapping[str, Any] | None = None) -> Manifest:
        """Put the staged parts in place of the partition; nothing is touched where it is like that already."""
        staged = [(path, part) for path, part in self._staged if part.rows]
        if not staged:
            self.add(self.dataset.schema.empty_table())  # so that any reader finds the columns of an empty day
            staged = self._staged[-1:]
        staged = _named_apart(staged)
        parts = tuple(part for _, part in staged)
        manifest = Manifest(self.dataset.name, self.values, SCHEMA_VERSION, parts, summary or {})
        if not self._is_live(manifest):
            self._times += 1  # the folder of the last time holds what was replaced then
            put_in_place(self.storage, self.folder, f"{self.scratch}/new-{self._times}", staged, manifest)
        return manifest

    def _is_live(self, manifest: Manifest) -> bool:
        live = load(self.storage, self.folder)
        if live is None or live.to_json() != manifest.to_json():
            return False
        return sizes_in(self.storage, self.folder) == {part.name: part.bytes for part in manifest.parts}


def replace_partition(
    storage: Storage, dataset: Dataset, values: Given, table: pa.Table, summary: Mapping[str, Any] | None = None
) -> Manifest:
    """Publish one table as the whole partition."""
    with Publication(storage, dataset, values) as publication:
        publication.add(table)
        return publication.publish(summary)


def append_run(storage: Storage, dataset: Dataset, values: Given, table: pa.Table, started: datetime) -> Part:
    """Add one run's file to a dataset that keeps them all; the same run again changes nothing."""
    if not dataset.appends:
        raise BadInput(f"{dataset.name} is replaced whole; use Publication")
    prefix = f"run-{started.astimezone(UTC):%Y%m%dT%H%M%S}"
    return write_part(storage, partition_path(dataset, values), dataset, table, prefix)


def _named_apart(staged: list[tuple[str, Part]]) -> list[tuple[str, Part]]:
    """Equal parts of different shards are rows twice, not once: the second gets a name of its own."""
    seen: dict[str, int] = {}
    named = []
    for path, part in staged:
        seen[part.name] = count = seen.get(part.name, 0) + 1
        name = part.name if count == 1 else f"{PurePosixPath(part.name).stem}-{count}.parquet"
        named.append((path, Part(name, part.rows, part.bytes, part.sha256)))
    return named
