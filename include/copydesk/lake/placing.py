"""Put finished parts in a partition's place: at once on a local disk, by the manifest elsewhere."""

from __future__ import annotations

import errno
import time
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from copydesk.filesystems.local import sync
from copydesk.lake.exchange import exchange
from copydesk.lake.locks import in_turn
from copydesk.lake.manifest import NAME, Manifest, Part, load
from copydesk.storage import Storage

CONFIRMATIONS = 5
SETTLE_S = 5  # a writer at work places another part, or the manifest, well within it

Staged = Sequence[tuple[str, Part]]  # where each part lies now


def put_in_place(storage: Storage, folder: str, new: str, staged: Staged, manifest: Manifest) -> None:
    """Make `folder` hold the staged parts and the manifest that names them, and nothing else; `new` is free for use."""
    turn = in_turn(storage, f"publish {folder}")
    if not storage.is_local:
        with turn:
            _switch(storage, folder, staged, manifest, SETTLE_S)
        return
    for path, part in staged:
        storage.link_file(path, f"{new}/{part.name}")
    storage.write_bytes(f"{new}/{NAME}", manifest.to_json())
    if not _swap(Path(storage.full(new)), Path(storage.full(folder))):
        with turn:
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


def _switch(storage: Storage, folder: str, staged: Staged, manifest: Manifest, settle_s: float = 0) -> None:
    """Parts first, then the manifest that names them, then away with what it does not name.

    The lock holds for one machine. A writer of another may sweep parts whose manifest is not there yet; they are put back until
    manifest and parts agree.
    """
    path, content = f"{folder}/{NAME}", manifest.to_json()
    known = names_in(load(storage, folder)) | names_in(manifest)
    _place(storage, folder, staged)
    storage.write_bytes(path, content)
    for _ in range(CONFIRMATIONS):
        if storage.read_bytes(path) != content or not _place(storage, folder, staged):
            break
    _sweep(storage, folder, known, settle_s)


def _place(storage: Storage, folder: str, staged: Staged) -> int:
    """Bring the parts that are not in `folder` there, and say how many."""
    sizes = sizes_in(storage, folder)
    absent = [(path, part) for path, part in staged if sizes.get(part.name) != part.bytes]
    for path, part in absent:
        storage.link_file(path, f"{folder}/{part.name}")
    return len(absent)


def _sweep(storage: Storage, folder: str, known: set[str], settle_s: float) -> None:
    """Delete what the manifest does not name: at once what this writer has replaced or placed itself.

    The rest a killed writer has left, or one of another machine is about to name: it goes where nothing is added for a while.
    """
    strays = strays_in(storage, folder)
    _delete(storage, folder, strays & known)
    others = strays - known
    if others:
        time.sleep(settle_s)
        if strays_in(storage, folder) <= others | known:
            _delete(storage, folder, others)


def _delete(storage: Storage, folder: str, names: set[str]) -> None:
    for name in names:
        if name not in names_in(load(storage, folder)):  # asked each time: a manifest put meanwhile may name it again
            storage.delete_file(f"{folder}/{name}")


def strays_in(storage: Storage, folder: str) -> set[str]:
    """The files of a partition that its manifest does not name; none where there is no manifest."""
    names = set(sizes_in(storage, folder))
    manifest = load(storage, folder)  # after the listing, so that no part of a manifest put meanwhile is taken for a stray
    return names - names_in(manifest) if manifest else set()


def names_in(manifest: Manifest | None) -> set[str]:
    """The names of the parts."""
    return {part.name for part in manifest.parts} if manifest else set()


def sizes_in(storage: Storage, folder: str) -> dict[str, int]:
    """The files of a partition with their sizes, without its manifest."""
    files = storage.files(folder, recursive=False)
    sizes = {PurePosixPath(file.path).name: file.size for file in files}
    sizes.pop(NAME, None)
    return sizes


def _sync_up(folder: Path, root: Path) -> None:
    for level in (folder, *folder.parents):
        sync(level)
        if level == root:
            return
