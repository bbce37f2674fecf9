"""Stories of rails whose lines carry no links: each line is one, or every second has its picture's caption above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.assembly.document import pieces
from copydesk.assembly.rails.lines import NONE, Lines, Stories
from copydesk.assembly.spans import first_of, ranges
from copydesk.fields.matching import Flags
from copydesk.labels.arrays import Ints, true_at
from copydesk.labels.texts.characters import keyed

LEAST_LETTERS = 4  # shorter words are shared by any two lines
WORD = re.compile(rf"\w{{{LEAST_LETTERS},}}")
FIRST_LINES = 4  # tell most lists that have no pairs
PAIR_LINES = 12  # looked at; half of the pairs among them share a word, or some lines of a long list do by chance
PAIR_GAIN = 2.0  # partners of a pair share so many times more words than lines that merely follow each other


def listed_stories(lines: Lines, rest: Ints, part: Ints, parts: int) -> tuple[Ints, Flags, Stories]:
    """For each part its 'more' line and whether its stories are ranked, and the stories; `rest` are lines, each of a `part`."""
    says_more = lines.signs.more[rest]
    more = first_of(rest[says_more], part[says_more], parts, NONE)
    is_other = (more[part] == NONE) | (
        lines.words.text[rest] != lines.words.text[more[part]]
    )  # it may stand above every story again
    rest, part = rest[is_other], part[is_other]
    counts = np.bincount(part, minlength=parts)
    first = np.cumsum(counts) - counts
    is_ranked = np.bincount(part[lines.signs.rank[rest]], minlength=parts) > counts / 2
    is_paired = _are_paired(lines, rest, np.where(is_ranked, 0, counts), first)
    place = np.arange(len(rest)) - first[part]
    is_caption = is_paired[part] & (place % 2 == 0)
    is_headline = ~is_caption & (~is_ranked[part] | lines.signs.rank[rest])
    captions = np.full(len(rest), NONE)
    captions[1:][is_caption[:-1]] = rest[:-1][is_caption[:-1]]
    return more, is_ranked, Stories.of(part[is_headline], rest[is_headline], captions[is_headline])


def _are_paired(lines: Lines, rest: Ints, counts: Ints, first: Ints) -> Flags:
    """Whether the lines of each part, so many from the `first` on, alternate between captions and headlines."""
    likely = true_at((counts >= FIRST_LINES) & (counts % 2 == 0))
    found = np.zeros(len(counts), bool)
    if not len(likely):
        return found
    likely = likely[_share_words(lines, rest[first[likely, None] + np.arange(FIRST_LINES)])]
    seen, _ = ranges(first[likely], first[likely] + np.minimum(counts[likely], PAIR_LINES))
    edges = np.cumsum(np.append(0, np.minimum(counts[likely], PAIR_LINES)))
    texts = lines.texts.take(pa.array(rest[seen])).to_pylist()
    found[likely] = list(map(_is_paired, pieces(texts, edges)))
    return found


def _share_words(lines: Lines, opening: Ints) -> Flags:
    """Whether partners among the first lines of parts may share a word: parts × lines, each partner behind the other.

    Low lines join words here, and not in the labeller, whose words these are.
    """
    joins = pc.match_substring(lines.texts.take(pa.array(opening.ravel())), "_").to_numpy(zero_copy_only=False)
    words, text = lines.words, lines.words.text[opening.ravel()]
    before = np.cumsum(words.counts) - words.counts
    place, line = ranges(before[text], before[text] + words.counts[text])
    is_long = words.letters[place] >= LEAST_LETTERS
    line = line[is_long]
    pairs, is_second = keyed(words.code[place[is_long]], line // 2), line % 2 == 1
    joins[line[is_second][np.isin(pairs[is_second], pairs[~is_second])]] = True
    result: Flags = joins.reshape(opening.shape).any(axis=1)
    return result


def _is_paired(texts: Sequence[str]) -> bool:
    """Whether lines alternate between a picture's caption and its headline, seen from the words partners share."""
    words: list[list[str]] = []
    for seen in (FIRST_LINES, PAIR_LINES):
        words += [WORD.findall(text.lower()) for text in texts[len(words) : seen]]
        paired = sum(not set(a).isdisjoint(b) for a, b in zip(words[::2], words[1::2], strict=True))
        if paired < len(words) / 4:
            return False
    shared = [len(a & b) for a, b in pairwise(map(set, words))]
    return sum(shared[::2]) >= max(2, PAIR_GAIN * sum(shared[1::2]))
