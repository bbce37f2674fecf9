"""A shard's raw files → documents, blocks, line counts, rejects, and an account of each file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from copydesk.blocks.segment import batches
from copydesk.blocks.table import BLOCKS, DOCUMENTS
from copydesk.processes.killable import Died
from copydesk.quality.quarantine import from_rejects
from copydesk.records import Record, Reject, Stage
from copydesk.run import Run
from copydesk.schema import QUARANTINE
from copydesk.steps.counting import counting
from copydesk.steps.cutting import APART, cut_files
from copydesk.steps.editions import noting
from copydesk.steps.isolation import allowed_seconds, isolate, refused
from copydesk.steps.plan import inputs_of
from copydesk.steps.reading import READER, Place, ShardReading
from copydesk.steps.working import WORKER, CutPart, cut

Batch = Sequence[Record | Reject]
Choice = Callable[[Record | Reject], bool]
Parts = tuple[list[CutPart], list[Reject]]  # of a batch what was cut into blocks, and what could not be


def segment_shard(run: Run, shard: int, is_chosen: Choice | None = None) -> dict[str, Any]:
    """Leaves documents, blocks, lines and rejects of a shard in the work folder, a batch at a time; its counts.

    Of a shard that is done again only for some of its records, `is_chosen` says which.
    """
    READER.start()
    work = run.work
    documents = rejected = 0
    place = Place()
    with (
        work.writing_tables(work.shard(shard, "documents.arrow"), DOCUMENTS) as write_documents,
        work.writing_tables(work.shard(shard, "blocks.arrow"), BLOCKS) as write_blocks,
        work.writing_tables(work.shard(shard, "rejects.arrow"), QUARANTINE.schema) as write_rejects,
        counting(work, shard) as count,
        noting(work, shard) as note,
    ):
        for parts, rejects in _segmented(run, shard, is_chosen, place):
            for part in parts:
                write_documents(part.documents)
                write_blocks(part.blocks)
                count(part.lines)
                note(part.editions)
                documents += part.records
            if rejects:
                write_rejects(from_rejects(rejects, run.source.name))
                rejected += len(rejects)
    work.write_json(work.shard(shard, "inputs.json"), place.accounts)
    return {"documents": documents, "rejected": rejected}


def _segmented(run: Run, shard: int, is_chosen: Choice | None, place: Place) -> Iterator[Parts]:
    """The shard in batches; all its accounts are in `place` at the end. Whatever kills a process is done again apart from it."""
    if is_chosen is None and run.source.format not in APART:
        try:
            yield from _cut_where_read(run, shard, place)
        except Died:
            pass
        else:
            return
    reading = ShardReading(run, shard, place)
    for batch in batches(filter(is_chosen, reading) if is_chosen else reading, run.settings.batch_records):
        yield _cut_apart(run, batch)


def _cut_where_read(run: Run, shard: int, place: Place) -> Iterator[Parts]:
    """Batches that were read and cut by one process: pages need not be passed on, which is a tenth of the work."""
    job = partial(cut_files, run, inputs_of(run.work, shard))
    for parts, behind in READER.ask_for_many(run.settings.max_document_seconds, job):
        place.accounts += behind.accounts
        place.taken, place.rejected = behind.taken, behind.rejected
        if parts:
            yield parts, [reject for part in parts for reject in part.rejects]


def _cut_apart(run: Run, batch: Batch) -> Parts:
    """A batch that one process has read cut by another: it is here still when that one dies of a document, and no other suffers."""

    def work(items: Batch) -> CutPart:
        return WORKER.ask(allowed_seconds(run.settings, len(items)), partial(cut, run, list(items)))

    parts, deaths = isolate(batch, work)
    rejects = [reject for part in parts for reject in part.rejects]
    killers = [(batch[at], death) for at, death in deaths.items()]
    return parts, rejects + [refused(death, Stage.SEGMENT, run.settings, item.origin, item.url) for item, death in killers]
