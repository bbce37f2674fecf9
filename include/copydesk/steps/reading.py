"""A shard's raw files → records and rejects, read in a process that may be killed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import pyarrow as pa

from copydesk.blocks.segment import batches
from copydesk.processes.killable import Died, Idle, Killable
from copydesk.processes.limits import arm, bound_memory
from copydesk.raw.inputs import InputFile
from copydesk.raw.reading import Reading, read_file
from copydesk.records import Origin, Record, Reject, Stage
from copydesk.run import Run
from copydesk.steps.isolation import refused
from copydesk.steps.plan import inputs_of
from copydesk.storage import Storage

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

Items = list[Record | Reject]
Account = dict[str, Any]


def prepare() -> None:
    """Everything that reading needs is imported with this module."""


# Otherwise Arrow sets aside a gigabyte at once, all that the process may take, and uses a tenth of it.
READER = Killable(prepare, {"MIMALLOC_ARENA_EAGER_COMMIT": "0"})


@dataclass(slots=True)
class Place:
    """How far a shard was read: the accounts of the files that are done, and what was taken of the next one."""

    accounts: list[Account] = field(default_factory=list)
    taken: int = 0
    rejected: int = 0  # of those that were taken


class ShardReading:
    """The records and rejects of a shard from a place on, and the account of each file once they were all taken."""

    def __init__(self, run: Run, shard: int, begun: Place | None = None) -> None:
        self._run = run
        self._files = inputs_of(run.work, shard)
        self._begun = begun or Place()
        self.accounts = self._begun.accounts

    def __iter__(self) -> Iterator[Record | Reject]:
        begun = self._begun
        for file in self._files[len(self.accounts) :]:
            yield from self._read(file, begun.taken, begun.rejected)
            begun = Place()

    def _read(self, file: InputFile, taken: int, rejected: int) -> Iterator[Record | Reject]:
        """The items of a file. Where reading it dies, it is read again up to there; if it dies there again, the rest is a reject."""
        death = None
        for size in (self._run.settings.batch_records, 1):
            try:
                for found in self._ask(file, taken, size):
                    if isinstance(found, dict):
                        self.accounts.append(found)
                        continue
                    taken += len(found)
                    rejected += sum(isinstance(item, Reject) for item in found)
                    yield from found
            except Idle as idle:
                raise TimeoutError(f"{file.uri}: {idle.detail} from where it is stored; run the step again") from None
            except Died as died:
                death = died
            else:
                return
        if death:
            yield self._given_up(file, taken, rejected, death)

    def _ask(self, file: InputFile, skipped: int, size: int) -> Iterator[Items | Account]:
        seconds = self._run.settings.max_document_seconds
        return READER.ask_for_many(seconds, partial(read_chunks, self._run, file, skipped, size))

    def _given_up(self, file: InputFile, taken: int, rejected: int, death: Died) -> Reject:
        """The one reject that stands for what was not read, with an account that says so."""
        blank = read_file(self._run.raw, file, self._run.source, self._run.settings).account()
        self.accounts.append(blank | {"records": taken + 1, "rejected": rejected + 1, "complete": False})
        told = Died(death.reason, f"reading record {taken}: {death.detail}; the rest of the file was not read")
        return refused(told, Stage.READ, self._run.settings, Origin(file.uri, ordinal=taken, offset=file.start))


def read_chunks(run: Run, file: InputFile, skipped: int, size: int) -> Iterator[Items | Account]:
    """The items of a file from the given one on, some at a time, then its account. Each has the time of a document."""
    bound_memory(run.settings.max_reader_bytes)
    reading = watched_reading(run, file)
    yield from batches(islice(each_in_time(run, reading), skipped, None), size)
    yield reading.account()


def watched_reading(run: Run, file: InputFile) -> Reading:
    """The reading of a file in which each further piece of it brings time."""
    raw = run.raw
    watched = _Watched(raw.uri, raw.filesystem, raw.base, raw.is_local, run.settings.max_document_seconds)
    return read_file(watched, file, run.source, run.settings)


def each_in_time(run: Run, items: Iterable[Record | Reject]) -> Iterator[Record | Reject]:
    """The items, of which each brings the time of a document."""
    for item in items:
        arm(run.settings.max_document_seconds)
        yield item


@dataclass(frozen=True)
class _Watched(Storage):
    """Storage on which each further piece of a file brings time of its own: a long way to the next record is no hang."""

    seconds: float

    def open_input(self, path: str) -> pa.NativeFile:
        return _Arming(super().open_input(path), self.seconds)

    def open_random(self, path: str) -> pa.NativeFile:
        return _Arming(super().open_random(path), self.seconds)


class _Arming:
    """A file that asks for time whenever it is read."""

    def __init__(self, file: pa.NativeFile, seconds: float) -> None:
        self._file = file
        self._seconds = seconds

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()

    def read(self, size: int | None = None) -> bytes:
        """As the file does."""
        arm(self._seconds)
        data: bytes = self._file.read(size)
        return data

    def readinto(self, buffer: WriteableBuffer) -> int:
        """As the file does."""
        arm(self._seconds)
        size: int = self._file.readinto(buffer)
        return size
