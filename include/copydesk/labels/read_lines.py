"""Lines that were read by their own labels, put among the blocks that the labeller judged: what leaves a document must be seen to."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.labels.rules.site_rules import CERTAIN
from copydesk.schema import EXPLANATION


def rows_of(documents: pa.Table) -> pa.Table:
    """The lines of all documents: `document`, and the columns of EXPLANATION."""
    lists = documents["read_lines"].combine_chunks()
    lines, owner = pc.list_flatten(lists), pc.list_parent_indices(lists)
    ordinal, text, label, reason = lines.flatten()
    reasons = pa.ListArray.from_arrays(pa.array(np.arange(len(lines) + 1), pa.int32()), reason)
    certain, kept = np.full(len(lines), CERTAIN, np.float32), pa.array(np.zeros(len(lines), bool))
    columns = [ordinal, text, label, pa.array(certain), reasons, kept]
    return pa.table([owner, *columns], names=["document", *EXPLANATION.names])


def with_read_lines(explained: pa.Table, documents: pa.Table) -> pa.Table:
    """The explained blocks of one document, and its lines that were read, in their order; null where `explained` has further columns."""
    lines = rows_of(documents)
    if not lines.num_rows:
        return explained
    both = pa.concat_tables([explained, lines.drop_columns("document")], promote_options="default")
    return both.sort_by("ordinal")
