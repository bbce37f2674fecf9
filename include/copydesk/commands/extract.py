"""`copydesk extract`: raw files in, articles out, without a lake."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.commands.environment import WrongCall, local, reading_settings
from copydesk.commands.output import replacing, writer_of
from copydesk.commands.sources import named_source
from copydesk.commands.terminal import Report, printable, progress, remark, say
from copydesk.favor import Favor
from copydesk.raw.mapping import GIVEN, in_words
from copydesk.records import Record, Reject
from copydesk.settings import Settings
from copydesk.sources import Source

if TYPE_CHECKING:
    import pyarrow as pa

BESIDE = ("url", "crawl_date")  # fields of a record that stand beside what is given of its article


@dataclass(slots=True)
class Seen:
    """What is told of the records that were read."""

    records: int = 0
    filled: set[str] = field(default_factory=set)  # columns that any of them states
    details: dict[str, str] = field(default_factory=dict)  # of the first that was rejected on reading, by reason


def extract(paths: list[str], source_name: str | None, output: Path, favor: Favor | None = None) -> int:
    """Write one row per record of `paths` to `output`; 1 where not one of them is an article."""
    write = writer_of(output, {".parquet": _write_parquet, ".jsonl": _write_jsonl})
    source = named_source(source_name) if source_name else None
    files = list(_files(paths))
    settings = reading_settings()
    from copydesk.extraction import extract_records

    with progress() as report:
        seen = Seen()
        records = _noting(_records(files, source, settings, report), seen)
        table = extract_records(records, source, settings.batch_records, max_html_depth=settings.max_html_depth, favor=favor)
    write(table, output)
    reasons = Counter(reason for reason in table["reject_reason"].to_pylist() if reason)
    accepted = table.num_rows - reasons.total()
    say(f"{output}: articles {accepted}, rejected {reasons.total()}")
    for reason, count in sorted(reasons.items()):
        such_as = f", such as {printable(seen.details[reason])}" if reason in seen.details else ""
        remark(f"rejected: {reason}: {count}{such_as}")
    for told in _unfilled(source, seen) if source and seen.records else ():
        remark(told)
    return 0 if accepted else 1


def _files(paths: Iterable[str]) -> Iterator[Path]:
    """Each path, or the files below it by name; a path that leads nowhere is the caller's mistake."""
    for path in map(local, paths):
        if path.is_file():
            yield path
        elif path.is_dir():
            yield from filter(partial(_stays_in, path), sorted(path.rglob("*")))
        else:
            raise WrongCall(f"{path}: no such file or folder")


def _stays_in(folder: Path, file: Path) -> bool:
    """Whether a path is a file that is neither hidden nor a link to somewhere else."""
    if not file.is_file() or file.name.startswith("."):
        return False
    is_inside = file.resolve().is_relative_to(folder.resolve())
    if not is_inside:
        remark(f"{printable(str(file))}: a link that leads out of {folder}, not read; name what it leads to")
    return is_inside


def _records(files: list[Path], source: Source | None, settings: Settings, report: Report) -> Iterator[Record | Reject]:
    from copydesk.raw.reading import DEFAULT_FIELDS, read_path

    format_, fields = (source.format, source.record) if source else (None, DEFAULT_FIELDS)
    for done, file in enumerate(files):
        report("files read", done, len(files))
        yield from read_path(file, format_, settings, fields)
    report("files read", len(files), len(files))


def _noting(records: Iterable[Record | Reject], seen: Seen) -> Iterator[Record | Reject]:
    """The same, noting what is seen of them."""
    for record in records:
        if isinstance(record, Reject):
            seen.details.setdefault(record.reason, f"{record.origin.uri}: {record.detail}")
        else:
            seen.records += 1
            seen.filled.update(record.given, *([name] for name in BESIDE if getattr(record, name)))
        yield record


def _unfilled(source: Source, seen: Seen) -> Iterator[str]:
    """A line for each field that the source names and no record fills: a name may be misspelt."""
    for column in (*GIVEN, *BESIDE):
        if column in source.record.model_fields_set and column not in seen.filled:
            yield f"{column}: nothing stands in field {in_words(getattr(source.record, column))} of any record"


def _write_parquet(table: pa.Table, output: Path) -> None:
    import pyarrow.parquet as pq

    with replacing(output) as scratch:
        pq.write_table(table, scratch, compression="zstd")


def _write_jsonl(table: pa.Table, output: Path) -> None:
    with replacing(output) as scratch, scratch.open("w", encoding="utf-8") as lines:
        for batch in table.to_batches(max_chunksize=1000):
            lines.writelines(json.dumps(row, ensure_ascii=False, default=_iso) + "\n" for row in batch.to_pylist())


def _iso(value: datetime) -> str:
    return value.isoformat()
