"""What a person decides on a held run, from the command line."""

from __future__ import annotations

from typing import Any

import pytest

from copydesk import read

DAY = "2026-11-03"
NOBODY = "copydesk: gazette 2026-11-03: no run of it is held; `copydesk datasets` shows the verdicts\n"


def decisions(gazette: Any) -> list[tuple[str, str, str]]:
    rows = read("runs", root=gazette.root / "lake").to_pylist()
    return [(row["verdict"], row["decided_by"], row["decision_reason"]) for row in rows if row["decided_by"]]


def urls(gazette: Any) -> list[str]:
    return sorted(row.rpartition("/")[2] for row in read("clean", root=gazette.root / "lake")["url"].to_pylist())


def test_a_release_publishes_says_what_comes_next_and_who_decided(held: Any, call: Any) -> None:
    said = call("release", "gazette", DAY, "--by", "ada", "--reason", "looked at both")

    assert said == (
        0,
        f"gazette {DAY}: verdict released, records seen 3, records accepted 1, records rejected 2\n"
        "next: copydesk curate --month 2026-11\n",
        "",
    )
    assert urls(held) == ["1"]
    assert decisions(held) == [("released", "ada", "looked at both")]
    again = call("release", "gazette", DAY)
    assert again == (1, "", NOBODY)
    assert call("reject", "gazette", DAY) == (1, "", NOBODY)
    assert decisions(held) == [("released", "ada", "looked at both")]


def test_what_was_rejected_cannot_be_released(held: Any, call: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "grace")
    assert call("reject", "gazette", DAY) == (0, f"gazette {DAY}: rejected; what was published before still stands\n", "")

    assert call("release", "gazette", DAY) == (1, "", NOBODY)
    assert urls(held) == []
    assert decisions(held) == [("rejected", "grace", None)]


def test_a_rejected_day_leaves_the_one_before_as_it_was(published: Any, call: Any) -> None:
    before = urls(published)
    published.deliver(long=[10], short=[11, 12])
    assert call("run", "gazette", DAY).code == 1
    assert urls(published) == before

    assert call("reject", "gazette", DAY).code == 0
    assert urls(published) == before


@pytest.mark.parametrize("decide", ["release", "reject"])
@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["gazette", DAY], 1, NOBODY.removeprefix("copydesk: ").strip()),
        (["herald", DAY], 2, "known sources: gazette"),
        (["gazette", "2026-11-3"], 2, "'2026-11-3' is no day such as 2026-11-03"),
        (["gazette", ".."], 2, "'..' is no day such as 2026-11-03"),
    ],
)
@pytest.mark.usefixtures("gazette")
def test_where_nothing_waits_the_message_says_what_to_do(
    call: Any, decide: str, words: list[str], code: int, message: str
) -> None:
    said = call(decide, *words)
    assert (said.code, said.out) == (code, "")
    assert message in said.err
    assert len(said.err.splitlines()) == 1
