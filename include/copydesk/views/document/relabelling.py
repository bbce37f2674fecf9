"""A record read again from its raw bytes, and labelled among the lines of its dump as the pipeline does."""

from __future__ import annotations

import resource
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from copydesk.blocks.segment import segment
from copydesk.labels.explanation import explained
from copydesk.labels.labelling import label
from copydesk.labels.learned_file import load_learned
from copydesk.labels.read_lines import with_read_lines
from copydesk.labels.repetition import Counts, counts_of
from copydesk.processes.limits import bound_memory
from copydesk.raw.encodings.decoding import Undecodable, decode
from copydesk.records import Origin, Record, Reject
from copydesk.steps import working
from copydesk.steps.origins import bytes_before, record_at
from copydesk.steps.publishing import repetition_path
from copydesk.storage import Storage
from copydesk.views.document.raw_record import RawRecord
from copydesk.workdir import Workdir

if TYPE_CHECKING:
    from copydesk.run import Run

HEAD_CHARACTERS = 60_000  # shown of a raw record
MOST_BLOCKS = 1_500  # shown of a document
# What is read, cut and labelled in a fraction of a second.
HURRIED_WAY, HURRIED_BYTES, HURRIED_BLOCKS = 24 << 20, 2 << 20, 1_500
FAR = "The record stands far inside a compressed file, which has to be read up to there."
GONE = "The raw file is not there any more, or holds other bytes in this place."

STATM, DATA = Path("/proc/self/statm"), 5  # what the memory's bound is on, in pages
FIRST_BYTES = 1 << 20


def prepare() -> None:
    """Read what every document needs, before any document's time runs; where Arrow has an allocator of its own, that reserves a gigabyte, too."""
    working.prepare()
    pa.allocate_buffer(FIRST_BYTES)


def read_again(run: Run, origin: Origin, *, is_patient: bool) -> RawRecord:
    """What stands in the record at `origin`; in a hurry nothing of one that is large or far inside its file."""
    bound_memory(_held_bytes() + run.settings.max_reader_bytes)
    if not is_patient and bytes_before(run, origin) > HURRIED_WAY:
        return RawRecord(FAR, is_hurried=True)
    found = record_at(run, origin)
    if found is None:
        return RawRecord(GONE)
    if isinstance(found, Reject):
        return RawRecord(f"It cannot be read as a record: {found.detail}.")
    text = _text(found)
    shown = RawRecord(head=text[:HEAD_CHARACTERS], characters=len(text), media_type=found.media_type)
    if not is_patient and len(found.content) > HURRIED_BYTES:
        return replace(shown, trouble=f"The record is large ({len(found.content):,} bytes).", is_hurried=True)
    return _labelled(run, found, shown, is_patient=is_patient)


def _held_bytes() -> int:
    """What this process has reserved by now, where the system tells."""
    return int(STATM.read_text().split()[DATA]) * resource.getpagesize() if STATM.exists() else 0


def _text(record: Record) -> str:
    """The record as text, whatever it is."""
    try:
        return decode(record.content, record.media_type, record.charset).text
    except Undecodable:
        content = record.content
        return content if isinstance(content, str) else content.decode("utf-8", "backslashreplace")


def _labelled(run: Run, record: Record, shown: RawRecord, *, is_patient: bool) -> RawRecord:
    part = segment([record], run.settings.max_html_depth, run.source.name, run.key)
    for reject in part.rejects.values():
        return replace(shown, trouble=f"It cannot be cut into blocks: {reject.detail}.")
    count = part.blocks.num_rows
    if not is_patient and count > HURRIED_BLOCKS:
        return replace(shown, trouble=f"The record has {count:,} blocks.", is_hurried=True)
    labelled = label(part.documents, part.blocks, _counts_of_dump(run) or counts_of([part]), favor=run.source.favor)
    table = explained(part.blocks, labelled)
    for name in ("href", "tag"):
        table = table.append_column(name, part.blocks[name])
    table = with_read_lines(table, part.documents).slice(0, MOST_BLOCKS)
    (document,) = part.documents.select(["claims", "notes"]).to_pylist()
    return replace(
        shown,
        notes=tuple(document["notes"]),
        blocks=table.to_pylist(),
        block_count=count,
        claims=document["claims"],
        labeller=load_learned().version,
    )


def _counts_of_dump(run: Run) -> Counts | None:
    """How often lines stand in the dump, as it was counted for the run; None where it was not kept."""
    path = repetition_path(run)
    size = run.lake.size(path)
    return None if size is None else _counts(run.lake.uri, path, size)


@lru_cache(1)
def _counts(lake: str, path: str, _size: int) -> Counts:
    folder, _, name = path.rpartition("/")
    return Counts.of(Workdir(Storage.open(lake), folder).read_tables(name))
