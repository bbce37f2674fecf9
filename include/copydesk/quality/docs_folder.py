"""Where the Data Docs of a partition lie: the last page as `index.html`, and those of the last few runs beside it."""

from __future__ import annotations

from datetime import UTC, datetime

from copydesk.lake.layout import Given, partition_path
from copydesk.schema import CLEAN
from copydesk.storage import Storage

KEPT_PAGES = 10
DOCS = "data_docs"
NAME = "judged-%Y%m%dT%H%M%S.html"


def keep_docs(storage: Storage, values: Given, page: bytes, judged: datetime) -> None:
    """Put the page of a judgement there, and away with those of all but the last ones."""
    folder = docs_folder(values)
    storage.write_bytes(f"{folder}/{judged.astimezone(UTC):{NAME}}", page)
    storage.write_bytes(f"{folder}/index.html", page)
    pages = [file.path for file in storage.files(folder, recursive=False) if "/judged-" in file.path]
    for path in sorted(pages)[:-KEPT_PAGES]:
        storage.delete_file(path)


def docs_folder(values: Given) -> str:
    """The folder of a partition's pages."""
    return partition_path(CLEAN, values).replace(CLEAN.name, DOCS, 1)
