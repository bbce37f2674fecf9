"""The Data Docs of a partition, as pages to choose from; nothing else of the lake can be asked for by this way."""

from __future__ import annotations

from copydesk.quality.docs_folder import docs_folder
from copydesk.storage import Storage

LAST = "index.html"


def docs_pages(storage: Storage, source: str, dump: str) -> list[str]:
    """The names of the pages: that of the last judgement, then all that are kept, newest first."""
    files = storage.files(docs_folder({"source": source, "dump": dump}), recursive=False)
    names = [file.path.rpartition("/")[2] for file in files]
    return sorted((name for name in names if name.endswith(".html")), key=lambda name: (name == LAST, name), reverse=True)


def read_docs(storage: Storage, source: str, dump: str, name: str) -> bytes | None:
    """A page that is there by this very name; None where none is."""
    if name not in docs_pages(storage, source, dump):
        return None
    return storage.read_bytes(f"{docs_folder({'source': source, 'dump': dump})}/{name}")
