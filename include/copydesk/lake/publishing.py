"""Replace a partition whole: readers see the old one or the new one, whoever is killed whenever."""

from __future__ import annotations

import errno
import fcntl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Any, Self

import pyarrow as pa

from copydesk.errors import BadInput
from copydesk.lake.exchange import exchange
from copydesk.lake.layout import Given, lock_path, partition_path, scratch_folder, values_of
from copydesk.lake.manifest import NAME, Manifest, Part, load
from copydesk.lake.parts import write_part
from copydesk.schema import SCHEMA_VERSION, Dataset
from copydesk.storage import Storage, sync

CONFIRMATIONS = 5


class Publication:
    """What is to become a partition: parts are collected in staging, then `publish` puts them in place.

    On a local disk the finished folder changes places with the live one. On object storage, and where folders cannot be
    exchanged, parts go beside the live ones, the manifest is replaced, and what it does not name is deleted: until then a
    reader that ignores manifests may see both. Of two writers at once the later wins whole.
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
            _put_in_place(self.storage, self.folder, f"{self.scratch}/new", staged, manifest)
        return manifest

    def _is_live(self, manifest: Manifest) -> bool:
        live = load(self.storage, self.folder)
        if live is None or live.to_json() != manifest.to_json():
            return False
        return _sizes(self.storage, self.folder) == {part.name: part.bytes for part in manifest.parts}


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


def _put_in_place(storage: Storage, folder: str, new: str, staged: list[tuple[str, Part]], manifest: Manifest) -> None:
    if not storage.is_local:
        _switch(storage, folder, staged, manifest)
        return
    for path, part in staged:
        storage.link_file(path, f"{new}/{part.name}")
    storage.write_bytes(f"{new}/{NAME}", manifest.to_json())
    if not _swap(Path(storage.full(new)), Path(storage.full(folder))):
        with _locked(Path(storage.full(lock_path(folder)))):
            _switch(storage, folder, staged, manifest)
    _sync_up(Path(storage.full(folder)), Path(storage.base))


def _swap(new: Path, live: Path) -> bool:
    """Give the finished folder the live one's place; False where that cannot be done in one step."""
    live.parent.mkdir(parents=True, exist_ok=True)
    try:
        new.rename(live)  # the first of its partition, or an empty folder in its place
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise
        return exchange(str(new), str(live))
    return True


def _switch(storage: Storage, folder: str, staged: list[tuple[str, Part]], manifest: Manifest) -> None:
    """Parts first, then the manifest that names them, then away with what it does not name.

    Another writer's sweep may take parts whose manifest is not there yet; they are put back until manifest and parts agree.
    """
    path, content = f"{folder}/{NAME}", manifest.to_json()
    _place(storage, folder, staged)
    storage.write_bytes(path, content)
    for _ in range(CONFIRMATIONS):
        if storage.read_bytes(path) != content or not _place(storage, folder, staged):
            break
    _sweep(storage, folder)


def _place(storage: Storage, folder: str, staged: list[tuple[str, Part]]) -> int:
    """Bring the parts that are not in `folder` there, and say how many."""
    sizes = _sizes(storage, folder)
    absent = [(path, part) for path, part in staged if sizes.get(part.name) != part.bytes]
    for path, part in absent:
        storage.link_file(path, f"{folder}/{part.name}")
    return len(absent)


def _sweep(storage: Storage, folder: str) -> None:
    names = set(_sizes(storage, folder))
    manifest = load(storage, folder)  # read after the listing: a writer that came later has its parts named here, or not listed
    named = {part.name for part in manifest.parts} if manifest else names
    for name in names - named:
        storage.delete_file(f"{folder}/{name}")


def _sizes(storage: Storage, folder: str) -> dict[str, int]:
    files = storage.files(folder, recursive=False)
    sizes = {PurePosixPath(file.path).name: file.size for file in files}
    sizes.pop(NAME, None)
    return sizes


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """One writer at a time; a killed one lets go."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _sync_up(folder: Path, root: Path) -> None:
    for level in (folder, *folder.parents):
        sync(level)
        if level == root:
            return
