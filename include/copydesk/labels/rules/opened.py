"""Headlines below a line that opens a rail (`Related stories`, `Read more`) in the middle of an article.

The network often cuts the opening and its first headline, and takes the next for a sub-heading. Only what is in doubt is cut for it,
and only lines as long as headlines: sub-headings are shorter.
"""

from __future__ import annotations

from copydesk.fields.matching import Flags
from copydesk.labels.arrays import Ints
from copydesk.labels.rules.around import Around

REACH = 4  # lines below the opening
LEAST_CHARS, MOST_CHARS = 30, 140  # of a headline


def below_openings(rows: Ints, kept: Flags, around: Around) -> Flags:
    """Which of the blocks at `rows` stand so; `kept` says of all blocks what would be kept."""
    lengths = around.lengths[rows]
    found: Flags = (lengths >= LEAST_CHARS) & (lengths <= MOST_CHARS) & ~around.sentences[rows]
    found[found] = [_is_opened(row, kept, around) for row in rows[found].tolist()]
    return found


def _is_opened(row: int, kept: Flags, around: Around) -> bool:
    """Whether nothing but headlines stands between it and an opening that is cut."""
    for at in range(row - 1, max(row - REACH, 0) - 1, -1):
        if around.owner[at] != around.owner[row] or around.sentences[at]:
            return False
        if around.opens[at] and not kept[at]:
            return True
    return False
