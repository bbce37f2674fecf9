"""Text → blocks: one a line, blank lines dropped; of a text that was wrapped one a paragraph."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.blocks.pieces import WIDE_BLANKS
from copydesk.blocks.stretches import Bytes
from copydesk.blocks.table import BLOCKS
from copydesk.blocks.wrapping import unwrapped

# Everything Unicode calls a line break; dumps made on other systems use more than \n.
OTHER_BREAK = r"\r\n|[\r\x0b\x0c\x1c-\x1e\x{85}\x{2028}\x{2029}]"
NEXT_LINE, SEPARATOR = "\x85".encode(), "\u2028".encode()  # that of paragraphs differs from that of lines in its last bit
OTHER_SPACES = tuple(blank for blank in WIDE_BLANKS if blank not in "\x85\u2028\u2029")
BLANK = " \t\u00a0\u200b\ufeff\u3000"


def text_blocks(texts: pa.Array, documents: pa.Array) -> pa.Table:
    """Blocks of `texts`; `documents` gives each text's row in the documents table."""
    texts = _spaced(_plain(texts))
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
    """The texts with one kind of line break; few have another."""
    if not _breaks_otherwise(np.frombuffer(texts.buffers()[2] or b"", np.uint8)):
        return texts
    others = pc.match_substring_regex(texts, OTHER_BREAK)
    return pc.replace_with_mask(texts, others, pc.replace_substring_regex(texts.filter(others), OTHER_BREAK, "\n"))


def _spaced(texts: pa.Array) -> pa.Array:
    """The texts with plain spaces for those of other widths, as pages are read: by them words are told."""
    content = (texts.buffers()[2] or pa.py_buffer(b"")).to_pybytes()
    for blank in OTHER_SPACES:
        if blank.encode() in content:  # sooner asked than searched for by an expression
            texts = pc.replace_substring(texts, blank, " ")
    return texts


def _breaks_otherwise(content: Bytes) -> bool:
    """Whether there may be a line break of another kind, told from the bytes: expressions take a third of the time of cutting lines."""
    if ((content < ord(" ")) & (content != ord("\n")) & (content != ord("\t"))).any():
        return True
    wide = np.flatnonzero(content == SEPARATOR[0])
    wide = wide[content[wide + 1] == SEPARATOR[1]]
    next_line = np.flatnonzero(content == NEXT_LINE[0])
    return bool((content[wide + 2] & 0xFE == SEPARATOR[2]).any() or (content[next_line + 1] == NEXT_LINE[1]).any())


def ordinals(owner: pa.Array) -> pa.Array:
    """Position of each block in its document, for blocks that stand in document order."""
    owners = owner.to_numpy()
    starts = np.append(True, owners[1:] != owners[:-1])[: len(owners)].nonzero()[0]
    first = starts.repeat(np.append(starts[1:], len(owners))[: len(starts)] - starts)
    return pa.array((np.arange(len(owners)) - first).astype("int32"))
