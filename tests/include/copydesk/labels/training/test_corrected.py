"""What people corrected teaches: of those blocks the label they gave, of the others nothing."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

import copydesk
from copydesk.label_names import LABELS
from copydesk.labels.corrections import Correction, keep
from copydesk.labels.training.corrected import corrected
from copydesk.labels.training.gold import Lesson
from copydesk.labels.training.sequence import by_hand
from copydesk.labels.training.truth import truth
from copydesk.pipeline import run_partition
from copydesk.records import Origin
from copydesk.run import Run
from copydesk.settings import Settings
from copydesk.sources import find
from copydesk.storage import Storage

SOURCE, DAY = "veyrat_info", "2026-11-03"
AT = datetime(2026, 11, 4, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path, samples: Path) -> Settings:
    settings = Settings(raw=str(samples), lake=str(tmp_path / "lake"), sources=str(samples.parent / "sources"))
    run_partition(Run(find(SOURCE, settings.sources), DAY, "one", settings))
    return settings


def corrections(settings: Settings) -> list[Correction]:
    """A rail of the first article that ought to be a list, and a boilerplate line that ought to be a caption."""
    row = copydesk.read("clean", DAY, DAY, [SOURCE], root=settings.lake).to_pylist()[0]
    removed = copydesk.read("removed", DAY, DAY, [SOURCE], root=settings.lake).to_pylist()
    cut = [block for block in removed if block["article_id"] == row["article_id"]][:2]
    origin = Origin(**{part.name: row[f"origin_{part.name}"] for part in fields(Origin)})
    return [
        Correction(
            SOURCE, DAY, row["article_id"], block["ordinal"], block["text"], block["label"], right, None, "ada", AT, origin
        )
        for block, right in zip(cut, ("list", "caption"), strict=True)
    ]


def learned(settings: Settings) -> tuple[list[Lesson], list[str]]:
    said: list[str] = []
    return list(corrected(settings, said.append)), said


def test_the_corrected_blocks_have_the_label_people_gave_and_no_other_weighs_anything(settings: Settings) -> None:
    told = corrections(settings)
    for one in told:
        keep(Storage.open(settings.lake), one)
    (lesson,), said = learned(settings)
    known = truth(lesson, by_hand(lesson))

    assert said == []
    assert lesson.mode == "html"
    assert np.flatnonzero(known.weight).tolist() == [one.ordinal for one in told]
    assert [LABELS[known.labels[one.ordinal].argmax()] for one in told] == ["list", "caption"]
    assert [known.kept[one.ordinal] for one in told] == [1, 0]
    assert [lesson.texts[one.ordinal] for one in told] == [one.text for one in told]


def test_what_was_withdrawn_teaches_nothing(settings: Settings) -> None:
    one, _ = corrections(settings)
    keep(Storage.open(settings.lake), one)
    keep(Storage.open(settings.lake), replace(one, label=None, corrected_at=AT.replace(hour=1)))
    assert learned(settings) == ([], [])


def test_what_is_not_there_any_more_is_left_out_and_told(settings: Settings) -> None:
    one, other = corrections(settings)
    keep(Storage.open(settings.lake), replace(one, text="another text"))
    keep(Storage.open(settings.lake), replace(other, origin=replace(other.origin, uri=f"{settings.raw}/gone.jsonl")))
    keep(Storage.open(settings.lake), replace(one, source="nobody"))
    lessons, said = learned(settings)

    assert lessons == []
    assert [word for word in ("cut otherwise", "not there any more", "no source 'nobody'") if word in "\n".join(said)] == [
        "cut otherwise",
        "not there any more",
        "no source 'nobody'",
    ]
