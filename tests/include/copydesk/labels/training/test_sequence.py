from __future__ import annotations

import numpy as np

from copydesk.labels.training.sequence import decode

SCORES = np.log(np.array([[0.9, 0.1], [0.45, 0.55], [0.9, 0.1], [0.2, 0.8]], np.float32))
STAYS = np.array([[1, -1], [-1, 1]], np.float32)
STARTS = np.zeros(2, np.float32)


def test_a_doubtful_block_follows_its_neighbours():
    assert decode(SCORES, STAYS, STARTS, np.zeros(4, np.int64)).tolist()[:3] == [0, 0, 0]


def test_a_document_does_not_follow_the_one_before():
    assert decode(SCORES, STAYS, STARTS, np.array([0, 1, 2, 3])).tolist() == [0, 1, 0, 1]


def test_documents_of_different_length_are_decoded_as_if_alone():
    together = decode(SCORES, STAYS, STARTS, np.array([0, 1, 1, 1])).tolist()
    assert together == [
        *decode(SCORES[:1], STAYS, STARTS, np.array([0])),
        *decode(SCORES[1:], STAYS, STARTS, np.zeros(3, np.int64)),
    ]


def test_no_blocks_have_no_labels():
    assert len(decode(SCORES[:0], STAYS, STARTS, np.zeros(0, np.int64))) == 0
