"""What docs/operations/lake.md says of damage: that a manifest deleted, the dump run and the month curated again heal it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from copydesk import read
from copydesk.lake.manifest import NAME

DAY = "2026-11-03"


def tear(part: Path) -> None:
    data = bytearray(part.read_bytes())
    data[len(data) // 2] ^= 1
    part.unlink()  # the work folder of a run may hold the same file under another name
    part.write_bytes(data)


@pytest.mark.parametrize(
    ("dataset", "damage"),
    [("clean", "torn"), ("quarantine", "no manifest"), ("articles", "torn"), ("articles", "gone"), ("signatures", "torn")],
)
def test_a_damaged_partition_is_found_and_made_again_as_the_documentation_says(
    published: Any, call: Any, dataset: str, damage: str
) -> None:
    assert call("curate").code == 0
    lake = published.root / "lake"
    before = {name: read(name, root=lake) for name in ("clean", "removed", "quarantine", "articles", "signatures")}
    assert call("scrub").code == 0
    part = next((lake / dataset).rglob("*.parquet"))
    manifest = part.parent / NAME
    if damage == "torn":
        tear(part)
    elif damage == "gone":
        part.unlink()
    else:
        manifest.write_text("{")
    said = call("scrub")
    assert (said.code, said.out.split(":")[0]) == (1, {"torn": "changed", "gone": "missing", "no manifest": "unreadable"}[damage])

    manifest.unlink()
    assert call("run", "gazette", DAY).code == 0
    assert call("curate", "--month", DAY[:7]).code == 0
    assert call("scrub").out.endswith(": clean\n")
    assert {name: read(name, root=lake) for name in before} == before
