"""`copydesk inspect`: what is shown of a record, and on what terminal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from copydesk.cli import main


def test_letters_a_terminal_does_not_know_are_replaced(story: Path) -> None:
    story.write_text(story.read_text("utf-8").replace("old quay", "alten Kaimauer für Fähren"), "utf-8")
    command = [sys.executable, "-m", "copydesk.cli", "inspect", str(story)]
    ascii_only = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, capture_output=True, check=False, env=ascii_only)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"alten Kaimauer f?r F?hren" in done.stdout


def test_inspect_shows_every_block_plain_when_piped(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(story)]) == 0
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "6 blocks" in shown
    [title] = [line for line in shown.splitlines() if "Ferry crossing returns" in line]
    assert title.split()[:2] == ["0", "title"]
    assert title.split()[3] == "field"
    assert max(map(len, shown.splitlines())) > 120


def test_inspect_colours_by_label_on_a_terminal(
    story: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert main(["inspect", str(story)]) == 0
    assert "\x1b[1;32m" in capsys.readouterr().out


def test_inspect_finds_a_record_by_its_ordinal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "dump.jsonl"
    page = "<html><body><h1>{}</h1><p>The first ferry in eleven years left the old quay on Tuesday morning.</p></body></html>"
    records = [{"content": page.format(title), "url": f"https://example.org/{title}"} for title in ("One", "Two")]
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    assert main(["inspect", f"{path}#1"]) == 0
    shown = capsys.readouterr().out
    assert "Two" in shown
    assert "One" not in shown
    assert main(["inspect", f"{path}#7"]) == 2
    assert "no record 7; the last is 1" in capsys.readouterr().err


def test_inspect_says_what_a_rule_of_the_site_says(
    story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rules, page = tmp_path / "rules", tmp_path / "page.html"
    rules.mkdir()
    monkeypatch.setenv("COPYDESK_SITE_RULES", str(rules))
    layout = "@rule('quay.example', first='2020-01-01')\ndef layout(page):\n    return Ruling(title=page.b.text)\n"
    (rules / "quay.py").write_text("from copydesk.sites import Ruling, rule\n" + layout, "utf-8")
    paragraph = story.read_text("utf-8").splitlines()[4]
    page.write_text(
        f"<link rel=canonical href='https://quay.example/1'><b>The old quay</b><p>{paragraph}</p>",
        "utf-8",
    )
    assert main(["inspect", str(page)]) == 0
    assert "rule quay.layout: title = The old quay" in capsys.readouterr().out
    page.write_text("<link rel=canonical href='https://quay.example/1'><p>No title here.</p>", "utf-8")
    assert main(["inspect", str(page)]) == 1
    assert "rejected: rule_failed: rule quay.layout for quay.example: AttributeError" in capsys.readouterr().err


def test_inspect_reads_a_record_as_its_source_says(
    story: Path, source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "dump.txt"
    path.write_text(json.dumps({"body": story.read_text("utf-8")}) + "\n", "utf-8")
    text = source.read_text("utf-8").replace('"text"', '"jsonl"')
    source.write_text(f'{text}[record]\ncontent = "body"\nmedia_type = "text/plain"\n', "utf-8")
    for name in ("courier", str(source)):
        assert main(["inspect", f"{path}#0", "--source", name]) == 0
        assert "6 blocks" in capsys.readouterr().out
    assert main(["inspect", str(path), "--source", "herald"]) == 2
    assert "known sources: courier" in capsys.readouterr().err


def test_a_record_that_cannot_be_read_exits_1_with_the_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.txt").write_text("", "utf-8")
    assert main(["inspect", str(tmp_path / "empty.txt")]) == 1
    assert "empty" in capsys.readouterr().err


def test_a_record_cannot_steer_the_terminal(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    story.write_text(story.read_text("utf-8").replace("calm horse", "calm \x1b[2J\x9bhorse"), "utf-8")
    assert main(["inspect", str(story)]) == 0
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "\x9b" not in shown


def test_a_reader_that_has_seen_enough_is_no_error(story: Path) -> None:
    command = f"{sys.executable} -m copydesk.cli inspect {story} | head -n 1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
