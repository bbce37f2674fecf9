"""The project's own sample dump as lessons: what it holds is invented, and told line by line where it matters."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from copydesk.labels.training.gold import MODES, Lesson, Row, lesson
from copydesk.raw.reading import read_path
from copydesk.records import Record
from copydesk.settings import Settings
from copydesk.sources import load

MODE_OF = {"text/html": "html", "text/plain": "text_full"}


def samples(raw: Path, expected: Path) -> Iterator[Lesson]:
    """The accepted records below `raw`, each with what `expected` says of it, by media type."""
    rows: dict[str, list[Row]] = {mode: [] for mode in MODES}
    for told in json.loads(expected.read_text("utf-8"))["records"]:
        if told["accepted"]:
            record = _record(raw, told)
            mode = MODE_OF[record.media_type]
            rows[mode].append(_row(record, told, mode))
    for mode, found in rows.items():
        if found:
            yield lesson("samples", mode, found)


def _record(raw: Path, told: Row) -> Record:
    path = raw / told["source"] / told["day"] / told["file"]
    settings = Settings(raw=str(raw), lake=str(raw.with_name("lake")), sources=str(raw.with_name("sources")))
    source = load(Path(settings.sources) / f"{told['source']}.toml")
    found = list(read_path(path, source.format, settings, source.record))[told.get("ordinal", 0)]
    if not isinstance(found, Record):
        raise ValueError(f"{path}: {found.detail}; {told['file']} says it is accepted")
    return found


def _row(record: Record, told: Row, mode: str) -> Row:
    names = ("body", "body_required", "with", "without", "captions", "authors")
    return {
        **dict.fromkeys(names),
        "id": f"{told['source']} {told['day']} {told['file']} {told.get('ordinal', 0)}",
        "url": f"https://{told['source'].replace('_', '-')}.example/",
        "crawl_date": record.crawl_date,
        "title": told["title"],
        "told": told,
        mode: record.content,
    }
