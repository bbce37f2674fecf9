"""A shard's raw files → blocks in one process: pages are cut where they were read, and only what they are cut into is passed on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from copydesk.blocks.segment import batches
from copydesk.processes.limits import arm, bound_memory
from copydesk.raw.inputs import InputFile
from copydesk.records import Record, Reject
from copydesk.run import Run
from copydesk.steps.isolation import allowed_seconds
from copydesk.steps.reading import Place, each_in_time, watched_reading
from copydesk.steps.working import CutPart, cut

APART = ("parquet",)  # their reader turns down what does not fit into its memory, so nothing else may take any of it


class CutBatch(NamedTuple):
    """Some records cut into blocks, and the place behind them; at the end none, and the place."""

    parts: list[CutPart]
    place: Place  # with the accounts of files that no batch before has told


def cut_files(run: Run, files: Sequence[InputFile]) -> Iterator[CutBatch]:
    """The records of some files in the batches that they would be cut in anywhere; what is too much for one ends the process."""
    place = Place()
    bound_memory(run.settings.max_reader_bytes)
    for batch in batches(_items(run, files, place), run.settings.batch_records):
        bound_memory(None)
        arm(allowed_seconds(run.settings, len(batch)))
        yield CutBatch([cut(run, batch)], _told(place))
        bound_memory(run.settings.max_reader_bytes)
    yield CutBatch([], _told(place))


def _items(run: Run, files: Sequence[InputFile], place: Place) -> Iterator[Record | Reject]:
    """The items of all files; `place` is where that has come to, at each of them."""
    for file in files:
        reading = watched_reading(run, file)
        for item in each_in_time(run, reading):
            place.taken += 1
            place.rejected += isinstance(item, Reject)
            yield item
        place.accounts.append(reading.account())
        place.taken = place.rejected = 0


def _told(place: Place) -> Place:
    accounts = place.accounts.copy()
    place.accounts.clear()
    return Place(accounts, place.taken, place.rejected)
