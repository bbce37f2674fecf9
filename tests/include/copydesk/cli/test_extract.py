"""`copydesk extract`: files in, one file of articles out."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from copydesk.cli import main
from copydesk.schema import ARTICLES


def test_extract_writes_parquet_in_the_schema_of_articles(
    story: Path, source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.parquet"
    assert main(["extract", str(story), "--source", "courier", "-o", str(out)]) == 0
    table = pq.ParquetFile(out).read()
    assert set(ARTICLES.schema.names) < set(table.column_names)
    assert table["title"].to_pylist() == ["Ferry crossing returns after eleven years"]
    assert "articles 1, rejected 0" in capsys.readouterr().out


def test_extract_reads_folders_and_compressed_files_and_needs_no_environment(
    story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("RAW", "LAKE", "SOURCES"):
        monkeypatch.delenv(f"COPYDESK_{name}")
    (tmp_path / "dump").mkdir()
    (tmp_path / "dump" / "b.txt.gz").write_bytes(gzip.compress(story.read_text("utf-8").encode()))
    (tmp_path / "dump" / "a.txt").write_text("", "utf-8")
    out = tmp_path / "out.jsonl"
    assert main(["extract", str(tmp_path / "dump"), "-o", str(out)]) == 0
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [bool(row["reject_reason"]) for row in rows] == [True, False]
    assert rows[1]["published_at"].startswith("2026-11-03T09:30")


def test_extract_takes_a_source_file_by_its_path(story: Path, source: Path, tmp_path: Path) -> None:
    assert main(["extract", str(story), "--source", str(source), "-o", str(tmp_path / "out.parquet")]) == 0
    assert main(["extract", str(story), "--source", str(tmp_path / "none.toml"), "-o", str(tmp_path / "out.parquet")]) == 2


def test_an_extract_of_rejects_only_exits_1_and_counts_the_reasons(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.txt").write_text("", "utf-8")
    out = tmp_path / "out.jsonl"
    assert main(["extract", str(tmp_path / "empty.txt"), "-o", str(out)]) == 1
    assert "rejected: empty: 1" in capsys.readouterr().err
    assert len(out.read_text("utf-8").splitlines()) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_exits_2(story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    story.chmod(0)
    assert main(["extract", str(story), "-o", str(tmp_path / "out.jsonl")]) == 2
    assert "Permission denied" in capsys.readouterr().err
