from __future__ import annotations

import numpy as np
import pyarrow as pa

from copydesk.labels.features.echoes import echoes, repeats, stated, stated_body
from copydesk.labels.features.hints import Hints
from copydesk.labels.texts.tokens import tokenize

LINES = [
    "Masons mend the harbour wall",
    "The harbour wall: masons mend it",
    "Chess club loses clock",
    "Masons mend the harbour wall",
]
OWNER = np.array([0, 0, 0, 1])


def hints(title: str | None = None, description: str | None = None, body: str | None = None) -> Hints:
    """What the first of two pages states."""
    return Hints(np.zeros(4, np.float32), *(pa.array([value, None], pa.string()) for value in (title, description, body)))


def test_lines_are_compared_with_the_next_and_the_one_before_in_their_document():
    found = echoes(tokenize(pa.array(LINES)), {"first_sentence": np.zeros(4)}, OWNER)
    assert np.allclose(found["same_as_next"], [1, 0, 0, 0])
    assert np.allclose(found["same_as_previous"], [0, 5 / 6, 0, 0])


def test_a_first_sentence_that_a_later_line_says_again_is_known():
    found = echoes(tokenize(pa.array(LINES)), {"first_sentence": np.array([1.0, 0, 0, 1])}, OWNER)
    assert found["taken_up_later"].tolist() == [1, 0, 0, 0]


def test_the_stated_title_is_known_whole_and_in_part():
    found = stated(tokenize(pa.array(LINES)), hints("MASONS mend the harbour-wall", LINES[2]), OWNER, np.full(4, 5.0))
    assert found["is_stated_title"].tolist() == [1, 0, 0, 0]
    assert found["is_description"].tolist() == [0, 0, 1, 0]
    part = stated(tokenize(pa.array(LINES)), hints("Masons mend the harbour wall | The Courier"), OWNER, np.full(4, 5.0))
    assert part["in_stated_title"].tolist() == [1, 0, 0, 0]
    assert not part["is_stated_title"].any()


def test_lines_of_the_stated_body_are_known():
    body = f"{LINES[0]}. {LINES[2]}. " + "Anglers have asked for a ladder on the sheltered side of it. " * 5
    found = tokenize(pa.array(LINES))
    texts = pa.array(LINES[:3])
    assert stated_body(texts, found, hints(body=body), OWNER)["in_stated_body"].tolist() == [1, 0, 1, 0]
    assert stated_body(texts, found, hints(body=LINES[0]), OWNER)["states_body"].tolist() == [0, 0, 0, 0]


def test_a_text_repeats_only_within_its_document():
    assert repeats(np.array([0, 1, 0, 0]), OWNER).tolist() == [1, 0, 1, 0]
    assert repeats(np.array([0, 1, 2, 0]), OWNER).tolist() == [0, 0, 0, 0]
