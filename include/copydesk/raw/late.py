"""Raw files that came, or changed, after the day they belong to was published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from copydesk.lake.taken import Taken
from copydesk.raw.dated_paths import DatedPaths
from copydesk.raw.inputs import marker_of
from copydesk.sources import Source
from copydesk.storage import FileInfo, Storage


@dataclass(frozen=True, slots=True)
class Late:
    """What a new run of a day would read that the last one did not."""

    files: int
    size: int


def find_late(storage: Storage, source: Source, taken: Mapping[str, Taken]) -> dict[str, Late]:
    """By day, of the days in `taken`; the source's folder is listed once, however many days there are."""
    paths = DatedPaths.of(source.raw)
    late: dict[str, list[int]] = {}
    for file in storage.glob(paths.glob):
        key = paths.day_of(file.path)
        if key is not None and key in taken and file.path != marker_of(source, key) and _is_news(file, storage, taken[key]):
            late.setdefault(key, []).append(file.size)
    return {key: Late(len(sizes), sum(sizes)) for key, sizes in late.items()}


def _is_news(file: FileInfo, storage: Storage, taken: Taken) -> bool:
    """Whether the file was not there, or was another."""
    uri = storage.uri_of(file.path)
    if uri not in taken.sizes or (file.modified_at is not None and file.modified_at > taken.started_at):
        return True
    return taken.sizes[uri] not in (None, file.size)
