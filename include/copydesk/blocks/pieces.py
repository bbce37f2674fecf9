"""The texts between tags, as they were before the parser spelled them, and joined to lines: bytes of many pages at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.blocks.attributes import ESCAPES
from copydesk.blocks.stretches import Bytes, Numbers, cut
from copydesk.blocks.tags import Tags

NARROW_BLANKS = b"\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f"
WIDE_BLANKS = ("\x85", "\xa0", "\u1680", *map(chr, range(0x2000, 0x200B)), "\u2028", "\u2029", "\u202f", "\u205f", "\u3000")
AS_SPACES = bytes.maketrans(NARROW_BLANKS, b" " * len(NARROW_BLANKS))
# What is spelled with several bytes and stands for one: what the parser escapes, and white space.
SPELLED = {escape.encode(): sign.encode() for escape, sign in ESCAPES} | {blank.encode(): b" " for blank in WIDE_BLANKS}
SPELLED[b"&nbsp;"] = b" "
LEADS = sorted({spelling[0] for spelling in SPELLED})
LONGEST = max(map(len, SPELLED))


class Pieces(NamedTuple):
    """Texts one behind the other, all their white space being spaces."""

    content: Bytes
    edges: Numbers  # where each begins, and the last ends

    def joined(self, first: Numbers) -> pa.StringArray:
        """The pieces from each of `first` to the next as one text, with one space between words."""
        text = pc.ascii_trim(self._cut(self.edges[np.append(first, len(self.edges) - 1)]), characters=" ")
        is_wide = pc.match_substring(text, "  ")
        if not pc.any(is_wide).as_py():
            return text
        narrowed = [" ".join(line.split()) for line in text.filter(is_wide).to_pylist()]
        return pc.replace_with_mask(text, is_wide, pa.array(narrowed, pa.string()))

    def lengths(self, some: Numbers) -> Numbers:
        """How many letters some pieces have, without the spaces around them."""
        texts = self._cut(self.edges).take(pa.array(some))
        result: Numbers = pc.utf8_length(pc.ascii_trim(texts, characters=" ")).to_numpy().astype(np.int64)
        return result

    def _cut(self, edges: Numbers) -> pa.StringArray:
        return pa.StringArray.from_buffers(len(edges) - 1, pa.py_buffer(edges.astype(np.int32)), pa.py_buffer(self.content))


def read_pieces(tags: Tags, used: Numbers) -> Pieces:
    """What stands behind some tags."""
    starts, ends = tags.high[used] + 1, tags.low[used + 1]
    edges = np.append(0, np.cumsum(ends - starts))
    if not edges[-1]:
        return Pieces(np.zeros(0, np.uint8), edges)
    spelled = memoryview(cut(pa.py_buffer(tags.html), starts, ends).buffers()[2])[: edges[-1]]
    content = np.frombuffer(bytes(spelled).translate(AS_SPACES) + bytes(LONGEST), np.uint8).copy()
    dropped = np.sort(np.concatenate([*_put_right(content), np.arange(edges[-1], len(content))]))
    kept = np.ones(len(content), bool)
    kept[dropped] = False
    return Pieces(content[kept], edges - np.searchsorted(dropped, edges))


def _put_right(content: Bytes) -> list[Numbers]:
    """Put what is meant in place of what is spelled; the places that are over."""
    over = []
    places = {lead: np.flatnonzero(content == lead) for lead in LEADS}
    for spelling, sign in SPELLED.items():
        at = places[spelling[0]]
        for ahead, byte in enumerate(spelling[1:], 1):
            at = at[content[at + ahead] == byte]
        if len(at):
            content[at] = sign[0]
            over += [at + ahead for ahead in range(1, len(spelling))]
    return over
