"""How compressed bytes become plain ones, member by member, and how that ends."""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from copydesk.raw.compression import zstd_dictionary
from copydesk.raw.compression.codecs import (
    BROKEN,
    CUT_MAGICS,
    LONGEST_MAGIC,
    Codec,
    Decoder,
    describe_broken,
    find_codec,
    is_too_wide,
)
from copydesk.raw.compression.resuming import Search

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

TAKEN_BYTES = 1 << 14  # of the stored file at once
GIVEN_BYTES = 1 << 17  # of decompressed bytes at once
# A page of one repeated line may well shrink a thousandfold; only what also takes room is a bomb.
HARMLESS_BYTES = 1 << 20
REMEMBERED_MEMBERS = 1 << 16  # that a reader may lag behind
REMEMBERED_TAKES = 17  # in which members may lie that a broken one was read across: twice the largest block of any codec
EXPANSION_SETTING = "COPYDESK_MAX_EXPANSION"


class State(StrEnum):
    """How a stored file ended."""

    COMPLETE = "complete"
    TRUNCATED = "truncated"
    CORRUPT = "corrupt"
    TOO_LARGE = "too_large"
    BROKEN_ARCHIVE = "broken_archive"


@dataclass(frozen=True, slots=True)
class Ending:
    """Where a stored file ended, in stored and in decompressed bytes, and what was wrong with it."""

    state: State
    stored_offset: int
    offset: int
    detail: str = ""


class Damaged(Exception):
    """The bytes below a stream ended early: by a member that is cut, an archive that is broken."""

    def __init__(self, ending: Ending) -> None:
        super().__init__(ending.detail)
        self.ending = ending


class Stored(Protocol):
    """Bytes as stored, from first to last; `b""` is the end, `Damaged` the end of what is not whole."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes."""


