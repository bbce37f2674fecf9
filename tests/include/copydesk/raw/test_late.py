from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from copydesk.lake.ingested import Taken
from copydesk.raw.late import Late, find_late
from copydesk.sources import Source
from copydesk.storage import FileInfo, Storage

DAYS = ("2026-11-03", "2026-11-04", "2026-11-05")
AFTER = datetime.now(UTC) + timedelta(days=1)  # every file was there before the run


@dataclass(frozen=True)
class Counted(Storage):
    """A storage that knows how often it was listed."""

    listings: list[str] = field(default_factory=list)

    def files(self, prefix: str = "", recursive: bool = True) -> list[FileInfo]:
        self.listings.append(prefix)
        return super().files(prefix, recursive)


@pytest.fixture
def storage(tmp_path: Path) -> Counted:
    opened = Storage.open(str(tmp_path))
    for day in DAYS:
        opened.write_bytes(f"lbc/{day}/1.txt", b"The ferry is late.")
    return Counted(opened.uri, opened.filesystem, opened.base, opened.is_local)


def source(**keys: object) -> Source:
    return Source.model_validate({"name": "lbc", "raw": "lbc/{key}/*", "format": "text", **keys})


def taken(storage: Storage, **sizes: int | None) -> dict[str, Taken]:
    """What was read: of each day the file that is there, or files of other names and sizes."""
    names = {f"{name}.txt": size for name, size in sizes.items()} or {"1.txt": 18}
    return {day: Taken(AFTER, {storage.uri_of(f"lbc/{day}/{name}"): size for name, size in names.items()}) for day in DAYS}


def test_what_was_read_is_not_late(storage):
    assert find_late(storage, source(), taken(storage)) == {}


def test_a_folder_is_listed_once_however_many_days_it_holds(storage):
    find_late(storage, source(), taken(storage))
    assert storage.listings == ["lbc"]


def test_a_file_that_was_not_read_or_had_another_size_is_late(storage):
    assert find_late(storage, source(), taken(storage, other=18)) == dict.fromkeys(DAYS, Late(1, 18))
    assert find_late(storage, source(), taken(storage) | {DAYS[0]: Taken(AFTER, {})}) == {DAYS[0]: Late(1, 18)}
    grown = {storage.uri_of(f"lbc/{DAYS[1]}/1.txt"): 10}
    assert find_late(storage, source(), taken(storage) | {DAYS[1]: Taken(AFTER, grown)}) == {DAYS[1]: Late(1, 18)}


def test_a_file_that_was_written_after_the_run_began_is_late(storage):
    before = {day: replace(read, started_at=datetime(2026, 1, 1, tzinfo=UTC)) for day, read in taken(storage).items()}
    assert find_late(storage, source(), before) == dict.fromkeys(DAYS, Late(1, 18))


def test_the_size_of_a_file_that_could_not_be_read_to_its_end_says_nothing(storage):
    read = {day: Taken(AFTER, {storage.uri_of(f"lbc/{day}/1.txt"): None}) for day in DAYS}
    assert find_late(storage, source(), read) == {}


def test_a_day_that_was_never_ingested_has_nothing_late(storage):
    assert find_late(storage, source(), {}) == {}


def test_the_marker_of_a_dump_is_not_late(storage):
    for name in ("_SUCCESS", "done"):
        storage.write_bytes(f"lbc/{DAYS[0]}/{name}", b"")
    waits = source(on_missing="wait", arrival={"marker": "lbc/{key}/done"})
    assert find_late(storage, waits, taken(storage)) == {}
    assert find_late(storage, source(), taken(storage)) == {DAYS[0]: Late(1, 0)}
