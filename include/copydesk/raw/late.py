"""Raw files that came, or changed, after the day they belong to was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from copydesk.lake.ingested import Taken
from copydesk.raw.dated_paths import DatedPaths
from copydesk.raw.inputs import is_marker
from copydesk.sources import Source
from copydesk.storage import FileInfo, Storage


@dataclass(frozen=True, slots=True)
class Late:
    """What a new run of a day would read that the last one did not."""

    files: int
    size: int


def find_late(storage: Storage, source: Source, taken: Mapping[str, Taken]) -> dict[str, Late]:
    """By day, of the days in `taken`; the source's folder is listed once, however many days there are."""
    return late_among(storage, files_by_day(storage, source), taken)


def files_by_day(storage: Storage, source: Source) -> dict[str, list[FileInfo]]:
    """The raw files of each day that has one; the marker that says that the day is complete does not count."""
    paths = DatedPaths.of(source.raw)
    files: dict[str, list[FileInfo]] = {}
    for file in storage.glob(paths.glob):
        key = paths.day_of(file.path)
        if key is not None and not is_marker(source, file.path):
            files.setdefault(key, []).append(file)
    return files


def late_among(storage: Storage, files: Mapping[str, list[FileInfo]], taken: Mapping[str, Taken]) -> dict[str, Late]:
    """Of the files by day those that are news to the days in `taken`."""
    late = {}
    for key, those in files.items():
        if key in taken and (sizes := [file.size for file in those if _is_news(file, storage, taken[key])]):
            late[key] = Late(len(sizes), sum(sizes))
    return late


def _is_news(file: FileInfo, storage: Storage, taken: Taken) -> bool:
    """Whether the file was not there, or was another."""
    uri = storage.uri_of(file.path)
    if uri not in taken.sizes or (file.modified_at is not None and file.modified_at > taken.started_at):
        return True
    return taken.sizes[uri] not in (None, file.size)
