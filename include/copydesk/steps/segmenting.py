"""A shard's raw files → documents, blocks, line counts, rejects, and an account of each file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pyarrow as pa

from copydesk.blocks.segment import batches
from copydesk.blocks.table import BLOCKS, DOCUMENTS, Segmented
from copydesk.quality.quarantine import from_rejects
from copydesk.records import Record, Reject, Stage
from copydesk.run import Run
from copydesk.schema import QUARANTINE
from copydesk.steps.counting import counting
from copydesk.steps.isolation import allowed_seconds, isolate, refused
from copydesk.steps.reading import READER, ShardReading
from copydesk.steps.working import WORKER, cut

Batch = Sequence[Record | Reject]


def segment_shard(run: Run, shard: int, is_chosen: Callable[[Record | Reject], bool] | None = None) -> dict[str, Any]:
    """Leaves documents, blocks, lines and rejects of a shard in the work folder, a batch at a time; its counts.

    Of a shard that is done again only for some of its records, `is_chosen` says which.
    """
    READER.start()
    WORKER.start()
    work = run.work
    documents = rejected = 0
    reading = ShardReading(run, shard)
    with (
        work.writing_tables(work.shard(shard, "documents.arrow"), DOCUMENTS) as write_documents,
        work.writing_tables(work.shard(shard, "blocks.arrow"), BLOCKS) as write_blocks,
        work.writing_tables(work.shard(shard, "rejects.arrow"), QUARANTINE.schema) as write_rejects,
        counting(work, shard) as count,
    ):
        for batch in batches(filter(is_chosen, reading) if is_chosen else reading, run.settings.batch_records):
            parts, rejects = _segmented(run, batch)
            for part, lines in parts:
                write_documents(part.documents)
                write_blocks(part.blocks)
                count(lines)
                documents += part.documents.num_rows
            write_rejects(from_rejects(rejects))
            rejected += len(rejects)
    work.write_json(work.shard(shard, "inputs.json"), reading.accounts)
    return {"documents": documents, "rejected": rejected}


def _segmented(run: Run, batch: Batch) -> tuple[list[tuple[Segmented, pa.Table]], list[Reject]]:
    """The batch cut into blocks, and what could not be or may not be tried again."""

    def work(items: Batch) -> tuple[Segmented, pa.Table]:
        return WORKER.ask(allowed_seconds(run.settings, len(items)), partial(cut, run, list(items)))

    parts, deaths = isolate(batch, work)
    rejects = [reject for part, _ in parts for reject in part.rejects.values()]
    killers = [(batch[at], death) for at, death in deaths.items()]
    return parts, rejects + [refused(death, Stage.SEGMENT, run.settings, item.origin, item.url) for item, death in killers]
