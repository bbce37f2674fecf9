"""A stream that can be looked ahead in and given back to, and that stops where a compressed member begins another record."""

from __future__ import annotations

import re
from collections.abc import Callable

from copydesk.raw.compression.stream import Decompressed

FIRST_STEP_BYTES, STEP_BYTES = 1 << 10, 1 << 16  # small at first: the next record may begin in ten bytes
LONGEST_OPENING = 64


class Window:
    """The bytes of a stream from `offset` on."""

    def __init__(self, stream: Decompressed) -> None:
        self.offset = 0
        self._stream = stream
        self._ahead = b""

    def peek(self, size: int) -> bytes:
        """The next `size` bytes, fewer at the end, which stay."""
        if len(self._ahead) < size:
            self._ahead += self._stream.read(size - len(self._ahead))
        return self._ahead[:size]

    def take(self, size: int) -> bytes:
        """The next `size` bytes, fewer at the end."""
        content, self._ahead = self._ahead[:size], self._ahead[size:]
        if len(content) < size:
            content += self._stream.read(size - len(content))
        self.offset += len(content)
        return content

    def give_back(self, content: bytes) -> None:
        """Make the last bytes that were taken the next again."""
        self._ahead = content + self._ahead
        self.offset -= len(content)

    def skip_any(self, signs: bytes) -> None:
        """Pass over any of `signs`, however many."""
        while content := self.peek(FIRST_STEP_BYTES if self._ahead[:1] and self._ahead[0] in signs else 1):
            left = content.lstrip(signs)
            self.take(len(content) - len(left))
            if left:
                return

    def take_block(self, size: int, held: int, is_start: Callable[[bytes], bool]) -> tuple[bytes, int]:
        """The next `size` bytes, or as many as come before a member that `is_start` knows: the first `held`, and their number."""
        parts: list[bytes] = []
        taken = 0
        while taken < size and (step := self.take(min(STEP_BYTES, size - taken))):
            end = self._member(step, is_start)
            if end is not None:
                self.give_back(step[end:])
                step = step[:end]
            parts.append(step[: max(0, held - taken)])
            taken += len(step)
            if end is not None:
                break
        return b"".join(parts), taken

    def find_start(self, line: re.Pattern[bytes], is_start: Callable[[bytes], bool]) -> int:
        """Go on to the next `line`, or member that `is_start` knows; how many bytes were passed over, all the rest if there is none."""
        passed, size = 0, FIRST_STEP_BYTES
        while step := self.take(size):
            size = min(2 * size, STEP_BYTES)
            found, member = line.search(step), self._member(step, is_start)
            ends = [end for end in (found and found.start(), member) if end is not None]
            is_last = not self.peek(1)
            end = min(ends, default=len(step) if is_last else max(1, len(step) - LONGEST_OPENING))
            self.give_back(step[end:])
            passed += end
            if ends:
                break
        return passed

    def _member(self, step: bytes, is_start: Callable[[bytes], bool]) -> int | None:
        """Where in `step`, which was just taken, the first member begins that `is_start` knows."""
        first = self.offset - len(step)
        for offset in self._stream.member_starts(first - 1, self.offset):
            opening = step[offset - first : offset - first + LONGEST_OPENING]
            if len(opening) < LONGEST_OPENING:
                opening += self.peek(LONGEST_OPENING - len(opening))
            if is_start(opening):
                return offset - first
        return None
