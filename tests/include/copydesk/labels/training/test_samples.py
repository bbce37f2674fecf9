from __future__ import annotations

import json
from pathlib import Path

import pytest

from copydesk.label_names import LABELS
from copydesk.labels.train import EXPECTED, SAMPLES
from copydesk.labels.training.gold import Lesson
from copydesk.labels.training.samples import samples
from copydesk.labels.training.sequence import by_hand
from copydesk.labels.training.truth import truth


@pytest.fixture(scope="module")
def found() -> list[Lesson]:
    return list(samples(SAMPLES, EXPECTED))


def test_every_accepted_sample_is_a_lesson(found):
    told = [record for record in json.loads(Path(EXPECTED).read_text("utf-8"))["records"] if record["accepted"]]
    assert sum(len(lesson.rows) for lesson in found) == len(told)


def test_a_sample_keeps_as_many_paragraphs_as_its_author_says(found):
    for lesson in found:
        kept = truth(lesson, by_hand(lesson)).kept
        for page, row in enumerate(lesson.rows):
            assert kept[lesson.span(page)].sum() == row["told"]["paragraphs"], row["id"]


def test_a_standfirst_that_is_told_is_one(found):
    for lesson in found:
        labels = truth(lesson, by_hand(lesson)).labels.argmax(axis=1)
        for page, row in enumerate(lesson.rows):
            span = lesson.span(page)
            named = [text for text, i in zip(lesson.texts[span], labels[span], strict=True) if LABELS[i] == "standfirst"]
            assert named == [line for line in [row["told"]["standfirst"]] if line in lesson.texts[span]], row["id"]
