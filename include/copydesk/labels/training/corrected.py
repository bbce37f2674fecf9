"""Documents of which people corrected blocks, as lessons: read again from their raw records, told of those blocks alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from copydesk.blocks.segment import segment
from copydesk.dumps import kind_of
from copydesk.errors import BadInput
from copydesk.labels.corrections import Correction, every_correction, standing
from copydesk.labels.training.gold import MAX_DEPTH, Lesson, Row, lesson
from copydesk.labels.training.samples import MODE_OF
from copydesk.records import Origin, Record
from copydesk.run import Run
from copydesk.settings import Settings
from copydesk.sources import find
from copydesk.steps.origins import record_at
from copydesk.storage import Storage

Document = tuple[str, str, Origin]  # source, dump, and where its raw bytes are
Say = Callable[[str], None]


def corrected(settings: Settings, say: Say) -> Iterator[Lesson]:
    """The documents of all corrections that stand in the lake, by media type; `say` is told which cannot be learned from."""
    documents: dict[Document, list[Correction]] = {}
    for one in standing(every_correction(Storage.open(settings.lake))).values():
        documents.setdefault((one.source, one.dump, one.origin), []).append(one)
    rows: dict[str, list[Row]] = {}
    for document, corrections in documents.items():
        record = _record(settings, document, say)
        told = _told(record, corrections, say) if record else {}
        if record and told:
            mode = MODE_OF[record.media_type]
            rows.setdefault(mode, []).append(_row(record, document, told, mode))
    for mode, found in sorted(rows.items()):
        yield lesson("corrections", mode, found)


def _record(settings: Settings, document: Document, say: Say) -> Record | None:
    """The raw record, if it is there still."""
    source, dump, origin = document
    try:
        found = record_at(Run(find(source, settings.sources), dump, "learn", settings, kind_of(dump)), origin)
    except BadInput as error:
        say(f"{source} {dump}: its corrections are left out: {error}")
        return None
    if not isinstance(found, Record):
        say(f"{origin.uri}: record {origin.ordinal} is not there any more; its corrections are left out")
        return None
    return found


def _told(record: Record, corrections: Iterable[Correction], say: Say) -> dict[int, str]:
    """The right label of each block by its place, of those that are still there with the same text."""
    blocks = segment([record], MAX_DEPTH).blocks
    texts = dict(zip(blocks["ordinal"].to_pylist(), blocks["text"].to_pylist(), strict=True))
    told = {}
    for one in corrections:
        if texts.get(one.ordinal) == one.text and one.label:
            told[one.ordinal] = one.label
        else:
            say(f"{one.origin.uri}: block {one.ordinal} of record {one.origin.ordinal} is cut otherwise by now; left out")
    return told


def _row(record: Record, document: Document, told: dict[int, str], mode: str) -> Row:
    source, dump, origin = document
    names = ("body", "body_required", "title", "with", "without", "captions", "authors")
    return {
        **dict.fromkeys(names),
        "id": f"{source} {dump} {origin.uri} {origin.member} {origin.offset}",
        "url": record.url or f"https://{source.replace('_', '-')}.invalid/",
        "crawl_date": record.crawl_date,
        "corrected": told,
        mode: record.content,
    }
