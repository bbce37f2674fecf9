"""The rows of `runs` in short, each file opened once: it is written under a name made of its content, and never changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Lock
from urllib.parse import quote

from copydesk.lake.cached_lines import keep_lines, kept_lines
from copydesk.lake.layout import partition_path
from copydesk.lake.manifest import REQUESTS
from copydesk.lake.question import Day, Question
from copydesk.lake.run_lines import RunLine, dump_of, read_line
from copydesk.schema import RUNS
from copydesk.storage import Storage


class RunFiles:
    """What a process has read of a lake's `runs`, a kilobyte a run: whoever asks again waits for listing folders alone.

    Opening thousands of files takes ten seconds, so they are asked for only where nothing was kept of them in short.
    """

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self._known: dict[str, RunLine] = {}
        self._filling = Lock()  # of requests that lack the same files, one opens them

    def lines(self, start: Day | None = None, end: Day | None = None, sources: Iterable[str] | None = None) -> list[RunLine]:
        """The runs of these dump days and sources, both days included, oldest first; an archive is in no range of days."""
        question = Question.ask(RUNS.name, start, end, sources)
        folders = (
            [RUNS.name]
            if question.sources is None
            else [f"{RUNS.name}/source={quote(name, safe='')}" for name in question.sources]
        )
        with ThreadPoolExecutor(1 if self.storage.is_local else REQUESTS) as pool:
            paths = [file.path for files in pool.map(self.storage.files, folders) for file in files]
        return self._read(path for path in paths if (values := dump_of(path)) and question.wants({**values}))

    def of_dump(self, source: str, dump: str) -> list[RunLine]:
        """The runs of one dump, oldest first."""
        folder = partition_path(RUNS, {"source": source, "dump": dump})
        return self._read(file.path for file in self.storage.files(folder, recursive=False) if dump_of(file.path))

    def _read(self, paths: Iterable[str]) -> list[RunLine]:
        wanted = list(paths)
        with self._filling:
            self._known |= kept_lines(self.storage, [path for path in wanted if path not in self._known])
            new = self._open([path for path in wanted if path not in self._known])
            self._known |= new
            keep_lines(self.storage, new.values())
        lines = [self._known[path] for path in wanted if path in self._known]
        return sorted(lines, key=lambda line: (line.started_at, line.finished_at))

    def _open(self, paths: Sequence[str]) -> dict[str, RunLine]:
        # On a local disk the time goes into decoding, where threads are in each other's way.
        with ThreadPoolExecutor(1 if self.storage.is_local else REQUESTS) as pool:
            return {line.path: line for line in pool.map(partial(read_line, self.storage), paths) if line}


def last_ingests(lines: Iterable[RunLine]) -> dict[tuple[str, str], RunLine]:
    """By source and dump, what its last ingestion came to; of lines that are oldest first."""
    return {(line.source, line.dump): line for line in lines if line.kind == "ingest"}
