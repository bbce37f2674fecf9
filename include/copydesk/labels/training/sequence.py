"""The hand-set opinion on whole documents: the labels that fit together best, not each block's own best one."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from copydesk.label_names import LABELS
from copydesk.labels.arrays import Floats, Ints, spans
from copydesk.labels.decoding import Labels
from copydesk.labels.networks.hand_set import parameters
from copydesk.labels.training.gold import Lesson


def decode(scores: Floats, transitions: Floats, starts: Floats, owner: Ints) -> Labels:
    """Viterbi over each document; `scores` blocks × labels, `transitions` from × to, `starts` by label.

    Documents step side by side, the longest first, so one numpy step serves them all.
    """
    first, lengths = spans(owner)
    out = np.zeros(len(owner), np.int8)
    if not len(first):
        return out
    order = np.argsort(-lengths, kind="stable")
    first, lengths = first[order], lengths[order]
    best = starts + scores[first]
    came_from = np.zeros(scores.shape, np.int8)
    final = np.empty((len(first), scores.shape[1]), np.float32)
    alive = len(first)
    for step in range(1, int(lengths[0]) + 1):
        ending = int(np.searchsorted(-lengths, -step, side="left"))
        final[ending:alive] = best[ending:alive]
        alive = ending
        if alive:
            paths = best[:alive, :, None] + transitions
            rows = first[:alive] + step
            came_from[rows] = paths.argmax(axis=1)
            best[:alive] = paths.max(axis=1) + scores[rows]
    _trace(out, came_from, final.argmax(axis=1), first, lengths)
    return out


def _trace(out: Labels, came_from: Labels, last: NDArray[np.intp], first: Ints, lengths: Ints) -> None:
    """Follow the best paths back from the end of each document."""
    row = first + lengths - 1
    label = last.astype(np.int8)
    active = np.arange(len(first))
    while len(active):
        out[row[active]] = label[active]
        label[active] = came_from[row[active], label[active]]
        active = active[row[active] > first[active]]
        row[active] -= 1


def by_hand(lesson: Lesson) -> Labels:
    """The labels that the hand-set model gives."""
    return decode(lesson.prior, *_order_of_labels(), lesson.owner)


@cache
def _order_of_labels() -> tuple[Floats, Floats]:
    """What one label before another is worth, from × to, and each as the first of a document."""
    table = parameters()
    transitions = np.array([[table["transitions"].get(a, {}).get(b, 0) for b in LABELS] for a in LABELS], np.float32)
    return transitions, np.array([table["starts"].get(label, 0) for label in LABELS], np.float32)
