"""What every command does of a wrong call, a missing setting, and storage that is not there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from copydesk.cli import main


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
        (["inspect", "s3://raw/a.jsonl#1"], "s3://raw/a.jsonl: is no path of this machine"),
        (["extract", "s3://raw/a.jsonl", "-o", "out.jsonl"], "s3://raw/a.jsonl: is no path of this machine"),
        (["extract", "missing.txt", "-o", "s3://raw/out.jsonl"], "s3://raw/out.jsonl: is no path of this machine"),
        (["export", "-o", "s3://raw/out.jsonl"], "s3://raw/out.jsonl: is no path of this machine"),
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


def test_a_lake_that_is_not_there_exits_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "lake").rmdir()
    assert main(["datasets"]) == 2
    assert f"no lake at {tmp_path / 'lake'}" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["datasets"], ["curate"], ["run", "courier", "2026-11-03"]])
def test_a_lake_that_can_be_none_exits_2(
    arguments: list[str], source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COPYDESK_LAKE", str(source))
    assert main(arguments) == 2
    assert "is a file" in capsys.readouterr().err
