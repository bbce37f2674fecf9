"""A shard's raw files → documents, blocks, line counts, rejects, and an account of each file."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from copydesk.blocks.segment import batches, segment
from copydesk.blocks.table import BLOCKS, DOCUMENTS, Segmented
from copydesk.labels.repetition import LINES, count_lines, merge
from copydesk.quality.quarantine import from_rejects
from copydesk.raw.reading import read_file
from copydesk.schema import QUARANTINE
from copydesk.steps.planned import inputs_of

if TYPE_CHECKING:
    from copydesk.pipeline import Run


def segment_shard(run: Run, shard: int) -> dict[str, Any]:
    """Leaves documents, blocks, lines and rejects of a shard in the work folder; its counts."""
    work, settings = run.work, run.settings
    readings = [read_file(run.raw, file, run.source, settings) for file in inputs_of(work, shard)]
    records = chain.from_iterable(readings)
    parts: list[Segmented] = []
    for batch in batches(records, settings.batch_records):
        parts.append(segment(batch, settings.max_html_depth, run.source.name, run.key))
    rejects = [reject for part in parts for reject in part.rejects.values()]
    work.write_tables(work.shard(shard, "documents.arrow"), DOCUMENTS, (part.documents for part in parts))
    work.write_tables(work.shard(shard, "blocks.arrow"), BLOCKS, (part.blocks for part in parts))
    work.write_tables(work.shard(shard, "rejects.arrow"), QUARANTINE.schema, [from_rejects(rejects)])
    lines = merge([count_lines(part.documents, part.blocks) for part in parts])
    work.write_tables(work.shard(shard, "lines.arrow"), LINES, [lines])
    work.write_json(work.shard(shard, "inputs.json"), [reading.account() for reading in readings])
    return {"documents": sum(part.documents.num_rows for part in parts), "rejected": len(rejects)}
