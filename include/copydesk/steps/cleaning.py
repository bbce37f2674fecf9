"""A shard's documents and blocks → articles that pass, rows that do not, and the blocks that were cut."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.assembly.article import assemble
from copydesk.assembly.document import Origination
from copydesk.blocks.table import Segmented
from copydesk.labels.explanation import reasons
from copydesk.labels.labelling import Labelled, label
from copydesk.labels.names import KEPT, LABELS
from copydesk.quality.quarantine import from_rows
from copydesk.quality.rows import check_rows
from copydesk.records import Reason, Stage
from copydesk.schema import CLEAN, REMOVED
from copydesk.steps.refusals import refuse
from copydesk.steps.shards import Sorted, keep
from copydesk.workdir import REPETITION

if TYPE_CHECKING:
    from copydesk.pipeline import Run

OWNER = "row"  # of a cut block: the row of its article in the shard. Two records of one id must not mix.


def clean_shard(run: Run, shard: int) -> dict[str, Any]:
    """Leaves the parts of `clean`, `quarantine` and `removed` in the work folder; its counts."""
    work = run.work
    articles, cut = _assembled(run, shard)
    has_body = pc.is_valid(articles["body"]).to_numpy()
    ids = articles["article_id"].to_pandas()
    is_repeated = has_body & ids.where(has_body).duplicated().to_numpy()
    checked = np.flatnonzero(has_body & ~is_repeated)
    candidates = articles.take(checked)
    check = check_rows(candidates, run.source, run.not_after)
    quarantine = [
        *work.read_tables(work.shard(shard, "rejects.arrow")),
        refuse(articles.filter(pa.array(~has_body)), Stage.ASSEMBLE, Reason.NO_ARTICLE),
        from_rows(candidates, check),
        refuse(articles.filter(pa.array(is_repeated)), Stage.VALIDATE, Reason.DUPLICATE_ID),
    ]
    accepted = candidates.filter(pa.array(check.accepted))
    is_left = pc.is_in(cut[OWNER], pa.array(checked[check.accepted]))
    removed = cut.filter(is_left).drop_columns(OWNER)
    rows = Sorted(accepted, pa.concat_tables(quarantine), removed)
    keep(work, shard, rows)
    work.write_json(work.shard(shard, "outcomes.json"), check.outcomes)
    return {"accepted": accepted.num_rows, "rejected": rows.quarantine.num_rows, "removed": removed.num_rows}


def _assembled(run: Run, shard: int) -> tuple[pa.Table, pa.Table]:
    """A row for each document of the shard, with a body or without, and the blocks that are in no body."""
    articles, cut = [CLEAN.schema.empty_table()], []
    count = 0
    for part, labelled in _labelled(run, shard):
        origin = Origination(run.source.name, run.source.timezone, run.source.language)
        articles.append(assemble(part, labelled, origin))
        cut.append(_cut(part.blocks, labelled, articles[-1]["article_id"], count))
        count += part.documents.num_rows
    none = REMOVED.schema.empty_table().append_column(OWNER, pa.array([], pa.int64()))
    return pa.concat_tables(articles), pa.concat_tables([none, *cut])


def _labelled(run: Run, shard: int) -> Iterator[tuple[Segmented, Labelled]]:
    """The shard's documents, a batch at a time, with a label for each block."""
    work = run.work
    counts = pa.concat_tables(work.read_tables(REPETITION))
    documents = work.read_tables(work.shard(shard, "documents.arrow"))
    blocks = work.read_tables(work.shard(shard, "blocks.arrow"))
    for batch in zip(documents, blocks, strict=True):
        part = Segmented(*batch, {})
        yield part, label(part.documents, part.blocks, counts)


def _cut(blocks: pa.Table, labelled: Labelled, ids: pa.ChunkedArray, first: int) -> pa.Table:
    """Every block that is not in a body, with why: nothing leaves a document unseen. `first` is the batch's row in the shard."""
    names = np.array(LABELS)[labelled.labels]
    rows = np.flatnonzero(~np.isin(names, list(KEPT)))
    taken = blocks.take(rows)
    columns = {
        "article_id": ids.take(taken["document"]),
        "ordinal": taken["ordinal"],
        "label": pa.array(names[rows]),
        "probability": labelled.probabilities[rows],
        "reasons": pa.array(reasons(labelled, rows), pa.list_(pa.string())),
        "text": taken["text"],
    }
    table = pa.table(columns).cast(REMOVED.schema)
    return table.append_column(OWNER, pc.add(taken["document"].cast(pa.int64()), first))
