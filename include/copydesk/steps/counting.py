"""How often lines stand in a dump of any size: counts of a shard on disk, cut by the first bits of a line, added up one cut at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import pairwise

import numpy as np
import pyarrow as pa

from copydesk.labels.repetition import LINES, common, group_sizes, merge, repeated
from copydesk.processes.pool import ALONE, Workers
from copydesk.steps.plan import shard_numbers
from copydesk.workdir import REPETITION, Workdir

NAME = "lines.arrow"
CUTS = 64  # of the range of 64 bits: a run of counts is so many record batches
RUN_ROWS = 1 << 19  # lines counted in memory
PASS_BYTES = 16 << 20  # stored counts that are added up together: some two million lines


@contextmanager
def counting(work: Workdir, shard: int) -> Iterator[Callable[[pa.Table], None]]:
    """Take the counts of a shard's batches; what they add up to is kept in runs, each cut alike."""
    held: list[pa.Table] = []
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with (
        work.storage.open_output(work.path(work.shard(shard, NAME))) as sink,
        pa.ipc.new_file(sink, LINES, options=options) as writer,
    ):

        def write() -> None:
            for cut in _cuts(merge(held)):
                writer.write_batch(cut)
            held.clear()

        def count(lines: pa.Table) -> None:
            held.append(lines)
            if sum(table.num_rows for table in held) >= RUN_ROWS:
                write()

        yield count
        write()


def add_up_shards(work: Workdir, workers: Workers = ALONE) -> int:
    """Leaves in how many documents of the dump each line stands, where those are several; how many lines."""
    width = _width(work)
    sizes = None if width == CUTS else group_sizes(_counted(work, 0, 1))  # groups stand in the first cut, as line 0
    firsts = range(0, CUTS, width)
    found = dict(workers.each(partial(_common, work, width, sizes), firsts))  # few lines, as none is kept that is seldom
    with work.writing_tables(REPETITION, LINES) as write:
        for first in firsts:
            write(found[first])
    return sum(lines.num_rows for lines in found.values())


def _width(work: Workdir) -> int:
    """How many cuts are added up together."""
    stored = sum(work.storage.size(work.path(work.shard(n, NAME))) or 0 for n in shard_numbers(work))
    width = CUTS
    while width > 1 and stored * width > PASS_BYTES * CUTS:
        width //= 2
    return width


def _common(work: Workdir, width: int, sizes: dict[str, int] | None, first: int) -> pa.Table:
    """The lines of some cuts that stand in enough documents; all cuts know the `sizes` of groups themselves."""
    total = repeated(_counted(work, first, width))
    lines = common(total, group_sizes(total) if sizes is None else sizes)
    return lines.sort_by([("group", "ascending"), ("line", "ascending")])


def _counted(work: Workdir, first: int, width: int) -> pa.Table:
    """All shards' counts of some cuts."""
    return merge([table for n in shard_numbers(work) for table in _read(work, n, first, width)])


def _cuts(lines: pa.Table) -> Iterator[pa.RecordBatch]:
    """The rows of each stretch of line hashes, of which the last ends with the range."""
    lines = lines.sort_by([("line", "ascending"), ("group", "ascending")]).combine_chunks()
    firsts = np.arange(CUTS, dtype=np.uint64) << np.uint64(64 - CUTS.bit_length() + 1)
    edges = [*np.searchsorted(lines["line"].to_numpy(), firsts).tolist(), lines.num_rows]
    for low, high in pairwise(edges):
        arrays = [column.slice(low, high - low).combine_chunks() for column in lines.columns]
        yield pa.RecordBatch.from_arrays(arrays, schema=LINES)


def _read(work: Workdir, shard: int, first: int, width: int) -> Iterator[pa.Table]:
    with work.storage.open_random(work.path(work.shard(shard, NAME))) as stream:
        stored = stream if width < CUTS else stream.read_buffer()  # on object storage every batch is a request
        with pa.ipc.open_file(stored) as file:
            for run in range(0, file.num_record_batches, CUTS):
                yield pa.Table.from_batches([file.get_batch(run + cut) for cut in range(first, first + width)])
