"""Hold every manifest against the files that are there: what it names must lie beside it, byte for byte, and nothing else."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import PurePosixPath

from copydesk.errors import BadInput
from copydesk.filesystems.bucket import is_gone
from copydesk.lake.layout import Values, parse_path
from copydesk.lake.manifest import NAME, REQUESTS, Manifest, Part, load
from copydesk.schema import DATASETS, Dataset
from copydesk.storage import FileInfo, Storage

SETTLE_S = 5  # a writer at work is through with a partition, or has put another file, well within it
READ_BYTES = 1 << 20
HASHES = 4  # files at once on a local disk: the processor is the limit there
LOOKS = 5  # at a partition that is published anew each time
RUN_FILE = re.compile(r"run-\d{8}T\d{6}-([0-9a-f]{32})\.parquet")  # as `append_run` names it: by the hash of its content


class Fault(StrEnum):
    """What may be wrong with a partition; all but `extra` is damage."""

    MISSING = "missing"  # a manifest names it
    CHANGED = "changed"  # it has other bytes than were published
    UNREADABLE = "unreadable"  # what lies there is no manifest
    MISPLACED = "misplaced"  # the manifest is that of another partition
    EXTRA = "extra"  # no manifest names it, so no reader sees it


@dataclass(frozen=True, slots=True)
class Finding:
    """One file that is not as it should be."""

    fault: Fault
    path: str
    detail: str

    @property
    def is_damage(self) -> bool:
        """Whether readers miss something, which a file too many never is."""
        return self.fault is not Fault.EXTRA


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """What was looked at, and what is wrong."""

    partitions: int
    files: int
    bytes: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """A folder of a dataset with the files in it."""

    dataset: Dataset
    folder: str
    files: tuple[FileInfo, ...]


def scrub(
    storage: Storage, *, is_quick: bool = False, settle_s: float = SETTLE_S, report: Callable[[int, int], None] = lambda *_: None
) -> Scrubbed:
    """Look at every partition; `is_quick` holds sizes and reads no data.

    Partitions are replaced while this looks at them. So what seems wrong is looked at again after a while, and counts where its
    manifest is then the same before and after the look.
    """
    places = [place for dataset in DATASETS.values() for place in _places(storage, dataset)]
    found: list[list[Finding]] = []
    with ThreadPoolExecutor(HASHES if storage.is_local else REQUESTS) as pool:
        for findings in pool.map(partial(_examine, storage, is_quick=is_quick), places):
            found.append(findings)
            report(len(found), len(places))
        suspects = [place for place, findings in zip(places, found, strict=True) if findings]
        if suspects:
            time.sleep(settle_s)
        again = pool.map(partial(_look_again, storage, is_quick=is_quick), suspects)
        settled = tuple(finding for each in again for finding in each)
    files = [file for place in places for file in place.files]
    return Scrubbed(len(places), len(files), sum(file.size for file in files), settled)


def _places(storage: Storage, dataset: Dataset) -> Iterator[_Place]:
    """Every folder of the dataset that holds files, from one listing."""
    folders: dict[str, list[FileInfo]] = {}
    for file in storage.files(dataset.name, unfinished=True):
        folders.setdefault(str(PurePosixPath(file.path).parent), []).append(file)
    for folder, files in folders.items():
        yield _Place(dataset, folder, tuple(files))


def _look_again(storage: Storage, place: _Place, *, is_quick: bool) -> list[Finding]:
    for _ in range(LOOKS):
        before = _manifest_bytes(storage, place.folder)
        now = _Place(place.dataset, place.folder, tuple(storage.files(place.folder, recursive=False, unfinished=True)))
        findings = _examine(storage, now, is_quick=is_quick)
        if not findings or _manifest_bytes(storage, place.folder) == before:
            break
    return findings


def _manifest_bytes(storage: Storage, folder: str) -> bytes | None:
    try:
        return storage.read_bytes(f"{folder}/{NAME}")
    except FileNotFoundError:
        return None


def _examine(storage: Storage, place: _Place, *, is_quick: bool) -> list[Finding]:
    values = parse_path(place.dataset, place.folder)
    if values is None:
        return [Finding(Fault.EXTRA, file.path, "lies in no partition") for file in place.files]
    if place.dataset.appends:
        return [finding for file in place.files for finding in _examine_run(storage, file, is_quick=is_quick)]
    try:
        manifest = load(storage, place.folder)
    except BadInput as error:
        return [Finding(Fault.UNREADABLE, f"{place.folder}/{NAME}", str(error))]
    if manifest is None:
        return [Finding(Fault.EXTRA, file.path, "the partition has no manifest") for file in place.files]
    return [*_misplaced(place, values, manifest), *_wrong(storage, place, manifest, is_quick=is_quick), *_extra(place, manifest)]


def _examine_run(storage: Storage, file: FileInfo, *, is_quick: bool) -> Iterator[Finding]:
    """A file of a dataset that keeps one a run says in its name what it must hold."""
    named = RUN_FILE.fullmatch(PurePosixPath(file.path).name)
    if named is None:
        yield Finding(Fault.EXTRA, file.path, "no run names its file so")
    elif not is_quick and (digest := _digest(storage, file.path)) is not None and not digest.startswith(named[1]):
        yield Finding(Fault.CHANGED, file.path, "other bytes than were written: the checksum in its name differs")


def _misplaced(place: _Place, values: Values, manifest: Manifest) -> Iterator[Finding]:
    if (manifest.dataset, manifest.values) != (place.dataset.name, values):
        whose = f"{manifest.dataset} {' '.join(str(value) for value in manifest.values.values())}"
        yield Finding(Fault.MISPLACED, f"{place.folder}/{NAME}", f"is the manifest of {whose}")


def _wrong(storage: Storage, place: _Place, manifest: Manifest, *, is_quick: bool) -> Iterator[Finding]:
    sizes = {PurePosixPath(file.path).name: file.size for file in place.files}
    for part in manifest.parts:
        path = f"{place.folder}/{part.name}"
        if part.name not in sizes:
            yield Finding(Fault.MISSING, path, f"the manifest names it, with {part.rows} rows")
        elif sizes[part.name] != part.bytes:
            yield Finding(Fault.CHANGED, path, f"has {sizes[part.name]} bytes instead of {part.bytes}")
        elif not is_quick:
            yield from _other_bytes(storage, path, part)


def _other_bytes(storage: Storage, path: str, part: Part) -> Iterator[Finding]:
    digest = _digest(storage, path)
    if digest is None:
        yield Finding(Fault.MISSING, path, f"the manifest names it, with {part.rows} rows")
    elif digest != part.sha256:
        yield Finding(Fault.CHANGED, path, "other bytes than were published: its checksum differs")


def _extra(place: _Place, manifest: Manifest) -> Iterable[Finding]:
    named = {NAME, *(part.name for part in manifest.parts)}
    strays = (file for file in place.files if PurePosixPath(file.path).name not in named)
    return (Finding(Fault.EXTRA, file.path, "the manifest does not name it") for file in strays)


def _digest(storage: Storage, path: str) -> str | None:
    """The SHA-256 of a file; None where it has gone meanwhile."""
    digest = hashlib.sha256()
    try:
        with storage.open_input(path) as stream:
            while chunk := stream.read(READ_BYTES):
                digest.update(chunk)
    except OSError as error:
        if is_gone(error):
            return None
        raise
    return digest.hexdigest()
