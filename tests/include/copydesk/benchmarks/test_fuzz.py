from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.benchmarks.fuzz.__main__ import main
from copydesk.benchmarks.fuzz.seeds import seeds
from copydesk.benchmarks.fuzz.targets import MOST_DOCUMENTS, documents_in, mutate_each, targets

DATA = Path(__file__).parents[3] / "data" / "fuzz"
FINDINGS = sorted(path for path in DATA.glob("*/*") if path.is_file())


@pytest.mark.parametrize("target", targets())
def test_what_fuzzing_starts_from_keeps_every_promise(target: str) -> None:
    for seed in seeds(target):
        targets()[target](seed)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("finding", FINDINGS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_once_broke_a_promise_keeps_it(finding: Path) -> None:
    targets()[finding.parent.name](finding.read_bytes())


def test_findings_belong_to_targets() -> None:
    assert {path.parent.name for path in FINDINGS} <= set(targets())


def test_a_target_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["read-tea-leaves"])
    assert stop.value.code == 2
    assert "there is read-text" in capsys.readouterr().err


def test_each_document_of_an_input_is_changed_and_all_fit() -> None:
    changed = mutate_each(lambda content, longest: content[: longest - 1] + b"!", b"<p>one\n\x1e\n<p>two", 800)
    contents = documents_in(changed)
    assert contents == [b"<p>one!", b"<p>two!"] * (MOST_DOCUMENTS // 2)
    assert len(mutate_each(lambda content, longest: (content * 9)[:longest], changed * 9, 800)) <= 800