class Inflater(io.RawIOBase):
    """The decompressed bytes of a stored file, unbuffered; `codec` is looked for unless it is known."""

    def __init__(self, stored: Stored, max_expansion: int, codec: Codec | None = None) -> None:
        self.ending: Ending | None = None
        self.is_resumed = False  # whether something was passed over
        self.codec = codec
        self._stored = stored
        self._max_expansion = max_expansion
        self._taken = 0
        self._produced = 0
        self._recent: deque[bytes] = deque(maxlen=REMEMBERED_TAKES)
        self._search: Search | None = None
        self._resumed = (0, 0)  # where it was read again behind damage, decompressed and stored
        self._members: deque[tuple[int, int]] = deque(maxlen=REMEMBERED_MEMBERS)  # where they begin, decompressed and stored
        self._pieces = self._read_pieces()
        self._left = memoryview(b"")

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill `buffer` as far as one piece of the file goes; 0 is the end, and sets `ending`."""
        self.look_ahead(1)
        target = memoryview(buffer)
        size = min(len(target), len(self._left))
        target[:size] = self._left[:size]
        self._left = self._left[size:]
        return size

    def look_ahead(self, size: int) -> bytes:
        """The next `size` bytes, which stay to be read."""
        while len(self._left) < size and (piece := self._next_piece()):
            self._left = memoryview(bytes(self._left) + piece)
        return bytes(self._left[:size])

    def stop(self, ending: Ending) -> None:
        """End here: the reader knows better where the content ends."""
        self.ending, self._pieces, self._left = ending, iter(()), memoryview(b"")

    def stored_offset(self, offset: int) -> int:
        """Where the member begins that holds the decompressed byte `offset`, which must not go back."""
        if self.codec is None:
            return offset
        while len(self._members) > 1 and self._members[1][0] <= offset:
            self._members.popleft()
        return self._members[0][1] if self._members else 0

    def member_starts(self, start: int, stop: int) -> list[int]:
        """Where members begin behind the decompressed byte `start` and before `stop`."""
        found = []
        for offset, _ in self._members:
            if offset >= stop:
                break
            if offset > start:
                found.append(offset)
        return found

    def resume(self, is_start: Callable[[bytes], bool]) -> bool:
        """Go on behind damage with the next member whose content begins as `is_start` has it; False where there is none."""
        if not self.codec or not self._members:
            return False
        self._search = self._search or Search(is_start)
        recent = b"".join(self._recent)
        damaged = self._members[-1][1] + 1 - (self._taken - len(recent))
        data = self._search.next_member(self.codec, recent[max(0, damaged) :], self._take_if_there)
        if data:
            self.ending, self.is_resumed = None, True
            self._resumed = (self._produced, self._taken - len(data))
            self._pieces = self._inflate(self.codec, data)
        return bool(data)

    def _next_piece(self) -> bytes:
        try:
            return next(self._pieces, b"")
        except Damaged as damaged:
            self.ending = replace(damaged.ending, offset=self._produced)
            return b""

    def _read_pieces(self) -> Iterator[bytes]:
        head = self._take(TAKEN_BYTES if self.codec else LONGEST_MAGIC)
        self.codec = self.codec or find_codec(head)
        if self.codec:
            head = self._load_dictionary(head)
            yield from self._inflate(self.codec, head)
        elif head in CUT_MAGICS:
            self._end(State.TRUNCATED, f"the file ends after {len(head)} bytes, inside the magic number of a compressed file")
        else:
            yield from self._copy(head)

    def _load_dictionary(self, head: bytes) -> bytes:
        """`head`, and as much behind it as the dictionary takes which the frames need, if the file begins with one."""
        while len(head) < zstd_dictionary.HEADER_BYTES and (more := self._take(TAKEN_BYTES)):
            head += more
        size = zstd_dictionary.frame_bytes(head)
        while len(head) < size and (more := self._take(TAKEN_BYTES)):
            head += more
        if size and self.codec:
            self.codec = zstd_dictionary.with_dictionary(self.codec, head[:size])
        return head

    def _copy(self, data: bytes) -> Iterator[bytes]:
        self._recent = deque(maxlen=0)  # a plain file has no members to go on with
        while data:
            self._produced += len(data)
            yield data
            data = self._take(GIVEN_BYTES)
        self._end(State.COMPLETE)

    def _inflate(self, codec: Codec, data: bytes) -> Iterator[bytes]:
        while data:
            self._members.append((self._produced, self._taken - len(data)))
            decoder = codec.start()
            yield from self._inflate_member(codec, decoder, data)
            if self.ending:
                return
            data = self._next_member(codec, decoder.unused_data)
        if not self.ending:
            self._end(State.COMPLETE)

    def _inflate_member(self, codec: Codec, decoder: Decoder, data: bytes) -> Iterator[bytes]:
        fed: bytes | None = data  # None where that is more than may be told again
        start = self._produced
        while not decoder.eof:
            try:
                piece = decoder.decompress(data, GIVEN_BYTES)
            except BROKEN as error:
                if fed is not None and (piece := _before_damage(codec, fed)[self._produced - start :]):
                    self._produced += len(piece)
                    yield piece
                state = State.TOO_LARGE if is_too_wide(error) else State.CORRUPT
                self._end(state, describe_broken(codec, error), unread=len(data))
                return
            self._produced += len(piece)
            if self._is_bomb():
                self._produced -= len(piece)  # it is not passed on
                limit = f"{EXPANSION_SETTING}={self._max_expansion}"
                self._end(
                    State.TOO_LARGE, f"the {codec.name} data grow more than {self._max_expansion} times; the limit is {limit}"
                )
                return
            if piece:
                yield piece
            data = self._take(TAKEN_BYTES) if decoder.needs_input else b""
            fed = fed + data if fed is not None and len(fed) <= codec.told_again_bytes else None
            if decoder.needs_input and not data:
                self._end(State.TRUNCATED, f"the file ends inside a {codec.name} member")
                return

    def _next_member(self, codec: Codec, rest: bytes) -> bytes:
        """The first bytes of the next member, or none: zeros pad a file, a stray byte is no member, anything else is damage."""
        rest = rest.lstrip(b"\0")
        while len(rest) < codec.smallest_member and (more := self._take(TAKEN_BYTES)):
            rest = (rest + more).lstrip(b"\0")
        if not rest or rest.startswith(codec.magics):
            return rest
        if any(magic.startswith(rest) for magic in codec.magics):
            self._end(State.TRUNCATED, f"the file ends inside the header of a {codec.name} member", unread=len(rest))
        elif len(rest) < codec.smallest_member:
            self._end(State.COMPLETE, f"{len(rest)} stray bytes after the last {codec.name} member", unread=len(rest))
        else:
            self._end(State.CORRUPT, f"what follows a {codec.name} member is neither another one nor padding", unread=len(rest))
        return b""

    def _is_bomb(self) -> bool:
        produced, taken = self._resumed
        return self._produced - produced > max(HARMLESS_BYTES, (self._taken - taken) * self._max_expansion)

    def _take(self, size: int) -> bytes:
        data = self._stored.read(size)
        self._recent.append(data)
        self._taken += len(data)
        return data

    def _take_if_there(self) -> bytes:
        """More to search: where what is below is cut as well, nothing begins behind that, and the first damage was told."""
        try:
            return self._take(TAKEN_BYTES)
        except Damaged:
            return b""

    def _end(self, state: State, detail: str = "", unread: int = 0) -> None:
        stored = self._taken - unread
        where = f" (at byte {stored} as stored, after {self._produced} decompressed bytes)" if detail else ""
        self.ending = Ending(state, stored, self._produced, detail + where)


def _before_damage(codec: Codec, data: bytes) -> bytes:
    """What a small member holds before it breaks, as of a larger one was passed on by then: fed at once, a decoder keeps it to itself.

    `data` are what it was fed from its beginning on, wherever reads of the stored file part them.
    """
    decoder, held, fed = codec.start(), bytearray(), 0
    with suppress(*BROKEN):
        while fed < len(data) and len(held) < HARMLESS_BYTES and not decoder.eof:  # a few bytes may be a bomb
            held += decoder.decompress(data[fed : fed + 1], GIVEN_BYTES)
            fed += 1
    return bytes(held)
