"""A manifest as a file of the dump: what it names and what is not there."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import join

from copydesk.raw.compression.stream import Decompressed
from copydesk.raw.context import Context
from copydesk.raw.manifest import Manifest
from copydesk.raw.mapping import field_text
from copydesk.records import Reason, Reject, Skipped
from copydesk.storage import Storage

ARCHIVES = (".zip", ".tar", ".tgz", ".tar.gz", ".tar.zst", ".tar.bz2", ".tar.xz")


def read_manifest(manifest: Manifest, storage: Storage, stream: Decompressed, context: Context) -> Iterator[Reject | Skipped]:
    """A reject for each row whose file is not there; none where an archive is, which may hold it."""
    stream.skip_rest()
    there = {file.path for file in storage.files(manifest.folder)}
    has_archive = any(path.lower().endswith(ARCHIVES) for path in there)
    number = 0
    for name, row in manifest.rows.items():
        if has_archive or join(manifest.folder, name) in there:
            yield Skipped("row of a manifest")
            continue
        detail = f"no file {name!r}, which the manifest names in column {context.fields.manifest_file!r}"
        yield context.reject(Reason.MISSING_CONTENT, detail, context.origin(None, number), field_text(row, context.fields.url))
        number += 1
