from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from copydesk import cli, read
from copydesk.errors import BadInput
from copydesk.filesystems.local import UNFINISHED
from copydesk.lake import exchange
from copydesk.lake.layout import ingest_folder
from copydesk.lake.manifest import load
from copydesk.lake.publishing import Publication, replace_partition
from copydesk.lake.scrubbing import scrub
from copydesk.schema import REMOVED
from copydesk.settings import Settings
from copydesk.storage import Storage
from copydesk.upkeep.housekeeping import keep_plan, survey, take_plan, tidy
from copydesk.upkeep.waste import Kind
from copydesk.workdir import PLAN, PUBLICATION, VERDICT, Workdir

Files = Callable[[Storage], set[str]]
MakeSettings = Callable[..., Settings]
Fill = Callable[[Storage], None]

NOW = datetime.now(UTC)
LATER = NOW + timedelta(days=30)  # a file cannot be made to look old, so time goes by instead
DAY = {"source": "lbc", "dump": "2026-11-03"}
FOLDER = "clean/source=lbc/dump=2026-11-03"
STRAY = "part-" + "0" * 32 + ".parquet"


def keep_house(lake: Storage, settings: Settings, now: datetime = LATER) -> set[str]:
    """What went."""
    found = survey(lake, settings, now, settle_s=0)
    return {done.waste.path for done in tidy(lake, settings, found, now) if done.is_removed}


def work_of(lake: Storage, run_id: str) -> Workdir:
    return Workdir(lake, ingest_folder(DAY["source"], DAY["dump"], run_id))


def held(lake: Storage, run_id: str, started: datetime) -> Workdir:
    work = work_of(lake, run_id)
    work.write_json(PLAN, {"started_at": started.isoformat(), "run_id": run_id, "shards": []})
    work.write_json(VERDICT, {"verdict": "hold", "judged_at": started.isoformat()})
    return work


def test_what_the_dead_have_left_goes_and_nothing_else(lake: Storage, settings: MakeSettings, fill: Fill, files: Files) -> None:
    fill(lake)
    kept = files(lake)
    lake.write_bytes(".staging/publish/dead/new/part-0.parquet", b"half of it")
    Path(lake.full(".staging/publish/empty")).mkdir()
    work_of(lake, "died").write_json(PLAN, {"shards": []})
    work_of(lake, "published long ago").write_json(PUBLICATION, {})
    strays = {f"{FOLDER}/{STRAY}", f"{FOLDER}/{UNFINISHED}1", f"{UNFINISHED}probe", f"data_docs/{UNFINISHED}2"}
    strays |= {f"articles/published_date=2026-11-09/{STRAY}"}  # of a first publication that was killed
    strays |= {".staging/views/runs.arrow"}  # of an earlier build
    for path in strays:
        lake.write_bytes(path, b"stray")

    gone = keep_house(lake, settings())
    works = {work_of(lake, run_id).folder for run_id in ("died", "published long ago")}
    assert gone == {".staging/publish/dead", ".staging/publish/empty", *works, *strays}
    assert files(lake) == kept
    assert scrub(lake, settle_s=0).findings == ()


def test_nothing_goes_before_its_days_are_over(lake: Storage, settings: MakeSettings, fill: Fill) -> None:
    fill(lake)
    lake.write_bytes(".staging/publish/at work/new/part-0.parquet", b"half of it")
    lake.write_bytes(f"{FOLDER}/{STRAY}", b"stray")
    work_of(lake, "at work").write_json(PLAN, {"shards": []})
    keep = settings(keep_staging_days=7, keep_removed_days=7, keep_data_docs_days=7)
    assert keep_house(lake, keep, NOW + timedelta(days=6, hours=23)) == set()
    assert len(keep_house(lake, keep, NOW + timedelta(days=7, hours=1))) == 6


def test_a_clock_that_is_wrong_by_an_hour_takes_nothing_that_is_at_work(
    lake: Storage, settings: MakeSettings, fill: Fill
) -> None:
    fill(lake)
    lake.write_bytes(".staging/publish/at work/new/part-0.parquet", b"half of it")
    keep = settings(keep_staging_days=1, keep_removed_days=1, keep_quarantine_days=1, keep_data_docs_days=1)
    for skew in (-1, 1):
        assert keep_house(lake, keep, datetime.now(UTC) + timedelta(hours=skew)) == set()


def test_what_somebody_else_put_into_the_lake_stays(lake: Storage, settings: MakeSettings, fill: Fill, files: Files) -> None:
    fill(lake)
    for path in (f"{FOLDER}/notes.txt", "clean/README", "catalogue.db", f"elsewhere/{STRAY}"):
        lake.write_bytes(path, b"mine")
    kept = files(lake)
    assert keep_house(lake, settings()) == set()
    assert files(lake) == kept


def test_a_held_run_waits_for_its_decision_however_long(lake: Storage, settings: MakeSettings, fill: Fill) -> None:
    fill(lake)  # published on 4 November
    waits = held(lake, "later", datetime(2026, 11, 5, tzinfo=UTC))
    superseded = held(lake, "earlier", datetime(2026, 11, 3, 12, tzinfo=UTC))
    assert keep_house(lake, settings()) == {superseded.folder}
    assert waits.read_json(VERDICT)["verdict"] == "hold"


