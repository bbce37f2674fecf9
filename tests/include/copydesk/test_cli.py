from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from copydesk.cli import main
from copydesk.lake.publishing import append_run, replace_partition
from copydesk.schema import ARTICLES, CLEAN, QUARANTINE, RUNS
from copydesk.storage import Storage

STORY = """Ferry crossing returns after eleven years

3 November 2026, 09:30

The first ferry in eleven years left the old quay on Tuesday morning with forty passengers and one very calm horse on board.

The council had promised the crossing four times since the pier was damaged, and four times the money went somewhere else.

“People waved from the bridge as if we were leaving for another continent,” said the captain, who has waited for this since 2015.

The boat will cross twice an hour until Christmas, when the company decides whether enough people use it in the dark months.
"""


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Roots of its own for every test, and a terminal that is none."""
    for name in ("raw", "lake", "sources"):
        (tmp_path / name).mkdir()
        monkeypatch.setenv(f"COPYDESK_{name.upper()}", str(tmp_path / name))
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(STORY, "utf-8")
    return path


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "sources" / "courier.toml"
    path.write_text('name = "courier"\nraw = "courier/{key}/*.txt*"\nformat = "text"\ntimezone = "Europe/London"\n', "utf-8")
    return path


def test_help_waits_for_no_heavy_import() -> None:
    code = (
        "import sys\nfrom copydesk.cli import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'pyarrow', 'numpy', 'pandas', 'great_expectations', 'selectolax', 'pydantic', 'rich'} & set(sys.modules)\n"
        "sys.exit(f'imported: {sorted(heavy)}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "extract" in done.stdout


def test_the_help_of_a_command_says_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["datasets", "--help"])
    assert "What is in the lake." in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["unknown"], ["run", "courier"], ["extract", "a.txt"], ["sources"]])
def test_a_call_that_is_no_call_exits_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "courier", "2026-11-03"], "known sources: none"),
        (["curate", "--month", "2026-13"], "YYYY-MM"),
        (["curate", "--month", "November"], "YYYY-MM"),
        (["extract", "story.csv", "-o", "out.csv"], ".parquet or .jsonl"),
        (["extract", "missing.txt", "-o", "out.jsonl"], "missing.txt: no such file"),
        (["extract", "missing.txt", "-o", "nowhere/out.jsonl"], "nowhere: no such folder"),
        (["extract", "missing.txt", "-o", "folder.parquet"], "folder.parquet: is a folder"),
        (["inspect", "missing.txt"], "missing.txt: no such file"),
        (["inspect", "missing.txt#one"], "'one' is no ordinal"),
        (["sources", "check"], "add <name>.toml"),
    ],
)
def test_a_wrong_call_exits_2_and_says_what_to_do(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "folder.parquet").mkdir()
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["datasets"], ["curate"], ["run", "courier", "2026-11-03"]])
def test_a_missing_setting_exits_2_and_names_it(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("COPYDESK_LAKE")
    assert main(arguments) == 2
    assert "COPYDESK_LAKE is not set" in capsys.readouterr().err


def test_sources_check_lists_the_good_and_names_every_mistake(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sources", "check"]) == 0
    (tmp_path / "sources" / "herald.toml").write_text('name = "herald"\nraw = "herald/*"\nformat = "tape"\n', "utf-8")
    assert main(["sources", "check"]) == 1
    shown = capsys.readouterr()
    assert "courier: text" in shown.out
    assert "herald.toml: raw:" in shown.err
    assert "herald.toml: format:" in shown.err


def test_checking_sources_needs_no_lake(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COPYDESK_LAKE")
    monkeypatch.delenv("COPYDESK_RAW")
    assert main(["sources", "check"]) == 0
    monkeypatch.delenv("COPYDESK_SOURCES")
    assert main(["sources", "check"]) == 2


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
    (tmp_path / "dump" / "b.txt.gz").write_bytes(gzip.compress(STORY.encode()))
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


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_raw_file_that_may_not_be_read_exits_2_and_is_named(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    day = tmp_path / "raw" / "courier" / "2026-11-03"
    day.mkdir(parents=True)
    (day / "ferry.txt").write_text(STORY, "utf-8")
    (day / "ferry.txt").chmod(0)
    assert main(["run", "courier", "2026-11-03"]) == 2
    said = capsys.readouterr().err
    assert "2026-11-03/ferry.txt" in said
    assert "None" not in said


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_sources_that_may_not_be_read_exit_2(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source.parent.chmod(0)
    try:
        assert main(["sources", "check"]) == 2
    finally:
        source.parent.chmod(0o755)
    assert f"{source.parent}: cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("setting", "arguments"),
    [
        ("COPYDESK_LAKE", ["datasets"]),
        ("COPYDESK_LAKE", ["curate"]),
        ("COPYDESK_LAKE", ["run", "courier", "2026-11-03"]),
        ("COPYDESK_RAW", ["run", "courier", "2026-11-03"]),
    ],
)
def test_object_storage_out_of_reach_exits_1_and_names_the_setting(
    setting: str, arguments: list[str], source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(setting, "s3://bucket/x?region=us-east-1&scheme=http&endpoint_override=127.0.0.1:1")
    assert main(arguments) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith(f"copydesk: {setting} cannot be reached: ")
    assert "Could not connect to server" in line


def test_raw_dumps_that_are_not_there_exit_2(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "raw").rmdir()
    assert main(["run", "courier", "2026-11-03"]) == 2
    assert f"{tmp_path / 'raw'}: no such folder" in capsys.readouterr().err


def test_letters_a_terminal_does_not_know_are_replaced(story: Path) -> None:
    story.write_text(STORY.replace("old quay", "alten Kaimauer für Fähren"), "utf-8")
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
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rules, page = tmp_path / "rules", tmp_path / "page.html"
    rules.mkdir()
    monkeypatch.setenv("COPYDESK_SITE_RULES", str(rules))
    layout = "@rule('quay.example', first='2020-01-01')\ndef layout(page):\n    return Ruling(title=page.b.text)\n"
    (rules / "quay.py").write_text("from copydesk.sites import Ruling, rule\n" + layout, "utf-8")
    page.write_text(
        f"<link rel=canonical href='https://quay.example/1'><b>The old quay</b><p>{STORY.splitlines()[4]}</p>", "utf-8"
    )
    assert main(["inspect", str(page)]) == 0
    assert "rule quay.layout: title = The old quay" in capsys.readouterr().out
    page.write_text("<link rel=canonical href='https://quay.example/1'><p>No title here.</p>", "utf-8")
    assert main(["inspect", str(page)]) == 1
    assert "rejected: rule_failed: rule quay.layout for quay.example: AttributeError" in capsys.readouterr().err


def test_inspect_reads_a_record_as_its_source_says(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "dump.txt"
    path.write_text(json.dumps({"body": STORY}) + "\n", "utf-8")
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
    story.write_text(STORY.replace("calm horse", "calm \x1b[2J\x9bhorse"), "utf-8")
    assert main(["inspect", str(story)]) == 0
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "\x9b" not in shown


def test_an_empty_lake_says_how_to_fill_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["datasets"]) == 0
    assert "copydesk run SOURCE KEY" in capsys.readouterr().out


def test_a_lake_that_is_not_there_exits_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "lake").rmdir()
    assert main(["datasets"]) == 2
    assert f"no lake at {tmp_path / 'lake'}" in capsys.readouterr().err


def test_datasets_shows_dumps_verdicts_and_totals(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lake = Storage.open(str(tmp_path / "lake"))
    place = {"source": "courier", "dump": "2026-11-03"}
    rows = pa.Table.from_pylist([{"title": "One"}, {"title": "Two"}], schema=CLEAN.schema)
    replace_partition(lake, CLEAN, place, rows)
    replace_partition(lake, QUARANTINE, place, pa.Table.from_pylist([{"detail": "no date"}], schema=QUARANTINE.schema))
    started = datetime(2026, 11, 4, 5, tzinfo=UTC)
    run = {"run_id": "r1", "kind": "ingest", "started_at": started, "verdict": "warn"}
    append_run(lake, RUNS, place, pa.Table.from_pylist([run], schema=RUNS.schema), started)
    assert main(["datasets"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    [dump] = [line for line in lines if line[:2] == ["courier", "2026-11-03"]]
    assert dump[2:5] == ["2", "1", "warn"]
    assert ["quarantine", "1", "1"] in [line[:3] for line in lines]
    assert ["verdicts:", "warn", "1"] in lines
    [total] = [line for line in lines if line[:1] == ["total"]]
    assert total[1:3] == ["3", "4"]


def test_a_reader_that_has_seen_enough_is_no_error(story: Path) -> None:
    command = f"{sys.executable} -m copydesk.cli inspect {story} | head -n 1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_dump_goes_through_run_curate_and_datasets(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    day = tmp_path / "raw" / "courier" / "2026-11-03"
    day.mkdir(parents=True)
    (day / "ferry.txt").write_text(STORY, "utf-8")
    assert main(["run", "courier", "2026-11-03"]) == 0
    shown = capsys.readouterr()
    assert "records accepted 1" in shown.out
    assert "next: copydesk curate --month 2026-11" in shown.out
    assert shown.err == ""
    assert main(["curate"]) == 0
    assert "2026-11: days 1, days rewritten 1, articles 1" in capsys.readouterr().out
    assert main(["curate", "--month", "2026-11"]) == 0
    assert "days rewritten 0" in capsys.readouterr().out
    assert main(["datasets"]) == 0
    assert "pass" in capsys.readouterr().out


def test_a_dump_without_its_marker_is_ingested_and_that_is_told(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source.write_text(source.read_text() + 'on_missing = "wait"\n[arrival]\nmarker = "courier/{key}/_SUCCESS"\n', "utf-8")
    day = tmp_path / "raw" / "courier" / "2026-11-03"
    day.mkdir(parents=True)
    (day / "ferry.txt").write_text(STORY, "utf-8")
    assert main(["run", "courier", "2026-11-03"]) == 0
    assert f"going on without {day / '_SUCCESS'}" in capsys.readouterr().err
    (day / "_SUCCESS").touch()
    assert main(["run", "courier", "2026-11-03"]) == 0
    assert capsys.readouterr().err == ""


def test_a_dump_that_is_held_exits_1_with_the_numbers(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    day = tmp_path / "raw" / "courier" / "2026-11-03"
    day.mkdir(parents=True)
    for name in ("one.txt", "two.txt"):
        (day / name).write_text("", "utf-8")
    assert main(["run", "courier", "2026-11-03"]) == 1
    assert "held, nothing was published" in capsys.readouterr().err
    assert main(["datasets"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["clean", "0", "0"] in [line[:3] for line in lines]
    assert ["verdicts:", "hold", "1"] in lines


def test_a_missing_dump_exits_1_and_a_key_that_is_none_exits_2(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "courier", "2026-11-03"]) == 1
    assert "no dump" in capsys.readouterr().err
    assert main(["run", "courier", "../2026-11-03"]) == 2
    assert "'../2026-11-03' is no day" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["datasets"], ["curate"], ["run", "courier", "2026-11-03"]])
def test_a_lake_that_can_be_none_exits_2(
    arguments: list[str], source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COPYDESK_LAKE", str(source))
    assert main(arguments) == 2
    assert "is a file" in capsys.readouterr().err


def test_curating_an_empty_lake_says_how_to_fill_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["curate"]) == 0
    assert "copydesk run SOURCE KEY" in capsys.readouterr().out
