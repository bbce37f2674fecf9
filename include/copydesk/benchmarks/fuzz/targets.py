"""What must hold for any bytes whatever: one check a reader, and one for each kind of content that is extracted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from copydesk.blocks.segment import segment
from copydesk.extraction import MAX_HTML_DEPTH, extract_records
from copydesk.labels.explanation import explained
from copydesk.labels.labelling import label
from copydesk.labels.repetition import counts_of
from copydesk.raw.reading import READERS, read_path
from copydesk.records import Origin, Record, Reject
from copydesk.settings import Settings

Check = Callable[[bytes], None]
# Small limits, so that a few kilobytes reach them.
LIMITS = Settings(raw="raw", lake="lake", sources="sources", max_record_bytes=1 << 14, max_expansion=50)
READS = "read-"
PART = b"\n\x1e\n"  # between the documents of an input to extraction
MOST_DOCUMENTS = 8
KINDS = {"extract-html": "text/html", "extract-text": "text/plain"}


def targets() -> dict[str, Check]:
    """The checks by name."""
    readers: dict[str, Check] = {READS + name: partial(check_reader, name) for name in READERS}
    contents: dict[str, Check] = {name: partial(check_extraction, kind) for name, kind in KINDS.items()}
    return readers | contents


def check_reader(format: str, data: bytes) -> None:
    """Every record has content within the limit, and the account counts what was read; AssertionError where it does not."""
    with NamedTemporaryFile(suffix=".raw") as file:
        file.write(data)
        file.flush()
        reading = read_path(Path(file.name), format, LIMITS)
        items = list(reading)
    account = reading.account()
    accepted = [item for item in items if isinstance(item, Record)]
    _demand(all(len(item.content) <= LIMITS.max_record_bytes for item in accepted), "a record is over its limit")
    _demand(all(item.content for item in accepted), "a record is empty")
    _demand(account["records"] == len(items), "records seen are not those that were given")
    _demand(account["rejected"] == len(items) - len(accepted), "records seen are not accepted and rejected ones")
    _demand(account["bytes"] == len(data), "the file was not read to its end")


def check_extraction(media_type: str, data: bytes) -> None:
    """One row a document, with a body or a reason; what is kept is the body. AssertionError where it is not."""
    contents = documents_in(data)
    records: list[Record | Reject] = [
        Record(content, media_type, Origin("fuzz", ordinal=n), str(n)) for n, content in enumerate(contents)
    ]
    rows = extract_records(records).to_pylist()
    _demand([row["id"] for row in rows] == [str(n) for n in range(len(contents))], "a document has no row of its own")
    part = segment(records, MAX_HTML_DEPTH)
    blocks = explained(part.blocks, label(part.documents, part.blocks, counts_of([part]))).to_pylist()
    places = (n for n in range(len(contents)) if n not in part.rejects)
    found: dict[int, list[dict[str, Any]]] = {place: [] for place in places}
    owners = list(found)
    for owner, block in zip(part.blocks["document"].to_pylist(), blocks, strict=True):
        found[owners[owner]].append(block)
    for n, row in enumerate(rows):
        _demand((row["body"] is None) == (row["reject_reason"] is not None), "a row has neither body nor reason, or both")
        own = found.get(n, [])
        _demand([block["ordinal"] for block in own] == list(range(len(own))), "a block is missing")
        _demand(row["paragraphs"] in (None, [block["text"] for block in own if block["kept"]]), "the body is not what is kept")


def documents_in(data: bytes) -> list[bytes]:
    """The documents of an input: as one batch they take little more time than one of them alone."""
    return data.split(PART, MOST_DOCUMENTS - 1)


def mutate_each(mutate: Callable[[bytes, int], bytes], data: bytes, longest: int) -> bytes:
    """An input of as many documents as may be, each of them another one than before."""
    contents = documents_in(data)
    every = [contents[n % len(contents)] for n in range(MOST_DOCUMENTS)]
    longest_each = longest // MOST_DOCUMENTS - len(PART)
    return PART.join(mutate(content[:longest_each], longest_each) for content in every)


def _demand(holds: bool, complaint: str) -> None:
    if not holds:
        raise AssertionError(complaint)
