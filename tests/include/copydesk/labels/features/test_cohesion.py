from __future__ import annotations

from copydesk.labels.features.matrix import features

STORY = (
    "The harbour authority of Wrenmouth closed the breakwater to walkers on Monday.",
    "Walkers had asked the harbour authority for a ladder on the breakwater.",
    "Midnight bakeries sell twice as many cinnamon pretzels as bakeries elsewhere.",
)


def shares(parts, counts):
    found = features(parts.documents, parts.blocks, counts(parts))
    return found.select(["shares_words"])[:, 0].tolist()


def test_sentences_of_one_story_share_their_long_words(segmented, counts):
    first, second, other = shares(segmented("\n".join(STORY)), counts)
    assert first > 0.3
    assert second > 0.5
    assert other == 0


def test_words_of_another_document_are_not_shared(segmented, counts):
    assert shares(segmented(STORY[0], STORY[1]), counts) == [0, 0]


def test_a_word_that_a_sentence_says_twice_is_not_shared_with_others(segmented, counts):
    assert shares(segmented(STORY[2]), counts) == [0]
