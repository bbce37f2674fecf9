"""Versions and withdrawals on object storage: each dump that comes leaves there what it leaves on a disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from localairflow.objects import ObjectStore
from tide import DEC_1, DEC_2, NOV_30, Agency, item, killed

pytestmark = pytest.mark.integration
DUMPS = [
    (NOV_30, [[item(2), item(1, "pier")], [item(1), killed(1, "dock")]]),
    (DEC_1, [[item(1), item(2, "pier")], [killed(1, "quay"), item(1, "quay")]]),
    (DEC_2, [[killed(2)], [killed(1, "pier")]]),
    ("2026-12-03", [[item(3), item(1, "dock")]]),
    (DEC_1, [[item(2, "pier")], [item(1, "quay"), item(1, "mole")]]),
]
STANDING = [
    ["pier 1", "wall 2"],
    ["pier 2", "wall 2"],
    ["pier 2"],
    ["pier 2", "wall 3"],
    ["mole 1", "pier 2", "quay 1", "wall 3"],
]


@pytest.mark.timeout(1200)
def test_dumps_of_an_agency_leave_in_a_bucket_what_they_leave_on_a_disk(store: ObjectStore, tmp_path: Path) -> None:
    bucket, disk = Agency(store.uri("archive/tide-raw"), store.uri("archive/tide")), Agency(f"{tmp_path}/raw", f"{tmp_path}/lake")
    for (day, files), standing in zip(DUMPS, STANDING, strict=True):
        counts = [agency.arrive(day, *files) for agency in (bucket, disk)]
        assert counts[0] == counts[1]
        assert bucket.titles() == standing
        assert _rows(bucket) == _rows(disk)
    before = bucket.published()
    for day, files in DUMPS[-1:]:
        bucket.arrive(day, *files)
    assert bucket.published() == before


def _rows(agency: Agency) -> dict[str, list[dict[str, Any]]]:
    """What is published, without the root that origins begin with."""
    return {
        name: [{key: value for key, value in row.items() if key != "origin_uri"} for row in agency.rows(name)]
        for name in ("clean", "quarantine", "articles", "article_versions")
    }
