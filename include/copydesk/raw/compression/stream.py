"""Decompression by content, forward only, in bounded memory; broken bytes end a stream and never raise."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from tempfile import TemporaryFile
from typing import BinaryIO

from copydesk.raw.compression.inflating import Ending, Inflater, State, Stored

__all__ = ["BUFFER_BYTES", "Decompressed", "Ending", "OpenStored", "State", "decompress"]

BUFFER_BYTES = 1 << 16
MAX_SPOOL_BYTES = 8 << 30
SPOOL_SETTING = "COPYDESK_MAX_SPOOL_BYTES"

OpenStored = Callable[[], AbstractContextManager[BinaryIO]]


class Decompressed(io.BufferedReader):
    """The decompressed bytes of a stored file, or of a part of one."""

    def __init__(self, inflater: Inflater, open_stored: OpenStored | None = None, max_spool_bytes: int = MAX_SPOOL_BYTES) -> None:
        self._inflater = inflater
        self._open_stored = open_stored
        self._max_spool_bytes = max_spool_bytes
        self._is_partial = False
        super().__init__(inflater, BUFFER_BYTES)

    @property
    def ending(self) -> Ending:
        """How the file ended, known once it was read to its end."""
        if self._inflater.ending is None:
            raise ValueError("how a file ended is known only after it was read to its end")
        return self._inflater.ending

    @property
    def is_whole(self) -> bool:
        """Whether all of it was read, nothing passed over; known when `ending` is."""
        return self.ending.state is State.COMPLETE and not (self._inflater.is_resumed or self._is_partial)

    @property
    def is_plain(self) -> bool:
        """Whether it is stored as it is."""
        self._inflater.look_ahead(1)
        return self._inflater.codec is None

    def head(self, size: int) -> bytes:
        """The first `size` bytes, to be asked for before any is read."""
        return self._inflater.look_ahead(size)

    def stored_offset(self, offset: int) -> int:
        """Where the compressed member that holds the byte `offset` begins as stored; in a plain file at that byte. Ask in order."""
        return self._inflater.stored_offset(offset)

    def member_starts(self, start: int, stop: int) -> list[int]:
        """Where compressed members begin behind the byte `start` and before `stop`, as far as was read."""
        return self._inflater.member_starts(start, stop)

    def resume(self, is_start: Callable[[bytes], bool]) -> bool:
        """Behind damage, go on with the next member whose content begins as `is_start` has it; False where there is none."""
        return self._inflater.resume(is_start)

    def mark_partial(self) -> None:
        """Tell that its reader gave up a part of it, of which nobody knows how many records it had."""
        self._is_partial = True

    def skip_rest(self) -> None:
        """Read to the end and keep nothing."""
        while self.read(BUFFER_BYTES):
            pass

    @contextmanager
    def seekable_file(self) -> Iterator[BinaryIO]:
        """Its bytes in a file to be read in any order, to be asked for before any is read; `ending` is known from then on.

        It is the stored file itself where that is plain, and else a temporary one without a name, which cannot be left behind.
        """
        if self._open_stored and self.is_plain:
            with self._open_stored() as file:
                size = file.seek(0, os.SEEK_END)
                file.seek(0)
                self._inflater.stop(Ending(State.COMPLETE, size, size))
                yield file
        else:
            with TemporaryFile(prefix="copydesk-") as file:
                self._spool(file)
                file.seek(0)
                yield file

    def _spool(self, file: BinaryIO) -> None:
        left = self._max_spool_bytes
        while content := self.read(BUFFER_BYTES):
            if len(content) > left:
                detail = f"more than {SPOOL_SETTING}={self._max_spool_bytes} bytes, and it cannot be read from first to last"
                self._inflater.stop(Ending(State.TOO_LARGE, 0, file.tell(), f"{detail}; store it uncompressed"))
                return
            file.write(content)
            left -= len(content)


def decompress(
    stored: Stored, max_expansion: int, open_stored: OpenStored | None = None, max_spool_bytes: int = MAX_SPOOL_BYTES
) -> Decompressed:
    """The bytes of a plain file or of one that any of `codecs.CODECS` made, which may grow `max_expansion` times."""
    return Decompressed(Inflater(stored, max_expansion), open_stored, max_spool_bytes)
