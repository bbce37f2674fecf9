from __future__ import annotations

import pytest

from copydesk.fields.headings.standfirsts import pick_standfirst

TITLE = "Harbour wall closed"
TEXT = ["WRENMOUTH — The harbour wall will be closed for three weeks from Monday while a slipway is mended.", "Boats move."]


def test_what_is_given_comes_before_lines_that_read_like_one():
    assert pick_standfirst(["A line."], ["Boats move to the north quay."], TITLE, TEXT) == "Boats move to the north quay."
    assert pick_standfirst(["A line.", "Another."], [], TITLE, TEXT) == "A line.\nAnother."


@pytest.mark.parametrize(
    "excerpt",
    [
        "The harbour wall will be closed for three weeks from Monday",
        "The harbour wall will be closed for […] The post appeared first on Tide.",
        "The wall, closed for weeks...",
        "Harbour wall closed.",
        " – ",
        "word " * 1000,
    ],
)
def test_the_beginning_of_the_text_or_the_headline_again_is_none(excerpt):
    assert pick_standfirst([], [excerpt], TITLE, TEXT) is None
