from __future__ import annotations

from typing import Any

from copydesk.views.document.origins import run_of
from copydesk.views.quarantine import listed, refused


def test_a_dump_lists_what_it_did_not_accept(press: Any) -> None:
    run = run_of(press.settings, "courier", "2026-11-03")
    (one,) = listed(run).records
    assert (one.stage, one.reasons) == ("read", ["missing_content"])
    assert listed(run, "missing_content").records == [one]
    assert listed(run, "truncated").records == []
    assert listed(run_of(press.settings, "herald", "2026-11-04")).records == []


def test_a_record_says_what_it_failed_in_words(press: Any) -> None:
    run = run_of(press.settings, "courier", "2026-11-03")
    (one,) = listed(run).records
    record = refused(run, one.key)
    assert record
    assert record.failures[0].meaning.startswith("There is no text where the source says it is")
    assert "is missing" in record.detail
    assert record.origin.ordinal == 3
    assert refused(run, "0" * 32) is None
