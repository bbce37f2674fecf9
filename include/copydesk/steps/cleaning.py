"""A shard's documents and blocks → articles that pass, rows that do not, and the blocks that were cut."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.assembly import Origination, assemble
from copydesk.blocks.table import Segmented
from copydesk.labels.explanation import reasons
from copydesk.labels.labelling import Labelled, label
from copydesk.labels.names import KEPT, LABELS
from copydesk.lake.parts import write_part
from copydesk.quality.quarantine import from_rows
from copydesk.quality.rows import check_rows
from copydesk.records import Reason, Stage
from copydesk.schema import CLEAN, QUARANTINE, REMOVED, Dataset
from copydesk.workdir import REPETITION, Workdir

if TYPE_CHECKING:
    from copydesk.pipeline import Run


class Sorted(NamedTuple):
    """The rows of a shard by what becomes of them."""

    clean: pa.Table
    quarantine: pa.Table
    removed: pa.Table


def clean_shard(run: Run, shard: int) -> dict[str, Any]:
    """Leaves the parts of `clean`, `quarantine` and `removed` in the work folder; its counts."""
    work = run.work
    batches = list(_assembled(run, shard))
    articles = pa.concat_tables([CLEAN.schema.empty_table(), *(table for table, _ in batches)])
    cut = pa.concat_tables([REMOVED.schema.empty_table(), *(table for _, table in batches)])
    rejects = pa.concat_tables(work.read_tables(work.shard(shard, "rejects.arrow")))
    repeated, articles = split_repeated(articles)
    check = check_rows(articles, run.source, run.not_after)
    accepted = articles.filter(pa.array(check.accepted))
    quarantine = pa.concat_tables([rejects, from_rows(articles, check), repeated])
    removed = cut.filter(pc.is_in(cut["article_id"], accepted["article_id"].combine_chunks()))
    keep(work, shard, Sorted(accepted, quarantine, removed))
    work.write_json(work.shard(shard, "outcomes.json"), check.outcomes)
    return {"accepted": accepted.num_rows, "rejected": quarantine.num_rows, "removed": removed.num_rows}


def keep(work: Workdir, shard: int, rows: Sorted) -> None:
    """Write the shard's parts and their list, replacing what an earlier call left."""
    parts = {}
    for dataset, table in zip((CLEAN, QUARANTINE, REMOVED), rows, strict=True):
        folder = work.path(work.shard(shard, dataset.name))
        parts[dataset.name] = asdict(write_part(work.storage, folder, dataset, table))
    ids = pa.table({"article_id": rows.clean["article_id"]})
    work.write_tables(work.shard(shard, "ids.arrow"), ids.schema, [ids])
    work.write_json(work.shard(shard, "parts.json"), parts)


def split_repeated(articles: pa.Table, seen: pa.Array | None = None) -> tuple[pa.Table, pa.Table]:
    """Rows whose id an earlier row or `seen` has, as quarantine rows; and the others."""
    ids = articles["article_id"].to_pandas()
    again = ids.duplicated() | (ids.isin(seen.to_pandas()) if seen is not None else False)
    return _quarantined(articles.filter(pa.array(again))), articles.filter(pa.array(~again))


def part_path(work: Workdir, shard: int, dataset: Dataset, name: str) -> str:
    """Where a part of a shard lies, below the lake."""
    return f"{work.path(work.shard(shard, dataset.name))}/{name}"


def _assembled(run: Run, shard: int) -> Iterator[tuple[pa.Table, pa.Table]]:
    """Articles and cut blocks, a batch at a time."""
    work = run.work
    origin = Origination(run.source.name, run.source.timezone, run.source.language)
    counts = pa.concat_tables(work.read_tables(REPETITION))
    documents = work.read_tables(work.shard(shard, "documents.arrow"))
    blocks = work.read_tables(work.shard(shard, "blocks.arrow"))
    for batch in zip(documents, blocks, strict=True):
        segmented = Segmented(*batch, [])
        labelled = label(segmented.documents, segmented.blocks, counts)
        articles = assemble(segmented, labelled, origin)
        yield articles, _cut(segmented.blocks, labelled, articles["article_id"])


def _cut(blocks: pa.Table, labelled: Labelled, ids: pa.ChunkedArray) -> pa.Table:
    """Every block that is not in the body, with why: nothing leaves the document unseen."""
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
    return pa.table(columns).cast(REMOVED.schema)


def _quarantined(articles: pa.Table) -> pa.Table:
    """Rows that an earlier one of the same id stands for."""
    count = articles.num_rows
    columns = {
        "stage": pa.array([Stage.VALIDATE.value] * count, pa.string()),
        "reasons": pa.array([[Reason.DUPLICATE_ID.value]] * count, pa.list_(pa.string())),
        "detail": pa.array(["an earlier record of this dump has the same article_id"] * count, pa.string()),
    }
    table = pa.table([columns.get(n, articles[n] if n in articles.column_names else None) for n in QUARANTINE.schema.names], QUARANTINE.schema.names)
    return table.cast(QUARANTINE.schema)
