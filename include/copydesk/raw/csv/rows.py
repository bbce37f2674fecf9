"""The rows of a CSV, each with its place; what no row can be made of ends at the next row that is sound."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

from copydesk.raw.lines import Line

FIRST_SPARE = 4  # records of the largest size
MIN_TELLING_WIDTH = 3  # a line of prose has one comma sooner than just as many as a table


class Trouble(Enum):
    """Why no row could be made of some lines."""

    TOO_LARGE = auto()
    BROKEN = auto()
    OPEN = auto()  # the file ends inside quotes


@dataclass(frozen=True, slots=True)
class CsvRow:
    """The fields of a row, or the trouble with it."""

    offset: int
    line: int  # number of its first line, from 1
    end: int  # the first byte behind it; of one in trouble, behind what was given up with it
    has_end: bool  # whether a line ends there
    content: bytes = b""  # as it stands in the file
    fields: tuple[str, ...] = ()
    trouble: Trouble | None = None
    detail: str = ""


class _TooLarge(Exception):
    pass


class CsvRows:
    """Rows as Python's csv reads them strictly, and one at a time, so that it takes no more lines than the row has."""

    def __init__(
        self,
        lines: Iterator[Line],
        delimiter: str,
        decode: Callable[[bytes], str],
        is_whole: Callable[[], bool],
        max_bytes: int,
    ) -> None:
        """`is_whole` says of lines read to their end whether it is the file's own."""
        self._delimiter = delimiter
        self._lines = lines
        self._decode = decode
        self._is_whole = is_whole
        self._max_bytes = max_bytes
        self._number = 1
        self._end = 0
        self._taken: list[Line] = []
        self._again: deque[Line] = deque()
        # How much may be read again: maliciously placed quotes must cost no more than reading the file twice.
        self._spare_bytes = FIRST_SPARE * max_bytes
        # csv has one limit for the whole process. It counts characters, of which there are never more than bytes.
        csv.field_size_limit(max(csv.field_size_limit(), max_bytes + 1))

    def read_row(self) -> CsvRow | None:
        """The next row that is not blank; None at the end."""
        row = self._read_row()
        while row and not row.trouble and len(row.fields) < 2 and not "".join(row.fields).strip():
            row = self._read_row()
        return row

    def read_rows(self, width: int) -> Iterator[CsvRow]:
        """Every row; what follows one in trouble is given up with it, as far as to the next one that has `width` fields."""
        row = self.read_row()
        while row:
            following = None
            if row.trouble and self._may_resume(row, width):
                self._put_back()
                following = self._resume(width)
                row = replace(row, end=following.offset if following else self._end)
            yield row
            row = following or self.read_row()

    def _may_resume(self, row: CsvRow, width: int) -> bool:
        """Where a file ends inside quotes, it was cut there, or a quote too many was opened: then its last line is whole."""
        return row.trouble is not Trouble.OPEN or (row.has_end and self._is_whole() and width >= MIN_TELLING_WIDTH)

    def _resume(self, width: int) -> CsvRow | None:
        while row := self.read_row():
            if not row.trouble and len(row.fields) == width:
                return row
            if row.trouble:
                self._put_back()
        return None

    def _put_back(self) -> None:
        """Let all lines that were taken but the first be read again."""
        again = self._taken[1:]
        size = sum(line.size for line in again)
        if size <= self._spare_bytes:
            self._spare_bytes -= size
            self._again.extendleft(reversed(again))
            self._number -= len(again)

    def _read_row(self) -> CsvRow | None:
        number, self._taken = self._number, []
        self._ran_out = False
        try:
            fields = next(csv.reader(self._feed(), delimiter=self._delimiter, strict=True))
        except StopIteration:
            return None
        except _TooLarge:
            return self._row(number, trouble=Trouble.TOO_LARGE)
        except csv.Error as error:
            return self._read_loosely(number) or self._row(
                number, trouble=Trouble.OPEN if self._ran_out else Trouble.BROKEN, detail=str(error)
            )
        content = b"".join(line.content or b"" for line in self._taken).rstrip(b"\r\n")
        self._spare_bytes += len(content)
        return self._row(number, content, fields)

    def _read_loosely(self, number: int) -> CsvRow | None:
        """A row of one line with quotes that are not doubled, unless one of them may belong to a text of several lines."""
        content = self._taken[0].content
        if len(self._taken) > 1 or content is None or self._ran_out:
            return None
        fields = next(csv.reader([self._decode(content)], delimiter=self._delimiter))
        is_whole = all(field.endswith('"') for field in fields if '"' in field)
        return self._row(number, self._taken[0].text, fields) if is_whole else None

    def _row(
        self, number: int, content: bytes = b"", fields: Iterable[str] = (), trouble: Trouble | None = None, detail: str = ""
    ) -> CsvRow:
        has_end = self._taken[-1].has_end
        return CsvRow(self._taken[0].offset, number, self._end, has_end, content, tuple(fields), trouble, detail)

    def _feed(self) -> Iterator[str]:
        size = 0
        while line := self._next_line():
            self._number += 1
            self._taken.append(line)
            self._end = line.offset + line.size
            if line.content is None or size + len(line.text) > self._max_bytes:
                raise _TooLarge
            size += line.size
            yield self._decode(line.content)
        self._ran_out = True

    def _next_line(self) -> Line | None:
        return self._again.popleft() if self._again else next(self._lines, None)