def test_a_partition_goes_when_it_was_kept_long_enough_and_readers_see_no_hole(
    lake: Storage, settings: MakeSettings, fill: Fill, files: Files
) -> None:
    fill(lake)
    before = files(lake)
    assert keep_house(lake, settings(keep_removed_days=20)) == {FOLDER.replace("clean", "removed")}
    assert {path.split("/")[0] for path in before - files(lake)} == {"removed"}
    assert read("removed", root=lake.uri).num_rows == 0
    assert read("clean", root=lake.uri).num_rows == 3
    assert scrub(lake, settle_s=0).findings == ()


@pytest.mark.parametrize(
    ("keep", "gone"),
    [
        ("keep_quarantine_days", {FOLDER.replace("clean", "quarantine")}),
        (
            "keep_data_docs_days",
            {f"{FOLDER.replace('clean', 'data_docs')}/{name}" for name in ("index.html", "judged-20261104T000000.html")},
        ),
        ("keep_versions_days", set()),
    ],
)
def test_each_retention_takes_its_own(lake: Storage, settings: MakeSettings, fill: Fill, keep: str, gone: set[str]) -> None:
    fill(lake)
    assert keep_house(lake, settings(**{keep: 20})) == gone
    assert keep_house(lake, settings()) == set()


def test_nothing_is_removed_from_a_damaged_lake(lake: Storage, settings: MakeSettings, fill: Fill) -> None:
    fill(lake)
    manifest = load(lake, FOLDER)
    assert manifest
    part = f"{FOLDER}/{manifest.parts[0].name}"
    lake.write_bytes(f".staging/publish/dead/new/{manifest.parts[0].name}", lake.read_bytes(part))
    lake.delete_file(part)
    with pytest.raises(BadInput, match="1 files are not as their manifests say, such as missing: clean/"):
        survey(lake, settings(), LATER, settle_s=0)
    assert lake.exists(f".staging/publish/dead/new/{manifest.parts[0].name}")


def test_what_was_touched_after_the_dry_run_stays(lake: Storage, settings: MakeSettings, fill: Fill) -> None:
    fill(lake)
    keep = settings(keep_removed_days=7)
    folder = FOLDER.replace("clean", "removed")
    found = survey(lake, keep, LATER, settle_s=0)
    shutil.rmtree(lake.full(folder))
    replace_partition(lake, REMOVED, DAY, REMOVED.schema.empty_table())
    assert [done.is_removed for done in tidy(lake, keep, found, NOW)] == [False]
    assert load(lake, folder)


def cut(count: int) -> pa.Table:
    blocks = [dict.fromkeys(REMOVED.schema.names) | {"article_id": "0" * 32, "ordinal": n} for n in range(count)]
    return pa.Table.from_pylist(blocks, REMOVED.schema)


def test_a_writer_that_names_a_stray_meanwhile_keeps_it(
    lake: Storage, settings: MakeSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where folders cannot be exchanged parts come before the manifest that names them: strays, for a moment."""
    monkeypatch.setattr(exchange, "_renameat2", None)
    folder, ended = FOLDER.replace("clean", "removed"), threading.Event()
    replace_partition(lake, REMOVED, DAY, cut(1))

    def write() -> None:
        count = 0
        while not ended.is_set():
            count += 1
            with Publication(lake, REMOVED, DAY) as publication:
                part = publication.add(cut(1 + count % 3))
                lake.link_file(f"{publication.scratch}/parts/{part.name}", f"{folder}/{part.name}")  # as a killed writer left it
                publication.publish()

    writer = threading.Thread(target=write)
    writer.start()
    found = 0
    try:
        for _ in range(100):
            strays = [waste for waste in survey(lake, settings(), LATER, settle_s=0) if waste.kind is Kind.STRAY]
            found += len(strays)
            list(tidy(lake, settings(), strays, LATER))
            assert read("removed", root=lake.uri).num_rows in (1, 2, 3)
    finally:
        ended.set()
        writer.join()
    assert found, "the two never met"
    assert scrub(lake, settle_s=0).findings == ()


def test_a_plan_is_for_the_run_that_made_it(lake: Storage, settings: MakeSettings, fill: Fill) -> None:
    fill(lake)
    found = survey(lake, settings(keep_removed_days=7), LATER, settle_s=0)
    keep_plan(lake, "weekly 1", found)
    assert take_plan(lake, "weekly 1") == found
    with pytest.raises(BadInput, match="clear the run from `look` on"):
        take_plan(lake, "weekly 2")


def test_the_command_says_what_would_go_and_then_takes_it(
    lake: Storage, fill: Fill, files: Files, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(lake)
    assert cli.main(["housekeeping", "--dry-run"]) == 0
    assert capsys.readouterr().out == "would go: 0 files (0 bytes)\n"
    kept = files(lake)
    dead = f"{FOLDER}/{STRAY}"
    monkeypatch.setattr(Path, "stat", aged(dead))
    lake.write_bytes(dead, b"stray")
    said = f"stray: {dead}: 5 bytes in 1 files, untouched since 2020-01-01\n"
    assert cli.main(["housekeeping", "--dry-run"]) == 0
    assert capsys.readouterr().out == f"{said}would go: 1 files (5 bytes)\n"
    assert files(lake) == kept | {dead}
    assert cli.main(["housekeeping"]) == 0
    assert capsys.readouterr().out == f"{said}gone: 1 files (5 bytes)\n"
    assert files(lake) == kept


def aged(path: str) -> Callable[..., os.stat_result]:
    """The time of an inode cannot be set, so the system is asked through this."""
    real = Path.stat

    def stat(self: Path, **keywords: bool) -> os.stat_result:
        found = real(self, **keywords)
        if not str(self).endswith(path):
            return found
        return os.stat_result([*found[:9], 1577836800], {"st_ctime": 1577836800.0})

    return stat
