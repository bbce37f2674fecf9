"""How often lines stand in a dump of any size: counts of a shard on disk, cut by the first bits of a line, added up one cut at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise

import numpy as np
import pyarrow as pa

from copydesk.labels.repetition import LINES, common, group_sizes, merge, repeated
from copydesk.steps.planned import shard_numbers
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


def add_up_shards(work: Workdir) -> int:
    """Leaves in how many documents of the dump each line stands, where those are several; how many lines."""
    shards = shard_numbers(work)
    stored = sum(work.storage.size(work.path(work.shard(n, NAME))) or 0 for n in shards)
    width = CUTS
    while width > 1 and stored * width > PASS_BYTES * CUTS:
        width //= 2
    lines, sizes = 0, None
    with work.writing_tables(REPETITION, LINES) as write:
        for first in range(0, CUTS, width):
            total = repeated(merge([table for n in shards for table in _read(work, n, first, width)]))
            sizes = group_sizes(total) if sizes is None else sizes  # groups stand in the first cut, as line 0
            kept = common(total, sizes).sort_by([("group", "ascending"), ("line", "ascending")])
            write(kept)
            lines += kept.num_rows
    return lines


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
