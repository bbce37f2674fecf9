"""Raw files to records: decompression, the reader of the format, and an account of each file."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from copydesk.raw.agencies.feed import read_feed
from copydesk.raw.agencies.iptc7901 import read_iptc7901
from copydesk.raw.agencies.newsml import read_newsml
from copydesk.raw.agencies.ninjs import read_ninjs
from copydesk.raw.agencies.nitf import read_nitf
from copydesk.raw.archives.parts import Damage, Part, open_parts
from copydesk.raw.compression.inflating import Stored
from copydesk.raw.compression.stream import BUFFER_BYTES, Decompressed, OpenStored, decompress
from copydesk.raw.context import Context
from copydesk.raw.csv.table import read_csv
from copydesk.raw.guessing import GUESSED_BYTES, guess_format
from copydesk.raw.html import read_html
from copydesk.raw.inputs import InputFile, manifest_path
from copydesk.raw.json.array import read_json
from copydesk.raw.json.lines import read_jsonl
from copydesk.raw.manifest import Manifest
from copydesk.raw.manifest_rows import read_manifest
from copydesk.raw.parquet import read_parquet
from copydesk.raw.raw_files import STORED_BLOCK_BYTES, Hashed, RawFile
from copydesk.raw.text import read_text
from copydesk.raw.warc.reader import read_warc
from copydesk.records import Reason, Record, Reject, Skipped
from copydesk.settings import Settings
from copydesk.sources import Source
from copydesk.sources.record import RecordFields
from copydesk.storage import Storage

Reader = Callable[[Decompressed, Context], Iterator[Record | Reject | Skipped]]
Choose = Callable[[Part], Reader]

READERS: dict[str, Reader] = {
    "text": read_text,
    "html": read_html,
    "jsonl": read_jsonl,
    "json": read_json,
    "csv": read_csv,
    "parquet": read_parquet,
    "ninjs": read_ninjs,
    "nitf": read_nitf,
    "newsml": read_newsml,
    "iptc7901": read_iptc7901,
    "feed": read_feed,
    "warc": read_warc,
}
DEFAULT_FIELDS = RecordFields()


class Reading:
    """The records and rejects of a raw file or a piece of one, and the account of it, which is whole once they were all taken."""

    def __init__(self, file: RawFile, choose: Choose, context: Context, settings: Settings) -> None:
        self._file = file
        self._choose = choose
        self._context = context
        self._settings = settings
        self._forget()

    def __iter__(self) -> Iterator[Record | Reject]:
        """Every record and reject in the order of the file; OSError where its storage fails, never for what is in it."""
        self._forget()
        if self._file.input.refusal:
            yield self._refuse(self._file.input.refusal)
            return
        if self._file.is_cut_at_random():
            yield from self._read_at_random()
        else:
            yield from self._read_forward()
        self.complete = not self._is_damaged

    def account(self) -> dict[str, str | int | bool | dict[str, int] | None]:
        """What came of the file; accepted are `records` less `rejected`."""
        return {
            "uri": self._context.uri,
            "bytes": self.bytes,
            "sha256": self.sha256,
            "records": self.records,
            "rejected": self.rejected,
            "skipped": dict(self.skipped),
            "complete": self.complete,
        }

    def _forget(self) -> None:
        self.bytes = self.records = self.rejected = 0
        self.skipped: Counter[str] = Counter()  # parts that are no document by their nature, by kind
        self.sha256: str | None = None  # of the bytes as stored of a whole file; a piece has none
        self.complete = self._is_damaged = False

    def _refuse(self, detail: str) -> Reject:
        self.records = self.rejected = 1
        return self._context.reject(Reason.UNSUPPORTED, detail, self._context.origin(None))

    def _read_forward(self) -> Iterator[Record | Reject]:
        file, context = self._file.input, self._context
        if file.is_piece:
            context = replace(context, first_byte=file.start - file.head)
        with self._file.open_piece() if file.is_piece else self._file.open_whole() as opened:
            stored = io.BufferedReader(opened, STORED_BLOCK_BYTES)
            yield from self._read(stored, context, None if file.is_piece else self._file.open_random)
            while stored.read(BUFFER_BYTES):  # what a reader left is part of the checksum
                pass
        self.bytes, self.sha256 = opened.bytes, opened.digest.hexdigest() if isinstance(opened, Hashed) else None

    def _read_at_random(self) -> Iterator[Record | Reject]:
        file = self._file.input
        with self._file.open_whole() as stored:
            yield from self._read(
                io.BufferedReader(stored), replace(self._context, piece=(file.start, file.stop)), self._file.open_random
            )
        self.bytes = file.size

    def _read(self, stored: Stored, context: Context, open_random: OpenStored | None) -> Iterator[Record | Reject]:
        stream = decompress(stored, self._settings.max_expansion, open_random, self._settings.max_spool_bytes)
        for item in self._items(stream, context):
            if isinstance(item, Skipped):
                self.skipped[item.kind] += 1
                continue
            self.records += 1
            if isinstance(item, Reject):
                self.rejected += 1
                self._is_damaged |= item.reason is Reason.TRUNCATED
            yield item

    def _items(self, stream: Decompressed, context: Context) -> Iterator[Record | Reject | Skipped]:
        """What the readers make of each part; all are numbered as records of the one file."""
        for part in open_parts(stream, context, self._settings, self._file.input.is_piece):
            if isinstance(part, Part):
                yield from self._choose(part)(part.stream, replace(part.context, first_ordinal=self.records))
                part.stream.skip_rest()
                self._is_damaged |= not part.stream.is_whole
            elif isinstance(part, Damage):
                self._is_damaged = True
                yield part.context.reject_damaged(part.ending, part.context.origin(None, self.records))
            elif isinstance(part, Reject):
                yield replace(part, origin=replace(part.origin, ordinal=self.records))
            else:
                yield part


def read_file(storage: Storage, file: InputFile, source: Source, settings: Settings) -> Reading:
    """The records of a raw file of `source`."""
    manifest = Manifest.load(storage, file.path, source)
    context = replace(_context(file, source.record, settings), manifest=manifest)
    stored = RawFile(
        file, lambda: storage.open_input(file.path), lambda: storage.open_random(file.path), source.format == "parquet"
    )
    reader = READERS[source.format]
    if manifest and file.path == manifest_path(source, file.path):
        reader = partial(read_manifest, manifest, storage)
    return Reading(stored, lambda _: reader, context, settings)


def read_path(path: Path, format: str | None, settings: Settings, fields: RecordFields = DEFAULT_FIELDS) -> Reading:
    """The records of any local file; without a `format` that of each part is guessed."""
    file = InputFile(str(path), str(path.absolute()), path.stat().st_size)
    context = _context(file, fields, settings)
    stored = RawFile(file, lambda: path.open("rb", buffering=0), lambda: path.open("rb"))
    return Reading(stored, (lambda _: READERS[format]) if format else _guess_reader, context, settings)


def _context(file: InputFile, fields: RecordFields, settings: Settings) -> Context:
    limits = settings.max_record_bytes, settings.max_expansion, settings.max_reader_bytes
    return Context(file.uri, file.path, fields, *limits)


def _guess_reader(part: Part) -> Reader:
    return READERS[guess_format(part.context.member or part.context.path, part.stream.head(GUESSED_BYTES))]
