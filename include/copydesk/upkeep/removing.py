"""Take away one thing that was found to be waste, unless it has been touched since.

On a local disk it is moved aside first and looked at there, so that a publication of that very moment gets its file or folder back.
On object storage a manifest goes before its files: at no moment does it name one that is gone.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

from copydesk.lake.layout import scratch_folder
from copydesk.lake.locks import in_turn
from copydesk.lake.manifest import NAME, load
from copydesk.lake.placing import names_in
from copydesk.storage import FileInfo, Storage
from copydesk.upkeep import retention, staging, strays
from copydesk.upkeep.waste import Kind, Waste, as_waste

IsOld = Callable[[Waste], bool]


def remove(storage: Storage, waste: Waste, is_old: IsOld) -> bool:
    """Whether it is gone, by us; False where it is no waste any more, or went by itself."""
    if waste.kind in (Kind.PUBLICATION, Kind.RUN):
        return _remove_work(storage, waste, is_old)
    if waste.kind in retention.LIMITED:
        with in_turn(storage, f"publish {waste.path}"):
            return _retire(storage, waste, is_old)
    if waste.kind is Kind.STRAY:
        with in_turn(storage, f"publish {PurePosixPath(waste.path).parent}"):
            return _remove_stray(storage, waste, is_old)
    return _remove_page(storage, waste, is_old)


def _remove_work(storage: Storage, waste: Waste, is_old: IsOld) -> bool:
    if not storage.exists(waste.path) or not is_old(as_waste(storage, waste.kind, waste.path)):
        return False
    if waste.kind is Kind.RUN and staging.waits_for_a_decision(storage, waste.path):
        return False
    storage.delete_tree(waste.path)
    return True


def _retire(storage: Storage, waste: Waste, is_old: IsOld) -> bool:
    now = retention.partition(storage, waste.kind, waste.path)
    if now is None or not is_old(now):
        return False
    if not storage.is_local:
        named = names_in(load(storage, waste.path))
        storage.delete_file(f"{waste.path}/{NAME}")
        for name in named:
            storage.delete_file(f"{waste.path}/{name}")
        return True
    aside = scratch_folder()
    storage.move_tree(waste.path, aside)
    moved = retention.partition(storage, waste.kind, aside)
    if (moved is None or not is_old(moved)) and not storage.exists(waste.path):  # published anew after it was looked at
        storage.move_tree(aside, waste.path)
        return False
    storage.delete_tree(aside)
    return True


def _remove_stray(storage: Storage, waste: Waste, is_old: IsOld) -> bool:
    now = strays.stray(storage, waste.path)
    if now is None or not is_old(now) or _is_named(storage, waste.path):
        return False
    if not storage.is_local:
        storage.delete_file(waste.path)
        return True
    aside = f"{scratch_folder()}/{PurePosixPath(waste.path).name}"
    storage.move_tree(waste.path, aside)
    if _is_named(storage, waste.path):  # a manifest has come that names it
        storage.move_tree(aside, waste.path)
        return False
    storage.delete_tree(str(PurePosixPath(aside).parent))
    return True


def _is_named(storage: Storage, path: str) -> bool:
    folder, name = PurePosixPath(path).parent, PurePosixPath(path).name
    return name in names_in(load(storage, str(folder)))


def _remove_page(storage: Storage, waste: Waste, is_old: IsOld) -> bool:
    info = storage.filesystem.get_file_info(storage.full(waste.path))
    if not info.is_file or not is_old(retention.page(storage, FileInfo(waste.path, info.size, info.mtime))):
        return False
    storage.delete_file(waste.path)
    return True
