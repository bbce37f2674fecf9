"""What extraction alone takes of the documents that a run is made of: `copydesk.extract`, from memory to a table.

In one process that has the machine to itself, and in as many at once as a run has: those contend for memory and caches, as a run's do.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import chain, islice
from subprocess import PIPE, Popen

from copydesk.extraction import extract_records
from copydesk.processes.pool import cores
from copydesk.raw.inputs import list_inputs
from copydesk.raw.reading import read_file
from copydesk.records import Record, Reject
from copydesk.settings import Settings
from copydesk.sources import Source, find
from copydesk.storage import Storage

WARMING = 50  # documents, so that nothing is loaded for the first time


def records_of(source: Source, key: str, settings: Settings) -> Iterator[Record | Reject]:
    """The records of a dump."""
    raw = Storage.open(settings.raw)
    files = list_inputs(raw, source, key)
    return chain.from_iterable(read_file(raw, file, source, settings) for file in files)


def processes_of_run() -> int:
    """How many shards a run has at work at once."""
    return Settings.from_env().processes or cores()


def cpu_seconds_alone(name: str, key: str, count: int, processes: int) -> float:
    """Seconds of CPU for a document, in so many new processes at once, each with `count` documents of its own from the dump's first."""
    command = [sys.executable, "-m", "copydesk.benchmarks.alone", name, key]
    chosen = [(place, count * processes, processes) for place in range(processes)]
    with ExitStack() as stack:
        asked = [Popen([*command, *map(str, each)], stdin=PIPE, stdout=PIPE) for each in chosen]  # noqa: S603 - ourselves
        pipes = [
            (process.stdin, process.stdout) for process in map(stack.enter_context, asked) if process.stdin and process.stdout
        ]
        for _, out in pipes:
            out.readline()  # it is ready
        for begin, _ in pipes:
            begin.close()
        took = [out.read() for _, out in pipes]
    if any(process.returncode for process in asked):
        raise RuntimeError("a process that was to extract alone has failed; what it wrote stands above")
    return sum(map(float, took)) / processes


def main(name: str, key: str, *chosen: str) -> None:
    """Hold those documents, say so, and tell the seconds for one when there is no more to read; settings are those of the environment."""
    settings = Settings.from_env()
    source = find(name, settings.sources)
    records = list(islice(records_of(source, key, settings), *map(int, chosen)))
    extract_records(records[:WARMING], source, settings.batch_records)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.read()
    began = time.process_time()
    extract_records(records, source, settings.batch_records)
    sys.stdout.write(f"{(time.process_time() - began) / max(len(records), 1)}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
