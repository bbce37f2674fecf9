from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from copydesk.errors import MissingDump
from copydesk.raw.arrival import State, deadline_of, has_arrived, judge, look
from copydesk.raw.inputs import list_inputs
from copydesk.sources import Source
from copydesk.storage import Storage

DAY = "2026-11-03"
NEVER = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage.open(str(tmp_path))


def waiting(**arrival: Any) -> Source:
    table = {"name": "lbc", "raw": "lbc/{key}/*", "format": "text", "on_missing": "wait", "timezone": "Europe/London"}
    return Source.model_validate(table | {"arrival": arrival})


def soon() -> datetime:
    return datetime.now(UTC) + timedelta(minutes=5.5)


def later() -> datetime:
    return datetime.now(UTC) + timedelta(minutes=11)


def deliver(storage: Storage, *names: str) -> None:
    for name in names:
        storage.write_bytes(f"lbc/{DAY}/{name}", b"The ferry is late.")


def state(storage: Storage, source: Source, at: datetime, deadline: datetime = NEVER) -> State:
    return judge(look(storage, source, DAY, at), source.arrival, deadline)


def test_a_dump_of_which_nothing_is_there_is_waited_for(storage):
    assert state(storage, waiting(), later()) is State.WAITING


def test_files_that_have_not_changed_for_a_while_are_a_dump(storage):
    deliver(storage, "1.txt", "2.txt")
    assert state(storage, waiting(), soon()) is State.WAITING
    assert state(storage, waiting(), later()) is State.COMPLETE
    assert state(storage, waiting(settle_minutes=3), soon()) is State.COMPLETE


def test_a_copy_that_keeps_the_times_of_its_original_does_not_look_settled(storage, tmp_path):
    deliver(storage, "1.txt")
    os.utime(tmp_path / "lbc" / DAY / "1.txt", (0, 0))
    assert state(storage, waiting(), soon()) is State.WAITING


def test_one_file_that_is_still_growing_keeps_all_waiting(storage, tmp_path):
    deliver(storage, "1.txt", "2.txt")
    sight = look(storage, waiting(), DAY, later())
    assert sight.changed_at is not None
    with (tmp_path / "lbc" / DAY / "2.txt").open("ab") as file:
        file.write(b" Still.")
    grown = look(storage, waiting(), DAY, later())
    assert grown.changed_at is not None
    assert grown.changed_at >= sight.changed_at
    assert grown.size == sight.size + 7


def test_where_there_is_a_marker_nothing_else_decides(storage):
    source = waiting(marker="lbc/{key}/_SUCCESS")
    deliver(storage, "1.txt")
    assert state(storage, source, later()) is State.WAITING
    deliver(storage, "_SUCCESS")
    assert state(storage, source, soon()) is State.COMPLETE


def test_a_marker_without_a_dump_is_no_dump(storage):
    source = waiting(marker="lbc/{key}/_SUCCESS")
    deliver(storage, "_SUCCESS")
    assert state(storage, source, later()) is State.WAITING
    with pytest.raises(MissingDump, match="found the marker but no file"):
        has_arrived(storage, source, DAY, NEVER)


def test_a_marker_among_the_files_is_not_read_as_one(storage):
    deliver(storage, "1.txt", "_SUCCESS")
    marked = waiting(marker="lbc/{key}/_SUCCESS")
    assert [file.path for file in list_inputs(storage, marked, DAY)] == [f"lbc/{DAY}/1.txt"]


def test_the_day_ends_at_midnight_where_the_source_is_also_when_the_clocks_change(storage):
    source = waiting(deadline_hours=2)
    assert deadline_of(source, "2026-10-23") == datetime(2026, 10, 24, 1, tzinfo=UTC)
    assert deadline_of(source, "2026-10-25") == datetime(2026, 10, 26, 2, tzinfo=UTC)


def test_past_the_deadline_a_dump_that_is_not_complete_is_overdue_and_one_that_is_is_not(storage):
    assert state(storage, waiting(), soon(), deadline=datetime.now(UTC)) is State.OVERDUE
    deliver(storage, "1.txt")
    assert state(storage, waiting(), soon(), deadline=datetime.now(UTC)) is State.OVERDUE
    assert state(storage, waiting(), later(), deadline=datetime.now(UTC)) is State.COMPLETE


def test_at_the_deadline_the_message_says_what_was_there_and_what_was_not(storage):
    source = waiting(marker="lbc/{key}/_SUCCESS", deadline_hours=1)
    deliver(storage, "1.txt", "2.txt")
    with pytest.raises(MissingDump) as caught:
        has_arrived(storage, source, DAY, datetime(2026, 11, 4, 1, tzinfo=UTC))
    assert str(caught.value) == (
        f"lbc {DAY}: the dump is not complete at its deadline, 2026-11-04 01:00 UTC: found 2 files (36 bytes) but no marker, "
        f"waited for {storage.uri}/lbc/{DAY}/_SUCCESS; run the day again when it has arrived"
    )


def test_a_dump_that_still_changes_at_the_deadline_is_said_to(storage):
    deliver(storage, "1.txt")
    with pytest.raises(MissingDump, match=r"found 1 file \(18 bytes\), the last changed 5 minutes ago \(settle_minutes = 10\)"):
        has_arrived(storage, waiting(deadline_hours=0), DAY, soon())


def test_a_source_may_go_on_with_what_is_there_but_not_with_nothing(storage):
    source = waiting(after_deadline="ingest", deadline_hours=0)
    with pytest.raises(MissingDump, match="found no file, waited for"):
        has_arrived(storage, source, DAY, soon())
    deliver(storage, "1.txt")
    assert has_arrived(storage, source, DAY, soon())


def test_before_the_deadline_such_a_source_waits_like_any_other(storage):
    deliver(storage, "1.txt")
    assert not has_arrived(storage, waiting(after_deadline="ingest"), DAY, datetime(2026, 11, 4, 19, 59, tzinfo=UTC))
