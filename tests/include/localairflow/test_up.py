from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from localairflow.demo import demo_home
from localairflow.home import Home, write_exports
from localairflow.up import with_own_data


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "airflow", "raw", "lake", "sources", 8080)


def test_every_setting_of_copydesk_that_is_set_holds_where_the_ui_is_served(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYDESK_RAW", "mine")
    monkeypatch.setenv("COPYDESK_LAKE", "")
    monkeypatch.delenv("COPYDESK_SOURCES", raising=False)
    monkeypatch.setenv("COPYDESK_NOTIFY", "mailto:desk@example.org")
    environment = with_own_data(home).environment()
    assert {name: value for name, value in environment.items() if name.startswith("COPYDESK_")} == {
        "COPYDESK_RAW": "mine",
        "COPYDESK_LAKE": "lake",
        "COPYDESK_SOURCES": "sources",
        "COPYDESK_NOTIFY": "mailto:desk@example.org",
    }


def test_the_demo_is_the_same_whatever_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYDESK_SHARD_BYTES", "1000")
    monkeypatch.setenv("COPYDESK_RAW", "mine")
    environment = demo_home(8080).environment()
    assert "COPYDESK_SHARD_BYTES" not in environment
    assert environment["COPYDESK_RAW"].endswith("samples")


def test_a_shell_that_reads_the_file_has_the_same_airflow(home: Home) -> None:
    file = home.folder / "env"
    write_exports(file, home.environment() | {"COPYDESK_NOTIFY": "two words, a 'quote'"})
    said = subprocess.run(
        ["sh", "-c", f". {file}; echo $AIRFLOW_HOME; echo $COPYDESK_NOTIFY"], capture_output=True, text=True, check=True
    )
    assert said.stdout.splitlines() == [str(home.folder), "two words, a 'quote'"]
    assert file.stat().st_mode & 0o077 == 0  # the signing key is in it
