from __future__ import annotations

import pytest

from copydesk.cli import main
from copydesk.storage import Storage


@pytest.fixture(params=["local", "bucket"])
def roots_to_be(request, tmp_path, monkeypatch):
    """Where nothing is yet: raw and lake, as folders or as buckets."""
    if request.param == "local":
        places = {name: str(tmp_path / "deep" / name) for name in ("raw", "lake")}
    else:
        store = request.getfixturevalue("store")
        places = {name: store.uri(f"fresh-{name}/{tmp_path.name[-8:].replace('_', '-')}") for name in ("raw", "lake")}
    for name, place in places.items():
        monkeypatch.setenv(f"COPYDESK_{name.upper()}", place)
    return places


def test_roots_are_made_once_and_can_then_be_used(roots_to_be, capsys):
    assert main(["prepare"]) == 0
    Storage.open(roots_to_be["lake"]).write_bytes("kept", b"here")
    assert main(["prepare"]) == 0
    assert Storage.open(roots_to_be["lake"]).read_bytes("kept") == b"here"
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == ["COPYDESK_RAW", "COPYDESK_LAKE"] * 2


def test_dumps_are_put_where_runs_look_for_them(roots_to_be, tmp_path, capsys):
    dump = tmp_path / "mine" / "courier" / "2026-11-03"
    dump.mkdir(parents=True)
    (dump / "a.txt").write_text("Quay reopens")
    assert main(["prepare"]) == main(["put", str(tmp_path / "mine")]) == 0
    raw = Storage.open(roots_to_be["raw"])
    assert raw.read_bytes("courier/2026-11-03/a.txt") == b"Quay reopens"
    assert f"1 files, 12 bytes, are in {raw.uri}" in capsys.readouterr().out


def test_a_folder_that_is_not_there_is_the_callers_mistake(roots_to_be, tmp_path, capsys):
    assert main(["put", str(tmp_path / "nowhere")]) == 2
    assert "nowhere: no such folder" in capsys.readouterr().err
