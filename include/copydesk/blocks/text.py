"""Text → blocks: one a line, blank lines dropped; of a text that was wrapped one a paragraph."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from copydesk.blocks.pieces import WIDE_BLANKS
from copydesk.blocks.stretches import Bytes, Numbers
from copydesk.blocks.table import BLOCKS
from copydesk.blocks.wrapping import unwrapped

# Everything Unicode calls a line break; dumps made on other systems use more than \n.
OTHER_BREAK = r"\r\n|[\r\x0b\x0c\x1c-\x1e\x{85}\x{2028}\x{2029}]"
WIDE_BREAKS = "\x85\u2028\u2029"
SPELLINGS = {blank: blank.encode() for blank in WIDE_BLANKS}
LEADS = sorted({spelling[0] for spelling in SPELLINGS.values()})
BLANK = " \t\u00a0\u200b\ufeff\u3000"


def text_blocks(texts: pa.Array, documents: pa.Array) -> pa.Table:
    """Blocks of `texts`; `documents` gives each text's row in the documents table."""
    texts = _plain(texts)
    lines = pc.split_pattern(texts, pattern="\n")
    paragraphs = unwrapped(texts, lines)
    if paragraphs is not texts:
        lines = pc.split_pattern(paragraphs, pattern="\n")
    owner = documents.take(pc.list_parent_indices(lines))
    text = pc.utf8_trim(pc.list_flatten(lines), characters=BLANK)
    kept = pc.not_equal(text, "")
    text, owner = text.filter(kept), owner.filter(kept)
    columns = {"document": owner, "ordinal": ordinals(owner), "text": text}
    return pa.table([columns.get(f.name, pa.nulls(len(text), f.type)) for f in BLOCKS], schema=BLOCKS)


def _plain(texts: pa.Array) -> pa.Array:
    """The texts with one kind of line break, and plain spaces for those of other widths, as pages are read: by them words are told.

    Only those that hold another are searched for it: to look for each kind in all takes longer than to cut the lines.
    """
    edges = np.frombuffer(texts.buffers()[1], np.int32)[: len(texts) + 1]
    breaks, spaces = _other_blanks(np.frombuffer(texts.buffers()[2] or b"", np.uint8)[: edges[-1]])
    if breaks:
        holding = _holding(edges, np.concatenate(breaks))
        plain = pc.replace_substring_regex(texts.filter(holding), OTHER_BREAK, "\n")
        texts = pc.replace_with_mask(texts, holding, plain)
    for blank, places in spaces.items():
        holding = _holding(edges, places)
        texts = pc.replace_with_mask(texts, holding, pc.replace_substring(texts.filter(holding), blank, " "))
    return texts


def _holding(edges: NDArray[np.int32], places: Numbers) -> pa.Array:
    """Which texts hold one of the places."""
    found = np.zeros(len(edges) - 1, bool)
    found[edges.searchsorted(places, "right") - 1] = True
    return pa.array(found)


def _other_blanks(content: Bytes) -> tuple[list[Numbers], dict[str, Numbers]]:
    """Where there are line breaks of another kind, and spaces of each; told from the bytes that all of them begin with."""
    begins = content == LEADS[0]
    for lead in LEADS[1:]:
        begins |= content == lead
    at = begins.nonzero()[0]
    pairs = content[at].astype(np.uint16) << 8 | content[at + 1]
    found = {}
    for blank, spelling in SPELLINGS.items():
        places = at[pairs == int.from_bytes(spelling[:2], "big")]
        if len(places) and len(places := places[content[places + len(spelling) - 1] == spelling[-1]]):
            found[blank] = places
    narrow = content - np.uint8(ord("\x0b")) < ord(" ") - ord("\x0b")
    breaks = [found.pop(sign) for sign in WIDE_BREAKS if sign in found] + ([narrow.nonzero()[0]] if narrow.any() else [])
    return breaks, found


def ordinals(owner: pa.Array) -> pa.Array:
    """Position of each block in its document, for blocks that stand in document order."""
    owners = owner.to_numpy()
    starts = np.append(True, owners[1:] != owners[:-1])[: len(owners)].nonzero()[0]
    first = starts.repeat(np.append(starts[1:], len(owners))[: len(starts)] - starts)
    return pa.array((np.arange(len(owners)) - first).astype("int32"))
