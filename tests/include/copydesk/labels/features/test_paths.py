from __future__ import annotations

import numpy as np

from copydesk.labels.features.matrix import features

TEXT = "<p>The harbour wall at Wrenmouth will be closed to walkers until spring.</p>"


def columns(parts, counts, *names):
    found = features(parts.documents, parts.blocks, counts(parts))
    return found.select(names).T


def test_sentences_stand_where_most_sentences_stand(segmented, counts):
    parts = segmented(f"<body><div class=story>{TEXT * 4}</div><aside><div class=box>{TEXT}</div></aside></body>")
    place, heaviest = columns(parts, counts, "place_share", "is_heaviest")
    assert place[0] > 0.7
    assert place[4] < 0.3
    assert heaviest.tolist() == [1, 1, 1, 1, 0]


def test_cards_of_one_kind_in_many_containers_are_alike(segmented, counts):
    cards = "".join(f"<div class=card><p>Otters seen below mill {i}</p></div>" for i in range(12))
    parts = segmented(f"<body><div class=story>{TEXT * 3}</div>{cards}</body>")
    (alike,) = columns(parts, counts, "alike")
    assert alike[:3].max() < alike[3:].min()


def test_a_headline_below_the_text_opens_another_story(segmented, counts):
    parts = segmented(f"<body><h1>Wall closed</h1>{TEXT * 3}<h1>Bakery opens at midnight</h1>{TEXT * 2}</body>")
    (below,) = columns(parts, counts, "below_other_title")
    assert below.tolist() == [0, 0, 0, 0, 0, 1, 1]


def test_a_text_has_no_places(segmented, counts):
    parts = segmented("The harbour wall at Wrenmouth will be closed to walkers until spring.\nOtters")
    assert not np.any(columns(parts, counts, "place_share", "is_heaviest", "alike"))
