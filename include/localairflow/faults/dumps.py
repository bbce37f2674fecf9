"""The raw dumps of a trial: invented articles, so many a day, the same for the same seed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import zstandard

from copydesk.benchmarks.archive import SOURCE, SOURCE_FILE, record_line
from copydesk.benchmarks.invention import invent
from copydesk.storage import Storage

FIRST = date(2026, 1, 5)


@dataclass(frozen=True, slots=True)
class Dumps:
    """Days of one source."""

    days: int
    documents: int  # a day
    seed: int

    @property
    def keys(self) -> list[str]:
        """The dump days."""
        return [str(FIRST + timedelta(days=number)) for number in range(self.days)]

    @property
    def last(self) -> date:
        """The last of them."""
        return FIRST + timedelta(days=self.days - 1)

    def write_source(self, folder: Path) -> Path:
        """The source file, in a folder of its own."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{SOURCE}.toml").write_text(f'start = "{FIRST}"\nend = "{self.last}"\n{SOURCE_FILE}', "utf-8")
        return folder

    def write(self, raw: Storage) -> int:
        """A file for each day; its articles are of that day. The bytes of all."""
        return sum(self._write_day(raw, number, key) for number, key in enumerate(self.keys))

    def _write_day(self, raw: Storage, number: int, key: str) -> int:
        numbers = range(number * self.documents, (number + 1) * self.documents)
        begin = datetime.combine(FIRST, time(), UTC)
        pages = invent(numbers, self.days * self.documents, self.seed, begin, timedelta(days=self.days))
        lines = "".join(record_line(number, page) for number, page in zip(numbers, pages, strict=True))
        data = zstandard.ZstdCompressor().compress(lines.encode())
        raw.write_bytes(f"{key}/articles.jsonl.zst", data)
        return len(data)
