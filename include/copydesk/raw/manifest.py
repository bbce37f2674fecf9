"""The manifest of a tree of files: a CSV beside them that says of each file what the file itself does not."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from posixpath import join, normpath
from typing import Self

from copydesk.errors import BadInput
from copydesk.raw.encodings.decoding import Undecodable, decode
from copydesk.raw.inputs import fixed_folder, leads_out
from copydesk.sources import Source
from copydesk.sources.record import Row
from copydesk.storage import Storage

MAX_BYTES = 64 << 20  # every task that reads a file of the tree holds its manifest


@dataclass(frozen=True, slots=True)
class Manifest:
    """Rows by the file they are about, its path counted from the folder of the manifest."""

    folder: str
    rows: Mapping[str, Row]

    @classmethod
    def load(cls, storage: Storage, path: str, source: Source) -> Self | None:
        """The manifest that `source` names for its file at `path`; None where it names none."""
        if not source.record.manifest:
            return None
        folder = fixed_folder(source.raw, path)
        found = join(folder, source.record.manifest)
        size = storage.size(found)
        if size is None:
            raise BadInput(f"{storage.uri_of(found)}: no such manifest; {source.name}.toml names it as manifest under [record]")
        if leads_out(storage, found):
            raise BadInput(
                f"{storage.uri_of(found)}: the manifest is a link that leads out of the raw root; store it below the root"
            )
        if size > MAX_BYTES:
            raise BadInput(f"{storage.uri_of(found)}: {size} bytes, more than the {MAX_BYTES} a manifest may have; cut it in two")
        return cls(folder, _load(storage.uri, found, size, source.record.manifest_file))

    def row(self, path: str, member: str | None) -> Row:
        """What is said of a file, or of a member of an archive by its name there; nothing of one that is not named."""
        return self.rows.get(normpath(member or path.removeprefix(f"{self.folder}/")), {})


@lru_cache(maxsize=2)
def _load(root: str, path: str, _size: int, column: str) -> Mapping[str, Row]:
    """The rows of a manifest, read once for the files of a task; its size tells another version of it."""
    storage = Storage.open(root)
    where = storage.uri_of(path)
    try:
        text = decode(storage.read_bytes(path), "text/plain").text
        rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        if column not in (rows.fieldnames or ()):
            shown = ", ".join(map(repr, rows.fieldnames or ()))
            raise BadInput(f"{where}: no column {column!r}, only {shown}; [record] manifest_file names the one with the files")
        return {normpath(row[column]): row for row in rows if row[column]}
    except (Undecodable, csv.Error) as error:
        raise BadInput(f"{where}: no CSV that can be read: {error}") from None
