"""What must hold for any bytes whatever: one check a reader, and one for each kind of content that is extracted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile

from copydesk.extraction import explain, extract
from copydesk.raw.reading import READERS, read_path
from copydesk.records import Record
from copydesk.settings import Settings

Check = Callable[[bytes], None]
# Small limits, so that a few kilobytes reach them.
LIMITS = Settings(raw="raw", lake="lake", sources="sources", max_record_bytes=1 << 14, max_expansion=50)
READS = "read-"
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
    """One row a record, with a body or a reason; what is kept is the body. AssertionError where it is not."""
    record = {"id": "fuzz", "content": data, "media_type": media_type, "url": None, "crawl_date": None}
    (row,) = extract([record]).to_pylist()
    blocks = explain(record).to_pylist()
    _demand((row["body"] is None) == (row["reject_reason"] is not None), "a row has neither body nor reason, or both")
    _demand([block["ordinal"] for block in blocks] == list(range(len(blocks))), "a block is missing")
    _demand(row["paragraphs"] in (None, [block["text"] for block in blocks if block["kept"]]), "the body is not what is kept")


def _demand(holds: bool, complaint: str) -> None:
    if not holds:
        raise AssertionError(complaint)
