from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from copydesk.labels.rules.class_names import called_no_text
from copydesk.labels.rules.doubts import SURE
from copydesk.labels.rules.ruling import Ruling
from copydesk.labels.texts.tokens import tokenize


def named(classes: list[str | None], held: list[float]) -> list[bool]:
    """Which blocks of one document are called no text, for the class words of each and the words it seems to have of the article."""
    class_words = tokenize(pa.array(classes, pa.string()))
    return called_no_text(np.array(held, np.float32), class_words, np.zeros(len(held), np.int64)).tolist()


def test_what_is_called_a_caption_among_paragraphs_is_no_text():
    assert named(["paragraph story", "image caption story", "paragraph story"], [40, 20, 40]) == [False, True, False]


def test_what_encloses_a_block_names_it_not():
    assert named(["paragraph story body teaser", "paragraph story body"], [40, 40]) == [False, False]


def test_a_site_may_call_its_text_what_it_likes():
    assert named(["teaser text", "teaser text", "caption"], [40, 40, 10]) == [False, False, False]


@pytest.mark.parametrize("classes", [[None, None], ["captioned", "subcaption"]])
def test_nothing_else_is_called_so(classes):
    assert named(classes, [40, 5]) == [False, False]


def test_a_doubtful_caption_is_cut_where_a_paragraph_of_the_same_words_is_kept(labelled):
    story = "".join(
        f"<p class=text>The harbour wall at Wrenmouth lost {i} stones in the storm, the council said on Friday.</p>"
        for i in range(3, 8)
    )
    line = "Masons look at the wall of Wrenmouth, of which forty stones fell into the harbour"
    kept = {}
    for name in ("text", "caption", "twitter-tweet"):
        parts, found = labelled(f"<body><article><h1>Wall closed</h1>{story}<p class={name}>{line}</p>{story}</article></body>")
        at = parts.blocks["text"].to_pylist().index(line)
        kept[name] = bool(found.likely[at] > found.bars.own[at])
        assert (found.bars.own[at] == SURE) == (found.rulings[at] == Ruling.CLASS) == (name != "text")
    assert kept == {"text": True, "caption": False, "twitter-tweet": False}
