from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from copydesk import read
from copydesk.errors import BadInput
from copydesk.lake import exchange
from copydesk.lake.layout import STAGING
from copydesk.lake.manifest import NAME, Part, load
from copydesk.lake.parts import write_part
from copydesk.lake.publishing import Publication, append_run, replace_partition
from copydesk.schema import ARTICLES, CLEAN, QUARANTINE, REMOVED, RUNS
from copydesk.storage import Storage

MakeTable = Callable[..., pa.Table]
Snapshot = Callable[[Storage], dict[str, tuple[int, int, bytes]]]

DAY = {"source": "lbc", "dump": "2026-11-03"}
FOLDER = "clean/source=lbc/dump=2026-11-03"


@pytest.fixture(params=["exchange", "switch"], autouse=True)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything holds with the kernel's exchange of folders and without it."""
    if request.param == "switch":
        monkeypatch.setattr(exchange, "_renameat2", None)


def live(storage: Storage) -> list[str]:
    return [file.path for file in storage.files() if not file.path.startswith(f"{STAGING}/locks/")]


def ids(storage: Storage, dataset: str = "clean") -> list[str]:
    return sorted(read(dataset, root=storage.uri)["article_id"].to_pylist())


def test_a_partition_is_its_parts_and_a_manifest(lake: Storage, make_table: MakeTable) -> None:
    manifest = replace_partition(lake, CLEAN, DAY, make_table(3), {"published_days": {"2026-11-03": 3}})
    assert live(lake) == [f"{FOLDER}/{NAME}", f"{FOLDER}/{manifest.parts[0].name}"]
    assert load(lake, FOLDER) == manifest
    assert (manifest.rows, manifest.summary) == (3, {"published_days": {"2026-11-03": 3}})


def test_publishing_the_same_again_touches_not_a_byte(lake: Storage, make_table: MakeTable, snapshot: Snapshot) -> None:
    replace_partition(lake, CLEAN, DAY, make_table(3), {"n": 3})
    before = snapshot(lake)
    replace_partition(lake, CLEAN, DAY, make_table(3), {"n": 3})
    assert snapshot(lake) == before


def test_two_lakes_of_the_same_input_are_equal_to_the_byte(tmp_path: Path, make_table: MakeTable) -> None:
    lakes = [Storage.open(str(tmp_path / name)) for name in ("one", "two")]
    for storage in lakes:
        replace_partition(storage, CLEAN, DAY, make_table(3), {"n": 3})
    one, two = ([(path, storage.read_bytes(path)) for path in live(storage)] for storage in lakes)
    assert one == two


def test_replacing_with_fewer_rows_leaves_nothing_behind(lake: Storage, make_table: MakeTable) -> None:
    with Publication(lake, CLEAN, DAY) as publication:
        publication.add(make_table(5))
        publication.add(make_table(4))
        publication.publish()
    manifest = replace_partition(lake, CLEAN, DAY, make_table(2))
    assert live(lake) == [f"{FOLDER}/{NAME}", f"{FOLDER}/{manifest.parts[0].name}"]
    assert len(ids(lake)) == 2


def test_an_emptied_day_is_published_as_empty(lake: Storage, make_table: MakeTable) -> None:
    replace_partition(lake, CLEAN, DAY, make_table(3))
    with Publication(lake, CLEAN, DAY) as publication:
        manifest = publication.publish()
    assert [part.rows for part in manifest.parts] == [0]
    assert ids(lake) == []
    assert pq.read_table(lake.full(f"{FOLDER}/{manifest.parts[0].name}")).schema.equals(CLEAN.schema)


def test_empty_shards_leave_no_file_beside_full_ones(lake: Storage, make_table: MakeTable) -> None:
    with Publication(lake, CLEAN, DAY) as publication:
        for count in (0, 2, 0):
            publication.add(make_table(count))
        manifest = publication.publish()
    assert [part.rows for part in manifest.parts] == [2]
    assert len(live(lake)) == 2


def test_equal_parts_of_two_shards_are_both_kept(lake: Storage, make_table: MakeTable) -> None:
    with Publication(lake, CLEAN, DAY) as publication:
        first = publication.add(make_table(2))
        publication.add(make_table(2))
        manifest = publication.publish()
    assert [part.name for part in manifest.parts] == [first.name, first.name.replace(".parquet", "-2.parquet")]
    assert len(ids(lake)) == 4


def test_a_part_of_a_work_folder_is_taken_without_being_rewritten(lake: Storage, make_table: MakeTable) -> None:
    part = write_part(lake, ".staging/work", CLEAN, make_table(3))
    work = Path(lake.full(f".staging/work/{part.name}"))
    with Publication(lake, CLEAN, DAY) as publication:
        publication.adopt(f".staging/work/{part.name}", Part(**asdict(part)))
        publication.publish()
    assert Path(lake.full(f"{FOLDER}/{part.name}")).samefile(work)
    assert len(ids(lake)) == 3


