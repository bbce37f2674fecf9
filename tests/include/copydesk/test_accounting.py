"""Every record that was met is accepted or rejected, file by file and in total, whatever mixture of good and broken input there is."""

from __future__ import annotations

import gzip
import json
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copydesk import read
from copydesk.errors import Held
from copydesk.pipeline import run_alone
from copydesk.run import Run
from copydesk.settings import Settings
from copydesk.sources import Source

DAY = "2026-11-03"
PARAGRAPH = (
    "The council of Northbank voted on Monday to repaint bench number {n} in its park, which will take {n} days and much paint. "
)
GOOD = st.integers(0, 30).map(lambda n: json.dumps(page(n)))
BROKEN = st.sampled_from(
    ["{broken", "[]", "", '{"url": "https://paper.example/x"}', json.dumps({"content": "<nav><a href=/>Home</a></nav>"}),
     json.dumps({"content": "<div>" * 700 + "deep"}), json.dumps({"content": "x" * 20_000})]
)  # fmt: skip
FILES = st.lists(st.tuples(st.lists(st.one_of(GOOD, BROKEN), max_size=8), st.sampled_from(["plain", "gzip", "cut"])), max_size=4)


def page(n: int) -> dict[str, Any]:
    """An article, or one without a date."""
    html = f"<article><h1>Council repaints bench number {n}</h1>" + f"<p>{PARAGRAPH.format(n=n)}</p>" * 2 + "</article>"
    date = {"published": f"2026-11-{n % 3 + 1:02}T10:00:00Z"} if n % 5 else {}
    return {"url": f"https://paper.example/{n}", "content": html} | date


def stored(lines: list[str], how: str) -> bytes:
    content = "\n".join(lines).encode()
    if how == "plain":
        return content
    packed = gzip.compress(content)
    return packed if how == "gzip" else packed[:-9]


def accounts(root: Path, files: list[Any], shard_bytes: int) -> tuple[dict[str, Any], Path]:
    """The row of `runs` for a day with these files, whatever the verdict."""
    folder = root / "raw" / DAY
    folder.mkdir(parents=True)
    for number, (lines, how) in enumerate(files):
        (folder / f"{number}.jsonl").write_bytes(stored(lines, how))
    table = {"name": "paper", "raw": "{key}/*", "format": "jsonl", "on_missing": "empty", "record": {"published_at": "published"}}
    limits = Settings(
        raw=str(root / "raw"), lake=str(root / "lake"), sources=str(root), shard_bytes=shard_bytes, max_record_bytes=10_000
    )
    run = Run(Source.model_validate(table), DAY, "one", limits)
    with suppress(Held):
        run_alone(run)
    (row,) = read("runs", root=str(root / "lake")).to_pylist()
    return row, folder


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(files=FILES, shard_bytes=st.sampled_from([1, 1 << 20]))
def test_what_was_met_is_what_was_accepted_and_rejected(tmp_path_factory: Any, files: list[Any], shard_bytes: int) -> None:
    row, folder = accounts(tmp_path_factory.mktemp("account"), files, shard_bytes)
    assert [Path(file["uri"]).name for file in row["inputs"]] == [f"{number}.jsonl" for number in range(len(files))]
    for file, (_, how) in zip(row["inputs"], files, strict=True):
        content = (folder / Path(file["uri"]).name).read_bytes()
        assert (file["bytes"], file["sha256"]) == (len(content), sha256(content).hexdigest())
        assert file["records"] == file["accepted"] + file["rejected"]
        assert file["rejected"] == sum(reason["records"] for reason in file["rejected_by_reason"])
        assert file["complete"] or how == "cut" or file["rejected"]
    assert row["records_seen"] == row["records_accepted"] + row["records_rejected"]
    for name, total in (("records", "records_seen"), ("accepted", "records_accepted"), ("rejected", "records_rejected")):
        assert sum(file[name] for file in row["inputs"]) == row[total]


def test_a_file_that_is_read_in_pieces_has_one_account(tmp_path: Path) -> None:
    lines = (
        [json.dumps(page(n) | {"filler": "x" * 100_000}) for n in range(6)] + ["{broken"] + ['{"a": "' + "x" * 500_000 + '"}'] * 2
    )
    row, folder = accounts(tmp_path, [(lines, "plain")], 400_000)
    (file,) = row["inputs"]
    content = (folder / "0.jsonl").read_bytes()
    assert len(content) > 1 << 20
    assert (file["bytes"], file["sha256"]) == (len(content), sha256(content).hexdigest())
    assert file["records"] == 9
    assert file["records"] == file["accepted"] + file["rejected"]
