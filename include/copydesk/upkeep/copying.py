"""A copy of a lake, whole in every partition although writers are at work; what the copy has already is not read again.

Files are named by their content, so a name that is there with its size need not be copied. Of each partition the files go first and the
manifest that names them last, as a writer would put them: a copy that was cut short is a lake too, and the next call goes on.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath

from copydesk.errors import BadInput
from copydesk.lake.layout import INGEST, partition_folders
from copydesk.lake.manifest import NAME, load
from copydesk.lake.placing import names_in, sizes_in
from copydesk.lake.retrying import until_undisturbed
from copydesk.quality.docs_folder import DOCS
from copydesk.schema import DATASETS
from copydesk.steps.publishing import REPETITIONS
from copydesk.storage import Storage
from copydesk.upkeep.staging import waits_for_a_decision

AT_ONCE = 8
COPIED_BYTES = 4 << 20
REPLACED = (DOCS, REPETITIONS)  # files of a few kilobytes that are replaced whole under one name

Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Copied:
    """What had to be copied."""

    files: int
    bytes: int


def copy_lake(lake: Storage, target: Storage, report: Report = lambda *_: None) -> Copied:
    """Bring `target` up to the lake: partitions, records of runs, Data Docs, and held runs; what `lake` has no more goes from there too."""
    _refuse_each_other(lake, target)
    jobs = list(_jobs(lake))
    copied = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for done, one in enumerate(pool.map(lambda job: job(lake, target), jobs), 1):
            copied.append(one)
            report(done, len(jobs))
    _forget_partitions(lake, target)
    return Copied(sum(one.files for one in copied), sum(one.bytes for one in copied))


def _refuse_each_other(lake: Storage, target: Storage) -> None:
    if f"{target.uri}/".startswith(f"{lake.uri}/") or f"{lake.uri}/".startswith(f"{target.uri}/"):
        raise BadInput(f"{target.uri} and {lake.uri} are one in the other; name another place for the copy")
    target.check_writable()


Job = Callable[[Storage, Storage], Copied]


def _jobs(lake: Storage) -> Iterator[Job]:
    for dataset in DATASETS.values():
        for _, folder in partition_folders(lake, dataset):
            yield partial(_copy_folder if dataset.appends else _copy_partition, folder=folder)
    for folder in (*REPLACED, *_held(lake)):
        yield partial(_copy_folder, folder=folder, is_replaced=True)


def _held(lake: Storage) -> Iterator[str]:
    """Runs that wait for a decision: nobody could release them from a lake that was restored without."""
    for source in lake.folders(INGEST):
        for dump in lake.folders(source):
            yield from (folder for folder in lake.folders(dump) if waits_for_a_decision(lake, folder))


def _copy_partition(lake: Storage, target: Storage, folder: str) -> Copied:
    return until_undisturbed(lambda: _copy_published(lake, target, folder))


def _copy_published(lake: Storage, target: Storage, folder: str) -> Copied:
    manifest = load(lake, folder)
    if manifest is None:
        return Copied(0, 0)
    there = sizes_in(target, folder)
    lacking = [part for part in manifest.parts if there.get(part.name) != part.bytes]
    for part in lacking:
        _copy_file(lake, target, f"{folder}/{part.name}")
    target.write_bytes(f"{folder}/{NAME}", manifest.to_json())
    for name in there.keys() - names_in(manifest):
        target.delete_file(f"{folder}/{name}")
    return Copied(len(lacking), sum(part.bytes for part in lacking))


def _copy_folder(lake: Storage, target: Storage, folder: str, *, is_replaced: bool = False) -> Copied:
    """Files that are only added, or replaced under their name where `is_replaced`."""
    there = {file.path: file.size for file in target.files(folder)}
    lacking = [file for file in lake.files(folder) if is_replaced or there.get(file.path) != file.size]
    for file in lacking:
        _copy_file(lake, target, file.path)
    return Copied(len(lacking), sum(file.size for file in lacking))


def _copy_file(lake: Storage, target: Storage, path: str) -> None:
    with lake.open_input(path) as source, target.open_output(path) as sink:
        shutil.copyfileobj(source, sink, COPIED_BYTES)


def _forget_partitions(lake: Storage, target: Storage) -> None:
    """A partition that is kept no more, such as one of `removed` that was old."""
    for dataset in DATASETS.values():
        if dataset.appends:
            continue
        for _, folder in partition_folders(target, dataset):
            if load(target, folder) is not None and load(lake, folder) is None:
                target.delete_file(f"{folder}/{NAME}")
                for file in target.files(folder, recursive=False):
                    target.delete_file(str(PurePosixPath(file.path)))
