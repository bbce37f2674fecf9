"""Documents that kill whoever works on them: each is a reject, and nothing else changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.pipeline import run_partition
from copydesk.processes import killable
from copydesk.steps.reading import READER
from copydesk.steps.working import WORKER

NESTED = "<div>" * 100_000  # the work of looking above each grows with the square of their number


def children() -> set[int]:
    found = set()
    for task in Path("/proc/self/task").iterdir():
        found |= {int(pid) for pid in (task / "children").read_text().split()}
    return found


def test_documents_that_hang_or_crash_are_rejects_and_their_neighbours_are_as_without_them(press, page, hostile_rules):
    hosts = ["loop.example", "killed.example", "crash.example"]
    press.dump([page(n) for n in range(4)], [page(n, hosts[n % 3]) for n in range(4, 7)], [page(n) for n in range(7, 9)])
    counts = run_partition(press.run(max_document_seconds=1))
    assert (counts["records_seen"], counts["records_accepted"], counts["records_rejected"]) == (9, 6, 3)
    found = {row["url"]: row for row in press.rows("quarantine")}
    by_host = {url.split("/")[2]: (row["stage"], row["reasons"]) for url, row in found.items()}
    assert by_host == {
        "loop.example": ("segment", ["timed_out"]),
        "killed.example": ("segment", ["crashed"]),
        "crash.example": ("segment", ["crashed"]),
    }
    assert all("COPYDESK_MAX_DOCUMENT_SECONDS=1" in row["detail"] for row in found.values() if row["reasons"] == ["timed_out"])
    assert {row["origin_uri"] for row in found.values()} == {str(press.root / "raw" / "2026-11-03" / "001.jsonl")}
    press.dump([page(n) for n in range(4)], [], [page(n) for n in range(7, 9)])
    run_partition(press.run("without", max_document_seconds=1))
    for dataset in ("clean", "removed"):
        assert press.published(dataset) == press.published(dataset, "without")


def test_a_page_the_parser_does_not_come_back_from_is_a_reject(press, page):
    press.dump([page(0), page(1, extra=NESTED), page(2)])
    counts = run_partition(press.run(max_document_seconds=1, max_html_depth=1_000_000))
    assert (counts["records_accepted"], counts["records_rejected"]) == (2, 1)
    (row,) = press.rows("quarantine")
    assert (row["origin_ordinal"], row["reasons"]) == (1, ["timed_out"])


def test_what_a_rule_prints_is_no_answer(press, page, hostile_rules):
    press.dump([page(0, "prints.example")])
    assert run_partition(press.run())["records_accepted"] == 1


def test_no_process_is_left_once_it_was_closed(press, page, hostile_rules):
    before = children()
    press.dump([page(0, "killed.example"), page(1)])
    run_partition(press.run())
    for worker in (READER, WORKER):
        worker.close()
    assert children() <= before


def test_where_every_process_dies_the_step_says_so(press, page, hostile_rules, monkeypatch):
    monkeypatch.setattr(killable, "MOST_DEATHS", 3)
    press.dump([page(n, "killed.example") for n in range(5)])
    with pytest.raises(RuntimeError, match=r"3 worker processes ended one after the other, the last of them thus: .* signal 9"):
        run_partition(press.run())


def test_rules_that_cannot_be_read_stop_the_step(press, page, tmp_path, monkeypatch):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "gone.py").write_text("import os\nos._exit(7)\n")
    monkeypatch.setenv("COPYDESK_SITE_RULES", str(tmp_path / "rules"))
    press.dump([page(0)])
    with pytest.raises(RuntimeError, match="no worker process can be started: the process ended with exit code 7"):
        run_partition(press.run())
