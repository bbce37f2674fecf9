"""Raw files as they are stored: opened whole, counted and hashed as they go by, or a piece, counted."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Protocol, cast

from copydesk.raw.compression.stream import OpenStored
from copydesk.raw.inputs import InputFile

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

STORED_BLOCK_BYTES = 1 << 20  # on object storage every read is a request
MAGIC_BYTES = 4
ZIP, PARQUET = b"PK\x03\x04", b"PAR1"  # pieces of these are members or row groups, and no run of bytes


class Readable(Protocol):
    """Anything that bytes can be read from."""

    def readinto(self, buffer: Any, /) -> int | None:
        """Fill `buffer` as far as there is something."""


@dataclass(frozen=True, slots=True)
class RawFile:
    """A raw file, or a piece of one, and how it is opened."""

    input: InputFile
    open_input: Callable[[], AbstractContextManager[Readable]]
    open_random: OpenStored
    is_parquet: bool = False  # as the source says: of another format it is cut into runs of bytes, whatever it begins with

    def is_cut_at_random(self) -> bool:
        """Whether this is a piece of a file that no reader can take from first to last."""
        if not self.input.is_piece:
            return False
        with self.open_random() as file:
            return file.read(MAGIC_BYTES) in ((ZIP, PARQUET) if self.is_parquet else (ZIP,))

    @contextmanager
    def open_whole(self) -> Iterator[Hashed]:
        """The file, from first to last."""
        with self.open_input() as source:
            yield Hashed(source)

    @contextmanager
    def open_piece(self) -> Iterator[Counted]:
        """The head of the file and the bytes of the piece, from first to last."""
        with self.open_random() as source:
            head = source.read(self.input.head)
            source.seek(self.input.start)
            stop = self.input.stop
            yield Counted(cast(Readable, source), head, None if stop is None else stop - self.input.start)


class Counted(io.RawIOBase):
    """The next bytes of a raw file, counted, with a `head` before them that is not."""

    def __init__(self, source: Readable, head: bytes = b"", size: int | None = None) -> None:
        self._source = source
        self._head = head
        self._size = size
        self.bytes = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill `buffer` as far as one read of the file goes."""
        view = memoryview(buffer)
        if self._head:
            part, self._head = self._head[: len(view)], self._head[len(view) :]
            view[: len(part)] = part
            return len(part)
        if self._size is not None:
            view = view[: self._size - self.bytes]
        size = (self._source.readinto(view) or 0) if view else 0
        self.bytes += size
        return size


class Hashed(Counted):
    """The same for a whole file, and its checksum."""

    def __init__(self, source: Readable) -> None:
        super().__init__(source)
        self.digest = sha256()

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill `buffer` as far as one read of the file goes."""
        size = super().readinto(buffer)
        self.digest.update(memoryview(buffer)[:size])
        return size
