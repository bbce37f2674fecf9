from __future__ import annotations

from collections.abc import Callable

import pytest

from copydesk.errors import BadInput
from copydesk.settings import Settings
from copydesk.storage import Storage
from copydesk.views.run.decisions import decision, held_run, is_begun, reject, release
from copydesk.views.run.first_articles import first_articles, held_articles
from copydesk.views.run.page import RunPage

PAPER, BAD = "harbour_courier", "2026-11-02"
PageOf = Callable[..., RunPage]


def test_a_held_run_is_released_by_whom_and_why(settings: Settings, page_of: PageOf) -> None:
    held = held_run(settings, PAPER, BAD)
    assert held is not None
    assert not is_begun(held)
    assert page_of(settings, BAD).is_waiting
    articles, count = held_articles(held)
    assert count == len(articles) > 0

    assert release(settings, PAPER, BAD, held.run_id, decision("ada", " looked at all ten ")) == ["2026-10", "2026-11"]

    page = page_of(settings, BAD)
    assert (page.line.verdict, page.line.decided_by, page.row["decision_reason"]) == ("released", "ada", "looked at all ten")
    assert [line.verdict for line in page.others] == ["released", "hold"]
    assert not page.is_waiting
    assert page_of(settings, BAD, page.others[1].name).line.verdict == "hold"
    assert first_articles(Storage.open(settings.lake), PAPER, BAD)[1] == count
    assert held_run(settings, PAPER, BAD) is None


def test_a_held_run_is_rejected_and_then_cannot_be_released(settings: Settings, page_of: PageOf) -> None:
    held = held_run(settings, PAPER, BAD)
    assert held is not None
    reject(settings, PAPER, BAD, held.run_id, decision("bo", "the dump is broken"))

    assert page_of(settings, BAD).line.verdict == "rejected"
    assert first_articles(Storage.open(settings.lake), PAPER, BAD) == ([], 0)
    with pytest.raises(BadInput, match="not held any more"):
        release(settings, PAPER, BAD, held.run_id, decision("ada", "too late"))


def test_another_run_than_the_one_looked_at_is_not_released(settings: Settings, page_of: PageOf) -> None:
    with pytest.raises(BadInput, match="an older page is not held any more"):
        release(settings, PAPER, BAD, "an older page", decision("ada", "as I saw"))
    assert page_of(settings, BAD).line.verdict == "hold"


@pytest.mark.parametrize("reason", ["", "  \n", "x" * 1001])
def test_a_decision_wants_a_reason_of_some_words(reason: str) -> None:
    with pytest.raises(BadInput, match="say why"):
        decision("ada", reason)
