from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from copydesk import cli, read
from copydesk.errors import BadInput
from copydesk.lake.publishing import replace_partition
from copydesk.lake.scrubbing import scrub
from copydesk.schema import REMOVED
from copydesk.storage import Storage
from copydesk.upkeep.copying import Copied, copy_lake
from copydesk.workdir import PLAN, VERDICT, Workdir

Fill = Callable[[Storage], None]
Files = Callable[[Storage], set[str]]

DAY = {"source": "lbc", "dump": "2026-11-03"}
FOLDER = "removed/source=lbc/dump=2026-11-03"


@pytest.fixture
def copy(tmp_path: Path) -> Storage:
    return Storage.open(str(tmp_path / "copy"))


def cut(count: int) -> pa.Table:
    blocks = [dict.fromkeys(REMOVED.schema.names) | {"article_id": "0" * 32, "ordinal": n} for n in range(count)]
    return pa.Table.from_pylist(blocks, REMOVED.schema)


def test_a_copy_has_every_file_of_the_lake_but_what_is_staged(lake: Storage, copy: Storage, fill: Fill, files: Files) -> None:
    fill(lake)
    lake.write_bytes(".staging/publish/at work/part-0.parquet", b"half of it")
    lake.write_bytes("repetition/source=lbc/dump=2026-11-03/repetition.arrow", b"counts")
    copy_lake(lake, copy)
    assert files(copy) == {path for path in files(lake) if not path.startswith(".staging")}
    assert all(copy.read_bytes(path) == lake.read_bytes(path) for path in files(copy))
    assert scrub(copy, settle_s=0).findings == ()


def test_a_second_copy_takes_what_is_new_and_drops_what_is_gone(lake: Storage, copy: Storage, fill: Fill, files: Files) -> None:
    fill(lake)
    first = copy_lake(lake, copy)
    kept = len([path for path in files(lake) if path.startswith("data_docs/")])
    assert copy_lake(lake, copy).files == kept < first.files
    replace_partition(lake, REMOVED, DAY, cut(2))
    lake.delete_tree(FOLDER.replace("removed", "quarantine"))
    assert copy_lake(lake, copy).files == kept + 1
    assert files(copy) == files(lake)
    assert read("removed", root=copy.uri).num_rows == 2


def test_a_held_run_is_copied_so_that_it_can_be_released_from_the_copy(lake: Storage, copy: Storage, fill: Fill) -> None:
    fill(lake)
    work = Workdir(lake, ".staging/ingest/source=lbc/dump=2026-11-09/0123456789ab")
    moment = datetime(2026, 11, 10, tzinfo=UTC).isoformat()
    work.write_json(PLAN, {"started_at": moment, "run_id": "x", "shards": []})
    work.write_json(VERDICT, {"verdict": "hold", "judged_at": moment})
    copy_lake(lake, copy)
    assert Workdir(copy, work.folder).read_json(VERDICT) == work.read_json(VERDICT)


def test_a_copy_beside_a_writer_is_whole(lake: Storage, copy: Storage) -> None:
    ended = threading.Event()

    def write() -> None:
        count = 0
        while not ended.is_set():
            count += 1
            replace_partition(lake, REMOVED, DAY, cut(1 + count % 5))

    replace_partition(lake, REMOVED, DAY, cut(1))
    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(30):
            copy_lake(lake, copy)
            assert scrub(copy, settle_s=0).findings == ()
            assert read("removed", root=copy.uri).num_rows in range(1, 6)
    finally:
        ended.set()
        writer.join()


def test_a_copy_into_itself_is_refused(lake: Storage, fill: Fill) -> None:
    fill(lake)
    for place in (lake.uri, f"{lake.uri}/copy"):
        with pytest.raises(BadInput, match="are one in the other"):
            copy_lake(lake, Storage.open(place))


def test_the_command_backs_up_and_restores(
    lake: Storage, copy: Storage, fill: Fill, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(lake)
    assert cli.main(["backup", copy.uri]) == 0
    before = {path: lake.read_bytes(path) for path in files(lake)}
    for name in lake.folders():
        lake.delete_tree(name)
    monkeypatch.setenv("COPYDESK_LAKE", copy.uri)
    assert cli.main(["backup", lake.uri]) == 0
    assert {path: lake.read_bytes(path) for path in files(lake)} == before
    assert copy_lake(copy, lake) == Copied(2, 44)
