"""The most memory a process holds that reads pages in one call: `python -m copydesk.benchmarks.memory SPOOL`."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from copydesk.benchmarks import spool
from copydesk.benchmarks.engine import extract
from copydesk.benchmarks.sets import Page

UNIT_BYTES = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss


class Peak(NamedTuple):
    """In megabytes: before the first page and at the most."""

    pages: int
    before_mb: float
    peak_mb: float


def peak(paths: Sequence[Path], mode: str, most: int) -> Peak:
    """Measured in a process of its own. Call it while this one is small: Linux counts what a process was forked from as its own."""
    with TemporaryDirectory() as folder:
        source = str(Path(folder) / "pages.arrow")
        _run(spool.__name__, source, mode, str(most), *map(str, paths))
        read, before, most_held = _run(__name__, source).split()
    return Peak(int(read), float(before), float(most_held))


def _run(module: str, *arguments: str) -> str:
    call = [sys.executable, "-m", module, *arguments]
    return subprocess.run(call, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603 - the command is ours


def main() -> None:
    """Print the number of pages and the two figures."""
    extract([Page("", "A line that loads what is loaded once.", "text/plain", None, None, "")])
    before = held_mb()
    pages = extract(spool.read(Path(sys.argv[1]))).num_rows
    sys.stdout.write(f"{pages} {before} {held_mb()}\n")


def held_mb() -> float:
    """The most memory this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT_BYTES / 1e6


if __name__ == "__main__":
    main()
