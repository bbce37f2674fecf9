from __future__ import annotations

import pytest

from localairflow import __main__ as entry


def test_a_machine_too_busy_for_the_demo_is_told_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def never_quiet(_: object) -> int:
        raise TimeoutError("after 1800 s: runs: 6 running, 3 queued")

    monkeypatch.setattr(entry, "run_demo", never_quiet)
    monkeypatch.setattr("sys.argv", ["localairflow", "demo"])

    assert entry.main() == 1
    assert "given up after 1800 s: runs: 6 running, 3 queued" in capsys.readouterr().out
