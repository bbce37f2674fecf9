"""A generated archive of short invented documents: `python -m copydesk.benchmarks.archive --documents N --files F --out DIR`.

The same arguments give the same bytes. `DIR/raw` and `DIR/sources` are what COPYDESK_RAW and COPYDESK_SOURCES want to be.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import zstandard

from copydesk.benchmarks.invention import Page, invent

SOURCE, KEY = "invented", "ten-years"
FIRST_DAY = datetime(2016, 1, 1, tzinfo=UTC)
TEN_YEARS = datetime(2026, 1, 1, tzinfo=UTC) - FIRST_DAY
CRAWLED_AFTER = timedelta(hours=6)
ZSTD_LEVEL = 1  # twice as fast as the usual 3
LINES_AT_ONCE = 500
SOURCE_FILE = f"""name = "{SOURCE}"
raw = "{{key}}/*.jsonl.zst"
format = "jsonl"
language = "en"
[record]
id = "id"
url = "url"
content = "content"
media_type = "text/plain"
crawl_date = "crawl_date"
"""


@dataclass(frozen=True, slots=True)
class Archive:
    """What is to be written, and where."""

    documents: int
    files: int
    out: Path
    seed: int = 0

    def numbers(self, file: int) -> range:
        """The documents of one file: as many as of any other, or one more."""
        return range(file * self.documents // self.files, (file + 1) * self.documents // self.files)


def write_archive(archive: Archive, processes: int) -> int:
    """Write every file and the source file; the bytes of the documents, uncompressed."""
    folder = archive.out / "raw" / KEY
    sources = archive.out / "sources"
    for made in (folder, sources):
        made.mkdir(parents=True, exist_ok=True)
    (sources / f"{SOURCE}.toml").write_text(SOURCE_FILE, "utf-8")
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        return sum(pool.map(partial(write_file, archive), range(archive.files)))


def write_file(archive: Archive, file: int) -> int:
    """Write one file of the archive; its bytes, uncompressed."""
    path = archive.out / "raw" / KEY / f"part-{file:04}.jsonl.zst"
    size = 0
    with path.open("wb") as stored, zstandard.ZstdCompressor(ZSTD_LEVEL).stream_writer(stored) as stream:
        for chunk in _chunks(archive, file):
            stream.write(chunk)
            size += len(chunk)
    return size


def _chunks(archive: Archive, file: int) -> Iterator[bytes]:
    """The lines of a file, many at a time."""
    lines: list[str] = []
    numbers = archive.numbers(file)
    for number, page in zip(numbers, invent(numbers, archive.documents, archive.seed, FIRST_DAY, TEN_YEARS), strict=True):
        lines.append(record_line(number, page))
        if len(lines) == LINES_AT_ONCE:
            yield "".join(lines).encode()
            lines.clear()
    yield "".join(lines).encode()


def record_line(number: int, page: Page) -> str:
    """The page as a record of JSON lines, for a source like the one of `SOURCE_FILE`."""
    crawled_at = (page.published_at + CRAWLED_AFTER).isoformat()
    record = {"id": f"{number:09}", "url": page.url, "crawl_date": crawled_at, "content": page.text}
    return json.dumps(record, ensure_ascii=False) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Write the archive and say how to ingest it."""
    parser = argparse.ArgumentParser(prog="python -m copydesk.benchmarks.archive", description=__doc__)
    parser.add_argument("--documents", type=int, required=True, help="how many")
    parser.add_argument("--files", type=int, required=True, help="in how many files")
    parser.add_argument("--out", type=Path, required=True, help="folder to write into")
    parser.add_argument("--seed", type=int, default=0, help="another gives other documents")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="default: one a core")
    given = parser.parse_args(arguments)
    if not 1 <= given.files <= given.documents:
        parser.error("--files must be 1 at least, and --documents no fewer than that")
    size = write_archive(Archive(given.documents, given.files, given.out, given.seed), given.processes)
    out = given.out.absolute()
    sys.stdout.write(
        f"{given.documents:,} documents, {size:,} bytes, in {given.files} files under {out / 'raw' / KEY}\n"
        f"COPYDESK_RAW={out / 'raw'} COPYDESK_SOURCES={out / 'sources'} COPYDESK_LAKE=… copydesk run {SOURCE} {KEY}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
