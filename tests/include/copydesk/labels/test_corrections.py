"""Judgements of people on labels: kept one by one, the last one holds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from copydesk.errors import BadInput
from copydesk.labels.corrections import Correction, corrections_of, every_correction, keep, standing
from copydesk.records import Origin
from copydesk.storage import Storage

RAIL = Correction(
    source="paper",
    dump="2026-11-03",
    article_id="0" * 32,
    ordinal=7,
    text="More from the harbour",
    label_given="heading",
    label="rail",
    labeller="learned-1",
    corrected_by="ada",
    corrected_at=datetime(2026, 11, 4, 9, tzinfo=UTC),
    origin=Origin("/raw/a.jsonl", None, 3, 120, "f" * 64),
)
LATER = RAIL.corrected_at + timedelta(minutes=5)


@pytest.fixture
def lake(tmp_path: Path) -> Storage:
    return Storage.open(str(tmp_path / "lake"))


def test_what_was_kept_is_read_again_as_it_was(lake: Storage) -> None:
    keep(lake, RAIL)
    assert corrections_of(lake, "paper", "2026-11-03") == [RAIL]
    assert corrections_of(lake, "paper", "2026-11-04") == []
    assert corrections_of(lake, "other", "2026-11-03") == []


def test_corrections_of_archives_are_found_by_their_name(lake: Storage) -> None:
    for dump in ("wire-2019", "wire-2020"):
        keep(lake, replace(RAIL, dump=dump))
    assert [one.dump for one in corrections_of(lake, "paper", "wire-2020")] == ["wire-2020"]
    assert len(every_correction(lake)) == 2


def test_the_last_judgement_holds(lake: Storage) -> None:
    promo = replace(RAIL, label="promo", corrected_by="grace", corrected_at=LATER)
    keep(lake, promo)
    keep(lake, RAIL)
    assert standing(every_correction(lake)) == {RAIL.block: promo}


def test_a_withdrawn_one_holds_no_more(lake: Storage) -> None:
    keep(lake, RAIL)
    keep(lake, replace(RAIL, label=None, corrected_at=LATER))
    assert standing(every_correction(lake)) == {}


@pytest.mark.parametrize("label", ["headline", "", "heading"])
def test_what_is_no_judgement_is_not_kept(lake: Storage, label: str) -> None:
    with pytest.raises(BadInput, match="choose"):
        keep(lake, replace(RAIL, label=label))
    assert every_correction(lake) == []


def test_people_who_judge_at_the_same_moment_lose_nothing(lake: Storage) -> None:
    judgements = [replace(RAIL, ordinal=n, corrected_by=f"user {n % 4}") for n in range(24)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda one: keep(lake, one), judgements))
    assert {one.ordinal for one in every_correction(lake)} == set(range(24))
