"""Raw files to records: decompression, the reader of the format, and an account of each file."""

from __future__ import annotations

import io
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from copydesk.raw.compression import BUFFER_BYTES, Decompressed, OpenStored, decompress
from copydesk.raw.context import Context
from copydesk.raw.html import read_html
from copydesk.raw.inflating import State
from copydesk.raw.inputs import InputFile
from copydesk.raw.jsonl import read_jsonl
from copydesk.raw.text import read_text
from copydesk.record_fields import RecordFields
from copydesk.records import Reason, Record, Reject, Skipped
from copydesk.settings import Settings
from copydesk.sources import Source
from copydesk.storage import Storage

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

Reader = Callable[[Decompressed, Context], Iterator[Record | Reject | Skipped]]

READERS: dict[str, Reader] = {"text": read_text, "html": read_html, "jsonl": read_jsonl}
SUFFIXES = {".txt": "text", ".html": "html", ".htm": "html", ".xhtml": "html", ".jsonl": "jsonl", ".ndjson": "jsonl"}
OPENINGS = {b"{": "jsonl", b"<": "html"}
SNIFFED_BYTES = 2048
STORED_BLOCK_BYTES = 1 << 20  # on object storage every read is a request
DEFAULT_FIELDS = RecordFields()


class _Source(Protocol):
    def readinto(self, buffer: Any, /) -> int | None: ...


class Reading:
    """The records and rejects of one raw file, and the account of it, which is whole once they were all taken."""

    def __init__(
        self,
        open_file: Callable[[], AbstractContextManager[_Source]],
        open_random: OpenStored,
        read: Reader,
        context: Context,
        settings: Settings,
    ):
        self._open_file = open_file
        self._open_random = open_random
        self._read = read
        self._context = context
        self._settings = settings
        self.bytes = self.records = self.rejected = 0
        self.skipped: Counter[str] = Counter()  # parts that are no document by their nature, by kind
        self.sha256: str | None = None
        self.complete = False

    def __iter__(self) -> Iterator[Record | Reject]:
        """Every record and reject in the order of the file; OSError where its storage fails, never for what is in it."""
        self.bytes = self.records = self.rejected = 0
        self.skipped.clear()
        is_cut = False
        with self._open_file() as source:
            counted = _Counted(source)
            stored = io.BufferedReader(counted, STORED_BLOCK_BYTES)
            stream = decompress(stored, self._settings.max_expansion, self._open_random, self._settings.max_spool_bytes)
            for item in self._read(stream, self._context):
                if isinstance(item, Skipped):
                    self.skipped[item.kind] += 1
                    continue
                self.records += 1
                if isinstance(item, Reject):
                    self.rejected += 1
                    is_cut |= item.reason is Reason.TRUNCATED
                yield item
            while stored.read(BUFFER_BYTES):  # what a reader left is part of the checksum
                pass
        self.bytes, self.sha256 = counted.bytes, counted.digest.hexdigest()
        self.complete = stream.ending.state is State.COMPLETE and not is_cut

    def account(self) -> dict[str, str | int | bool | None]:
        """What came of the file, as `copydesk.schema.INPUT`; accepted are `records` less `rejected`."""
        return {
            "uri": self._context.uri,
            "bytes": self.bytes,
            "sha256": self.sha256,
            "records": self.records,
            "rejected": self.rejected,
            "complete": self.complete,
        }


class _Counted(io.RawIOBase):
    """A stored file that is counted and hashed as it goes by."""

    def __init__(self, source: _Source) -> None:
        self._source = source
        self.bytes = 0
        self.digest = sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        size = self._source.readinto(buffer) or 0
        self.bytes += size
        self.digest.update(memoryview(buffer)[:size])
        return size


def read_file(storage: Storage, file: InputFile, source: Source, settings: Settings) -> Reading:
    """The records of a raw file of `source`."""
    context = Context(file.uri, file.path, source.record, settings.max_record_bytes)
    read = READERS[source.format]
    return Reading(lambda: storage.open_input(file.path), lambda: storage.open_random(file.path), read, context, settings)


def read_path(path: Path, format: str | None, settings: Settings, fields: RecordFields = DEFAULT_FIELDS) -> Reading:
    """The records of any local file; without a `format` it is guessed."""
    reader = READERS[format or guess_format(path, settings)]
    context = Context(str(path.absolute()), str(path), fields, settings.max_record_bytes)
    return Reading(lambda: path.open("rb", buffering=0), lambda: path.open("rb"), reader, context, settings)


def guess_format(path: Path, settings: Settings) -> str:
    """The format of a local file by the ending of its name, or else by how its content begins."""
    for suffix in reversed(path.suffixes):
        if suffix.lower() in SUFFIXES:
            return SUFFIXES[suffix.lower()]
    with path.open("rb") as stored:
        head = decompress(stored, settings.max_expansion).read(SNIFFED_BYTES)
    return OPENINGS.get(head.removeprefix(BOM_UTF8).lstrip()[:1], "text")
