from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from copydesk import cli
from copydesk.filesystems.local import UNFINISHED
from copydesk.lake.manifest import NAME, load
from copydesk.lake.publishing import Publication, append_run, replace_partition
from copydesk.lake.scrubbing import Fault, scrub
from copydesk.schema import ARTICLES, CLEAN, REMOVED, RUNS
from copydesk.storage import Storage

MakeTable = Callable[..., pa.Table]

DAY = {"source": "lbc", "dump": "2026-11-03"}
FOLDER = "clean/source=lbc/dump=2026-11-03"


@pytest.fixture
def filled(lake: Storage, make_table: MakeTable) -> Storage:
    """A day of two parts, what was cut from it, a day of articles without a date, and the record of a run."""
    with Publication(lake, CLEAN, DAY) as publication:
        publication.add(make_table(5))
        publication.add(make_table(4))
        publication.publish()
    replace_partition(lake, REMOVED, DAY, make_table(2, REMOVED))
    replace_partition(lake, ARTICLES, {"published_date": None}, make_table(3, ARTICLES))
    append_run(lake, RUNS, DAY, make_table(1, RUNS), datetime(2026, 11, 3, tzinfo=UTC))
    return lake


def part_of(lake: Storage, folder: str = FOLDER) -> Path:
    manifest = load(lake, folder)
    assert manifest
    return Path(lake.full(f"{folder}/{manifest.parts[0].name}"))


def faults(lake: Storage, *, is_quick: bool = False) -> list[tuple[Fault, str]]:
    findings = scrub(lake, is_quick=is_quick, settle_s=0).findings
    return [(finding.fault, Path(finding.path).name) for finding in findings]


def flip_a_byte(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def test_a_lake_as_it_was_published_is_clean_and_every_file_was_looked_at(filled: Storage) -> None:
    scrubbed = scrub(filled)
    assert scrubbed.findings == ()
    assert (scrubbed.partitions, scrubbed.files) == (4, 8)
    assert scrubbed.bytes == sum(
        path.stat().st_size for name in ("clean", "removed", "articles", "runs") for path in Path(filled.base, name).rglob("*.*")
    )


def test_a_file_that_a_manifest_names_and_that_is_gone_is_missing(filled: Storage) -> None:
    part = part_of(filled)
    part.unlink()
    assert faults(filled) == faults(filled, is_quick=True) == [(Fault.MISSING, part.name)]


def test_a_flipped_byte_is_found_by_the_checksum_alone(filled: Storage) -> None:
    part = part_of(filled)
    flip_a_byte(part)
    assert faults(filled) == [(Fault.CHANGED, part.name)]
    assert faults(filled, is_quick=True) == []


def test_a_file_cut_short_is_found_by_its_size(filled: Storage) -> None:
    part = part_of(filled)
    part.write_bytes(part.read_bytes()[:-1])
    assert faults(filled, is_quick=True) == [(Fault.CHANGED, part.name)]


def test_a_flipped_byte_in_the_record_of_a_run_is_found_by_its_name(filled: Storage) -> None:
    [record] = Path(filled.base, "runs").rglob("*.parquet")
    flip_a_byte(record)
    assert faults(filled) == [(Fault.CHANGED, record.name)]


def test_what_no_manifest_names_is_extra_wherever_it_lies(filled: Storage) -> None:
    strays = {f"{FOLDER}/part-x.parquet", f"{FOLDER}/{UNFINISHED}0", "clean/notes.txt", "runs/source=lbc/dump=2026-11-03/core.1"}
    strays |= {"articles/published_date=2026-11-09/part-y.parquet", "clean/source=lbc/part-z.parquet"}
    for path in strays:
        filled.write_bytes(path, b"stray")
    assert sorted(faults(filled)) == sorted((Fault.EXTRA, Path(path).name) for path in strays)


def test_a_manifest_that_is_none_and_one_of_another_day_are_told_apart(filled: Storage) -> None:
    shutil.copytree(filled.full(FOLDER), filled.full(FOLDER.replace("-03", "-04")))
    filled.write_bytes(f"articles/published_date=__HIVE_DEFAULT_PARTITION__/{NAME}", b"{")
    assert sorted(faults(filled)) == [(Fault.MISPLACED, NAME), (Fault.UNREADABLE, NAME)]


def test_a_partition_that_is_replaced_again_and_again_meanwhile_is_no_finding(filled: Storage, make_table: MakeTable) -> None:
    ended = threading.Event()

    def write() -> None:
        count = 0
        while not ended.is_set():
            count += 1
            replace_partition(filled, CLEAN, DAY, make_table(1 + count % 7))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(20):
            assert scrub(filled, settle_s=0.2).findings == ()
    finally:
        ended.set()
        writer.join()


def test_the_command_names_each_file_and_fails(
    filled: Storage, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COPYDESK_LAKE", filled.uri)
    assert cli.main(["scrub"]) == 0
    assert "4 partitions, 8 files" in capsys.readouterr().out
    part = part_of(filled)
    part.unlink()
    filled.write_bytes(f"{FOLDER}/part-x.parquet", b"stray")
    assert cli.main(["scrub", "--quick"]) == 1
    said = capsys.readouterr()
    assert f"missing: {FOLDER}/{part.name}: the manifest names it, with 5 rows\n" in said.out
    assert f"extra: {FOLDER}/part-x.parquet: the manifest does not name it\n" in said.out
    assert said.out.endswith("1 extra, 1 missing\n")
    assert "take the partition from a back-up" in said.err


def test_no_lake_is_no_clean_lake(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYDESK_LAKE", str(tmp_path / "nowhere"))
    assert cli.main(["scrub"]) == 2
    assert "no lake at" in capsys.readouterr().err
