"""What was not accepted, as a person looks at it and brings it back, from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from copydesk import read

DAY = "2026-11-03"
SHORT = "between:word_count"


def test_a_held_day_is_listed_and_shown_with_what_to_do(held: Any, call: Any) -> None:
    assert call("quarantine", "list") == (0, f"gazette {DAY}: 2 records (held): {SHORT} 2\n", "")
    assert call("quarantine", "list", "gazette", DAY).out == f"gazette {DAY}: 2 records (held): {SHORT} 2\n"

    said = call("quarantine", "show", "gazette", DAY)
    assert said.code == 0
    assert "nothing of this run is published; `copydesk release` or `copydesk reject` decides" in said.err
    first = said.out.splitlines()[:3]
    assert first[0].startswith("Ferry number 2 is late again | https://gazette.example/2 | ")
    assert first[1].startswith(f"  validate: {SHORT}: ")
    assert first[2].endswith("/raw/2026-11-03/0.jsonl #1 at byte " + first[2].split()[-1])
    assert said.out.count("gazette.example") == 2

    replayed = call("quarantine", "replay", "gazette", DAY)
    assert (replayed.code, replayed.out) == (1, "")
    assert "nothing of it is published, so there is nothing to replay" in replayed.err
    assert f"do it whole: `copydesk run gazette {DAY}`" in replayed.err


def test_show_says_how_many_more_there_are(held: Any, call: Any) -> None:
    said = call("quarantine", "show", "gazette", DAY, "--limit", "1")
    assert said.out.count("gazette.example") == 1
    assert "1 more; --limit shows them" in said.err
    assert call("quarantine", "show", "gazette", DAY, "--limit", "0") == (
        2,
        "",
        "copydesk: --limit 0: give a number from 1 up\n",
    )


def test_a_corrected_rule_brings_a_record_back(published: Any, call: Any) -> None:
    listed = call("quarantine", "list", "gazette")
    assert listed == (0, f"gazette {DAY}: 1 records: {SHORT} 1\n", "")
    published.ask_for(min_words=5)

    other = call("quarantine", "replay", "gazette", DAY, "--reason", "duplicate_id")
    assert other.code == 0
    assert "replayed 0, accepted 0" in other.out
    assert f"nothing in quarantine has the reason duplicate_id; there are {SHORT}" in other.err

    said = call("quarantine", "replay", "gazette", DAY, "--reason", SHORT)
    assert said == (
        0,
        f"gazette {DAY}: replayed 1, accepted 1, not found 0, records accepted 9, records rejected 0\n"
        "next: copydesk curate --month 2026-11\n",
        "",
    )
    assert "https://gazette.example/9" in read("clean", root=published.root / "lake")["url"].to_pylist()
    assert call("quarantine", "show", "gazette", DAY) == (0, "", f"gazette {DAY}: nothing is in quarantine\n")
    assert call("quarantine", "list", "gazette").out == f"gazette {DAY}: 0 records\n"


def test_a_reason_that_no_record_has_is_answered_with_those_there_are(held: Any, call: Any) -> None:
    said = call("quarantine", "show", "gazette", DAY, "--reason", "too_short")
    assert (said.code, said.out) == (0, "")
    assert f"nothing in quarantine has the reason too_short; there are {SHORT}" in said.err


def test_what_an_agency_sent_again_is_said_to_stay(roots: Path, call: Any) -> None:
    for folder in ("sources", f"raw/{DAY}"):
        (roots / folder).mkdir(parents=True)
    (roots / "sources" / "tide.toml").write_text('name = "tide"\nraw = "{key}/*"\nformat = "ninjs"\n', "utf-8")
    words = "The ferry to the outer island was late again, and nobody on the quay could say what had kept it so long. " * 3
    item = {"uri": "urn:tide:ferry", "type": "text", "headline": "The ferry is late again", "body_html": f"<p>{words}</p>"}
    dated = item | {"firstCreated": f"{DAY}T08:00:00Z"}
    (roots / "raw" / DAY / "0.json").write_text(json.dumps([dated | {"version": n} for n in "12"]), "utf-8")
    assert call("run", "tide", DAY).code == 0
    for reason in ((), ("--reason", "superseded")):
        said = call("quarantine", "replay", "tide", DAY, *reason)
        assert "replayed 0" in said.out
        assert "what an agency withdrew or sent again stays in quarantine; a run of the dump settles it anew" in said.err


def test_records_whose_raw_file_is_gone_stay_and_it_is_said(published: Any, call: Any) -> None:
    (published.root / "raw" / DAY / "0.jsonl").unlink()
    said = call("quarantine", "replay", "gazette", DAY)
    assert said.code == 0
    assert "replayed 0, accepted 0, not found 1" in said.out
    assert "1 records are not at their origin any more" in said.err
    assert "next:" not in said.out


@pytest.mark.usefixtures("gazette")
def test_where_no_run_is_on_record_the_message_says_how_to_make_one(call: Any) -> None:
    assert call("quarantine", "list") == (0, "no run is on record; `copydesk run SOURCE KEY` ingests a dump\n", "")
    assert call("quarantine", "list", "gazette").out.startswith("no run of gazette is on record; ")


@pytest.mark.parametrize("look", ["list", "show", "replay"])
@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["gazette", DAY], 1, f"gazette {DAY}: no"),
        (["herald", DAY], 2, "known sources: gazette"),
        (["gazette", "2026-11-3"], 2, "'2026-11-3' is no day such as 2026-11-03"),
    ],
)
@pytest.mark.usefixtures("gazette")
def test_a_run_that_is_not_known_is_no_empty_answer(call: Any, look: str, words: list[str], code: int, message: str) -> None:
    said = call("quarantine", look, *words)
    assert (said.code, said.out) == (code, "")
    assert message in said.err
