from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from copydesk.errors import BadInput
from copydesk.labels.corrections import every_correction
from copydesk.views.article.corrections import WITHDRAWN, correct

AT = datetime(2026, 11, 5, tzinfo=UTC)


def test_a_correction_is_shown_until_it_is_withdrawn(press: Any) -> None:
    row = press.row_of("https://courier.example/5") | {"dump": "2026-11-04"}
    block = next(block for block in press.article(row["url"]).blocks if block.label == "rail")
    correct(press.settings, row, block.ordinal, block.mark, "promo", by="ada", at=AT)
    article = press.article(row["url"])
    (marked,) = [one for one in article.blocks if one.correction]

    assert (marked.ordinal, marked.label) == (block.ordinal, "rail")
    assert marked.correction
    assert (marked.correction.label, marked.correction.corrected_by) == ("promo", "ada")
    assert marked.correction.labeller
    assert marked.correction.labeller.startswith("learned-")

    correct(press.settings, row, block.ordinal, block.mark, WITHDRAWN, by="olga", at=AT.replace(hour=1))
    article = press.article(row["url"])
    assert not any(one.correction for one in article.blocks)
    assert [(one.corrected_by, one.label) for one in article.corrections] == [("olga", None), ("ada", "promo")]
    with pytest.raises(BadInput, match="no correction that could be withdrawn"):
        correct(press.settings, row, block.ordinal, block.mark, WITHDRAWN, by="olga", at=AT)


@pytest.mark.parametrize(("shift", "mark", "label"), [(1, None, "promo"), (0, "0" * 16, "promo"), (0, None, "title!")])
def test_what_does_not_fit_the_record_is_not_kept(press: Any, shift: int, mark: str | None, label: str) -> None:
    before = len(every_correction(press.lake))
    row = press.row_of("https://courier.example/2") | {"dump": "2026-11-03"}
    block = press.article(row["url"]).blocks[1]
    with pytest.raises(BadInput):
        correct(press.settings, row, block.ordinal + shift, mark or block.mark, label, by="ada", at=AT)
    assert len(every_correction(press.lake)) == before