def test_a_work_part_that_is_gone_or_cut_short_is_refused(lake: Storage, make_table: MakeTable) -> None:
    part = write_part(lake, "work", CLEAN, make_table(3))
    publication = Publication(lake, CLEAN, DAY)
    lake.write_bytes(f"work/{part.name}", lake.read_bytes(f"work/{part.name}")[:-1])
    with pytest.raises(BadInput, match="instead of"):
        publication.adopt(f"work/{part.name}", part)
    lake.delete_file(f"work/{part.name}")
    with pytest.raises(BadInput, match="is missing"):
        publication.adopt(f"work/{part.name}", part)


def test_a_publication_that_fails_leaves_the_old_partition_and_no_rubbish(lake: Storage, make_table: MakeTable) -> None:
    replace_partition(lake, CLEAN, DAY, make_table(3))
    before = live(lake)
    with pytest.raises(BadInput), Publication(lake, CLEAN, DAY) as publication:
        publication.add(make_table(2))
        publication.add(pa.table({"wrong": [1]}))
    assert live(lake) == before
    assert len(ids(lake)) == 3


def test_publishing_again_heals_a_lost_file(lake: Storage, make_table: MakeTable) -> None:
    manifest = replace_partition(lake, CLEAN, DAY, make_table(3))
    lake.delete_file(f"{FOLDER}/{manifest.parts[0].name}")
    replace_partition(lake, CLEAN, DAY, make_table(3))
    assert len(ids(lake)) == 3


def test_publishing_again_removes_a_stray_file(lake: Storage, make_table: MakeTable) -> None:
    replace_partition(lake, CLEAN, DAY, make_table(3))
    stray = write_part(lake, FOLDER, CLEAN, make_table(9))
    assert len(ids(lake)) == 3
    replace_partition(lake, CLEAN, DAY, make_table(3))
    assert f"{FOLDER}/{stray.name}" not in live(lake)


def test_a_changed_summary_alone_is_published(lake: Storage, make_table: MakeTable) -> None:
    replace_partition(lake, CLEAN, DAY, make_table(3), {"n": 1})
    replace_partition(lake, CLEAN, DAY, make_table(3), {"n": 2})
    manifest = load(lake, FOLDER)
    assert manifest is not None
    assert manifest.summary == {"n": 2}


def test_neighbouring_partitions_and_datasets_stay(lake: Storage, make_table: MakeTable, snapshot: Snapshot) -> None:
    replace_partition(lake, CLEAN, DAY | {"dump": "2026-11-02"}, make_table(3))
    replace_partition(lake, QUARANTINE, DAY, make_table(1, QUARANTINE))
    before = snapshot(lake)
    replace_partition(lake, CLEAN, DAY, make_table(2))
    assert before.items() <= snapshot(lake).items()


@pytest.mark.parametrize("dump", ["a/b c", "100%", "x=y&z", "été", "..", "a'b\"c", "日本"])
def test_any_dump_name_can_be_published_and_read(lake: Storage, make_table: MakeTable, dump: str) -> None:
    replace_partition(lake, REMOVED, {"source": "lbc", "dump": dump}, make_table(2, REMOVED))
    assert read("removed", root=lake.uri)["dump"].to_pylist() == [dump, dump]


def test_an_unknown_day_is_published_and_read_as_null(lake: Storage, make_table: MakeTable) -> None:
    replace_partition(lake, ARTICLES, {"published_date": None}, make_table(1, ARTICLES))
    replace_partition(lake, ARTICLES, {"published_date": date(2026, 11, 3)}, make_table(1, ARTICLES))
    assert read(root=lake.uri)["published_date"].to_pylist() == [date(2026, 11, 3), None]


def test_each_run_adds_a_file_and_the_same_run_again_none(lake: Storage, make_table: MakeTable) -> None:
    first, second = datetime(2026, 11, 4, 2, tzinfo=UTC), datetime(2026, 11, 4, 3, tzinfo=UTC)
    for started in (first, second, first):
        part = append_run(lake, RUNS, DAY, make_table(1, RUNS, started_at=started), started)
    assert part.name.startswith("run-20261104T020000-")
    assert [file.path for file in lake.files()] == sorted(live(lake))
    assert read("runs", root=lake.uri)["started_at"].to_pylist() == [first, second]


def test_each_dataset_is_written_in_its_own_way(lake: Storage, make_table: MakeTable) -> None:
    with pytest.raises(BadInput, match="append_run"):
        Publication(lake, RUNS, DAY)
    with pytest.raises(BadInput, match="Publication"):
        append_run(lake, CLEAN, DAY, make_table(1), datetime(2026, 11, 4, tzinfo=UTC))
