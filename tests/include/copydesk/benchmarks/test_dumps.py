from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from copydesk.benchmarks.dumps import main


def test_a_line_a_file_tells_records_rejects_and_what_is_no_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"text": "The harbour freezes."}, {"text": "The ferry waits."}]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(b"content\n" + b"The harbour freezes.\n" * 500)[:-12])
    (tmp_path / "c.json").write_text(json.dumps({"uri": "urn:1", "pubstatus": "usable", "type": "picture", "headline": "Ice"}))
    (tmp_path / "README.md").write_text("what these are")

    assert main([str(tmp_path)]) == 0
    _, _, first, second, third = capsys.readouterr().out.splitlines()
    assert first == "| a.jsonl | 2 |  |  | yes |"
    assert second.startswith("| b.csv.gz | ")
    assert "truncated 1: the file ends inside a gzip member" in second
    assert second.endswith("| no |")
    assert third == "| c.json | 0 |  | picture item 1 | yes |"
