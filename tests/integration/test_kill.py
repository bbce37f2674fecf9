from __future__ import annotations

import json
import time
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

import copydesk
from localairflow.server import LocalAirflow

pytestmark = [pytest.mark.integration, pytest.mark.timeout(2400)]

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 3)
SAMPLES = ("harbour_courier", "nordtor_zeitung", "veyrat_info")
ENOUGH, ALL = 2, 9
FIRST_PARTITIONS_S = 600.0


def test_a_killed_backfill_ends_as_if_it_had_not_been(backfilled, site, settle, snapshot):
    home = site.home("killed")
    lake = Path(home.lake)
    with LocalAirflow(home) as airflow:
        airflow.wait_for_dags({"curate", *(f"ingest_{name}" for name in SAMPLES)})
        start_backfill(airflow)
        wait_for_partitions(lake)
        airflow.kill()
        assert len(partitions(lake)) < ALL, "the kill came too late to prove anything"
        assert_every_partition_is_whole(lake, snapshot(lake))

        airflow.start()
        runs = settle(airflow)
    assert {run.state for run in runs} == {"success"}
    assert snapshot(lake) == backfilled.published


def start_backfill(airflow):
    for name in SAMPLES:
        airflow.api.backfill(f"ingest_{name}", FIRST, LAST)


def partitions(lake):
    return list((lake / "clean").glob("source=*/dump=*/_manifest.json"))


def wait_for_partitions(lake):
    give_up = time.monotonic() + FIRST_PARTITIONS_S
    while len(partitions(lake)) < ENOUGH:
        assert time.monotonic() < give_up, "the backfill published nothing"
        time.sleep(0.1)


def assert_every_partition_is_whole(lake, files):
    """What a reader follows names only files that are there, with the bytes they had when they were staged."""
    for manifest in lake.glob("*/**/_manifest.json"):
        for file in json.loads(manifest.read_text())["files"]:
            path = manifest.parent / file["name"]
            assert sha256(path.read_bytes()).hexdigest() == file["sha256"]
            assert str(path.relative_to(lake)) in files
    for dataset in ("clean", "quarantine", "removed", "articles"):
        copydesk.read(dataset, root=lake)
