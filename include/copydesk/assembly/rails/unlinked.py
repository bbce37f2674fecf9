"""Stories of rails whose lines carry no links: each line is one, or every second is the caption or the summary of one."""

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
from copydesk.fields.matching import Flags, end_in_full_stop
from copydesk.labels.arrays import Ints, true_at
from copydesk.labels.texts.characters import keyed

LEAST_LETTERS = 4  # shorter words are shared by any two lines
WORD = re.compile(rf"\w{{{LEAST_LETTERS},}}")
FIRST_LINES = 4  # tell most lists that have no pairs
PAIR_LINES = 12  # looked at; half of the pairs among them share a word, or some lines of a long list do by chance
LEAST_BELOW = 2 / 3  # of the second lines that must end as captions do; some headlines do so by chance
LEAST_PAIRS = 3  # below no heading; two may be notices of the house
PAIR_GAIN = 2.0  # partners of a pair share so many times more words than lines that merely follow each other


def listed_stories(lines: Lines, rest: Ints, part: Ints, has_heading: Flags) -> tuple[Ints, Flags, Stories]:
    """For each part its 'more' line and whether its stories are ranked, and the stories; `rest` are lines, each of a `part`."""
    parts = len(has_heading)
    says_more = lines.signs.more[rest]
    more = first_of(rest[says_more], part[says_more], parts, NONE)
    is_other = (more[part] == NONE) | (
        lines.words.text[rest] != lines.words.text[more[part]]
    )  # it may stand above every story again
    rest, part = rest[is_other], part[is_other]
    counts = np.bincount(part, minlength=parts)
    first = np.cumsum(counts) - counts
    is_ranked = np.bincount(part[lines.signs.rank[rest]], minlength=parts) > counts / 2
    can_pair = ~is_ranked & (counts >= FIRST_LINES) & (counts % 2 == 0)
    place = np.arange(len(rest)) - first[part]
    is_second = place % 2 == 1
    alternate, below = _ends(lines, rest, part, can_pair, is_second)
    alternate &= has_heading | (counts >= 2 * LEAST_PAIRS)
    is_paired = alternate | _share_words(lines, rest, np.where(can_pair & ~alternate, counts, 0), first)
    is_caption = is_paired[part] & (is_second == below[part])
    is_headline = ~is_caption & (~is_ranked[part] | lines.signs.rank[rest])
    captions = np.where(is_paired[part], np.where(is_second, np.roll(rest, 1), np.roll(rest, -1)), NONE)
    return more, is_ranked, Stories.of(part[is_headline], rest[is_headline], captions[is_headline])


def _ends(lines: Lines, rest: Ints, part: Ints, can_pair: Flags, is_second: Flags) -> tuple[Flags, Flags]:
    """In which parts every second line, and no other, ends as captions and summaries do; and where it is those below the headlines."""
    asked = true_at(can_pair[part])
    ends = lines.signs.credit[rest[asked]] | end_in_full_stop(lines.texts.take(pa.array(rest[asked])))
    pairs, above, below = (
        np.bincount(part[asked[which]], minlength=len(can_pair))
        for which in (is_second[asked], ends & ~is_second[asked], ends & is_second[asked])
    )
    alternate: Flags = can_pair & (((above == pairs) & (below == 0)) | ((below == pairs) & (above == 0)))
    return alternate, (below > above) & (below >= LEAST_BELOW * pairs)


def _share_words(lines: Lines, rest: Ints, counts: Ints, first: Ints) -> Flags:
    """Whether the lines of each part, so many from the `first` on, are pairs by the words they share; never of parts without lines."""
    likely = true_at(counts > 0)
    found = np.zeros(len(counts), bool)
    if not len(likely):
        return found
    likely = likely[_may_share(lines, rest[first[likely, None] + np.arange(FIRST_LINES)])]
    seen, _ = ranges(first[likely], first[likely] + np.minimum(counts[likely], PAIR_LINES))
    edges = np.cumsum(np.append(0, np.minimum(counts[likely], PAIR_LINES)))
    texts = lines.texts.take(pa.array(rest[seen])).to_pylist()
    found[likely] = list(map(_is_paired, pieces(texts, edges)))
    return found


def _may_share(lines: Lines, opening: Ints) -> Flags:
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
