"""Pages of several sets as a file that can be read one at a time: `python -m copydesk.benchmarks.spool TARGET MODE COUNT SET...`.

A process of its own writes it: decoding Parquet takes memory that a measurement of the engine's must not hold.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from copydesk.benchmarks.sets import Page, page

KEPT = [name for name in Page._fields if name != "content"]


def write(target: Path, paths: Sequence[Path], mode: str, most: int) -> None:
    """At most `most` pages of the sets in one form, spread evenly."""
    found = _sample(paths, mode, most)
    first = next(found)
    content = pa.binary() if isinstance(first.content, bytes) else pa.string()
    schema = pa.schema([*((name, pa.string()) for name in KEPT), ("content", content)])
    with pa.OSFile(str(target), "wb") as file, pa.ipc.new_stream(file, schema) as writer:
        for each in (first, *found):
            writer.write_batch(pa.RecordBatch.from_pylist([each._asdict()], schema))


def read(source: Path) -> Iterator[Page]:
    """The pages, none in memory before its turn."""
    with pa.OSFile(str(source), "rb") as file, pa.ipc.open_stream(file) as reader:
        for batch in reader:
            yield from (Page(**row) for row in batch.to_pylist())


def _sample(paths: Sequence[Path], mode: str, most: int) -> Iterator[Page]:
    total = sum(pq.read_metadata(path).num_rows for path in paths)
    taken = {number * total // min(most, total) for number in range(min(most, total))}
    numbers = count()
    for path in paths:
        for batch in pq.ParquetFile(path).iter_batches(16, columns=["id", "url", "crawl_date", mode]):
            yield from (page(path.stem, row, mode) for row in batch.to_pylist() if next(numbers) in taken)


if __name__ == "__main__":
    write(Path(sys.argv[1]), [Path(name) for name in sys.argv[4:]], sys.argv[2], int(sys.argv[3]))
