"""The most memory a process holds that reads some pages in one call: `python -m copydesk.benchmarks.memory`."""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet as pq

from copydesk.benchmarks.engine import extract
from copydesk.benchmarks.sets import MEDIA_TYPES, Page, page

READ_AT_ONCE = 16  # pages of a file: those that are waiting are not the engine's memory
UNIT_BYTES = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss


class Peak(NamedTuple):
    """In megabytes: before the first page and at the most."""

    pages: int
    before_mb: float
    peak_mb: float


def peak(paths: Sequence[Path], mode: str, most: int) -> Peak:
    """Measured in a process of its own. Call it while this one is small: Linux counts what a process was forked from as its own."""
    call = [sys.executable, "-m", __name__, "--mode", mode, "--pages", str(most), *map(str, paths)]
    done = subprocess.run(call, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - the command is ours
    read, before, most_held = done.stdout.split()
    return Peak(int(read), float(before), float(most_held))


def main() -> None:
    """Print the number of pages and the two figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split(":", maxsplit=1)[0])
    parser.add_argument("--mode", choices=MEDIA_TYPES, required=True)
    parser.add_argument("--pages", type=int, required=True)
    parser.add_argument("sets", type=Path, nargs="+")
    options = parser.parse_args()
    extract([Page("", "A line that loads what is loaded once.", "text/plain", None, None, "")])
    before = _held_mb()
    read = extract(stream(options.sets, options.mode, options.pages)).num_rows
    sys.stdout.write(f"{read} {before} {_held_mb()}\n")


def stream(paths: Sequence[Path], mode: str, most: int) -> Iterator[Page]:
    """Pages of the sets one after another, spread evenly, with few in memory at a time."""
    total = sum(pq.read_metadata(path).num_rows for path in paths)
    taken = {number * total // min(most, total) for number in range(min(most, total))}
    numbers = count()
    for path in paths:
        for batch in pq.ParquetFile(path).iter_batches(READ_AT_ONCE, columns=["id", "url", "crawl_date", mode]):
            yield from (page(path.stem, row, mode) for row in batch.to_pylist() if next(numbers) in taken)


def _held_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT_BYTES / 1e6


if __name__ == "__main__":
    main()
