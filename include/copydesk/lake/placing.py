"""Put finished parts in a partition's place: at once on a local disk, by the manifest elsewhere."""

from __future__ import annotations

import errno
import fcntl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from copydesk.lake.exchange import exchange
from copydesk.lake.layout import lock_path
from copydesk.lake.manifest import NAME, Manifest, Part, load
from copydesk.storage import Storage, sync

CONFIRMATIONS = 5

Staged = Sequence[tuple[str, Part]]  # where each part lies now


def put_in_place(storage: Storage, folder: str, new: str, staged: Staged, manifest: Manifest) -> None:
    """Make `folder` hold the staged parts and the manifest that names them, and nothing else; `new` is free for use."""
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


def _switch(storage: Storage, folder: str, staged: Staged, manifest: Manifest) -> None:
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


def _place(storage: Storage, folder: str, staged: Staged) -> int:
    """Bring the parts that are not in `folder` there, and say how many."""
    sizes = sizes_in(storage, folder)
    absent = [(path, part) for path, part in staged if sizes.get(part.name) != part.bytes]
    for path, part in absent:
        storage.link_file(path, f"{folder}/{part.name}")
    return len(absent)


def _sweep(storage: Storage, folder: str) -> None:
    names = set(sizes_in(storage, folder))
    manifest = load(storage, folder)  # after the listing, so that no part of a manifest put meanwhile is taken for a stray
    named = {part.name for part in manifest.parts} if manifest else names
    for name in names - named:
        storage.delete_file(f"{folder}/{name}")


def sizes_in(storage: Storage, folder: str) -> dict[str, int]:
    """The files of a partition with their sizes, without its manifest."""
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
