"""Text → blocks: one a line, blank lines dropped."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.blocks.table import BLOCKS

# Everything Unicode calls a line break; dumps made on other systems use more than \n.
OTHER_BREAK = r"\r\n|[\r\x0b\x0c\x1c-\x1e\x{85}\x{2028}\x{2029}]"
BLANK = " \t\u00a0\u200b\ufeff\u3000"


def text_blocks(texts: pa.Array, documents: pa.Array) -> pa.Table:
    """Blocks of `texts`; `documents` gives each text's row in the documents table."""
    lines = pc.split_pattern(_plain(texts), pattern="\n")
    owner = documents.take(pc.list_parent_indices(lines))
    text = pc.utf8_trim(pc.list_flatten(lines), characters=BLANK)
    kept = pc.not_equal(text, "")
    text, owner = text.filter(kept), owner.filter(kept)
    columns = {"document": owner, "ordinal": ordinals(owner), "text": text}
    return pa.table([columns.get(f.name, pa.nulls(len(text), f.type)) for f in BLOCKS], schema=BLOCKS)


def _plain(texts: pa.Array) -> pa.Array:
    """The texts with one kind of line break; few have another, and to see that takes a third of the time."""
    others = pc.match_substring_regex(texts, OTHER_BREAK)
    return pc.replace_with_mask(texts, others, pc.replace_substring_regex(texts.filter(others), OTHER_BREAK, "\n"))


def ordinals(owner: pa.Array) -> pa.Array:
    """Position of each block in its document, for blocks that stand in document order."""
    owners = owner.to_numpy()
    starts = np.flatnonzero(np.r_[True, owners[1:] != owners[:-1]]) if len(owners) else np.array([], dtype=np.int64)
    lengths = np.diff(np.r_[starts, len(owners)])
    return pa.array((np.arange(len(owners)) - np.repeat(starts, lengths)).astype("int32"))
