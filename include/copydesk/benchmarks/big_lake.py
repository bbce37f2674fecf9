"""A large invented lake for the pages of the UI: `python -m copydesk.benchmarks.big_lake --out DIR`.

Twenty sources over a year, each day with its runs and the same few articles, and one day of one source with a hundred thousand and
their raw records. `DIR/raw`, `DIR/lake` and `DIR/sources` are what COPYDESK_RAW, COPYDESK_LAKE and COPYDESK_SOURCES want to be.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from copydesk.benchmarks.invention import Page, invent
from copydesk.curate.days import SUMMARY
from copydesk.fields.identity import article_id, fingerprint
from copydesk.lake.cached_lines import keep_lines
from copydesk.lake.layout import STAGING, partition_path, values_of
from copydesk.lake.manifest import NAME, Manifest, Part
from copydesk.lake.parts import PartSeries, write_part
from copydesk.lake.run_lines import RunLine, line_of
from copydesk.quality.expected import Expected
from copydesk.quality.figures import FIGURES, Scale
from copydesk.quality.history import Usual
from copydesk.quality.suite import expected_of_rows, expected_of_runs
from copydesk.schema import ARTICLES, CLEAN, QUARANTINE, RUNS, SCHEMA_VERSION, SIGNATURES, Dataset
from copydesk.sources import load
from copydesk.storage import Storage

SOURCES, DAYS, LARGE_DAY = 20, 365, 100_000
LAST_DAY = date(2026, 11, 22)
FILES = 20  # of the day with articles
ROWS_AT_ONCE = 2000
FEW = 20  # articles of any other day
NO_DUMP = 0.01  # share of the days
VERDICTS = ["pass"] * 88 + ["warn"] * 8 + ["hold"] * 2 + ["released", "rejected"]
USUAL_OF = {Scale.COUNT: (800.0, 1300.0), Scale.AMOUNT: (280.0, 340.0), Scale.SHARE: (0.02, 0.06), Scale.LEVEL: (0.9, 0.95)}
DAYS_OLD = (0.0, 1.0)
SOURCE_FILE = """name = "{name}"
raw = "{name}/{{key}}/*.jsonl"
format = "jsonl"
language = "en"
start = "{start}"
[record]
id = "id"
url = "url"
content = "content"
media_type = "text/plain"
crawl_date = "crawl_date"
"""


@dataclass(frozen=True, slots=True)
class BigLake:
    """How much of it, and where."""

    out: Path
    sources: int = SOURCES
    days: int = DAYS
    articles: int = LARGE_DAY

    @property
    def names(self) -> list[str]:
        """The sources; the first one has the day with articles."""
        return [f"paper_{number:02}" for number in range(self.sources)]

    @property
    def lake(self) -> Storage:
        """Where the datasets are."""
        return Storage.open(str(self.out / "lake"))

    def keys(self) -> list[str]:
        """The dump days, the last of which has the articles."""
        return [(LAST_DAY - timedelta(days=back)).isoformat() for back in reversed(range(self.days))]

    def write(self) -> None:
        """All of it; the same arguments give the same rows."""
        (self.out / "sources").mkdir(parents=True, exist_ok=True)
        for number, name in enumerate(self.names):
            text = SOURCE_FILE.format(name=name, start=self.keys()[0])
            (self.out / "sources" / f"{name}.toml").write_text(text, "utf-8")
            self._write_year(name, Random(number))  # noqa: S311 - invented numbers, no secret
        self._write_articles(self.names[0], self.keys()[-1])

    def _write_year(self, name: str, random: Random) -> None:
        expected = _expected(self.out / "sources" / f"{name}.toml")
        parts = [(dataset, self._few(dataset, name)) for dataset in (CLEAN, QUARANTINE)]
        lines: list[RunLine] = []
        for key in self.keys():
            if random.random() < NO_DUMP:
                continue
            for row in _runs(name, key, random, expected):
                lines += _write_run(self.lake, {"source": name, "dump": key}, row)
            for dataset, part in parts:
                self._publish(dataset, {"source": name, "dump": key}, part)
        keep_lines(self.lake, lines)  # as each run does with its own

    def _few(self, dataset: Dataset, name: str) -> Part:
        """A file of a few rows, for every day of a source."""
        midnight = datetime.combine(LAST_DAY, time(), UTC)
        pages = list(invent(range(FEW), FEW, 1, midnight, timedelta(days=1)))
        rows = [_row(name, page, b"", path=Path(name), ordinal=n, offset=0) for n, page in enumerate(pages)]
        if dataset is QUARANTINE:
            known = set(QUARANTINE.schema.names)
            refused = {"stage": "validate", "reasons": ["between:word_count"], "detail": "word_count is 4"}
            rows = [{column: value for column, value in row.items() if column in known} | refused for row in rows]
        return write_part(self.lake, f"{STAGING}/few/{name}", dataset, pa.Table.from_pylist(rows, dataset.schema))

    def _publish(self, dataset: Dataset, values: dict[str, str], part: Part) -> None:
        """As a publication does, without waiting for the disk each time."""
        folder = Path(self.lake.full(partition_path(dataset, {**values})))
        folder.mkdir(parents=True, exist_ok=True)
        (folder / part.name).hardlink_to(self.lake.full(f"{STAGING}/few/{values['source']}/{part.name}"))
        (folder / NAME).write_bytes(Manifest(dataset.name, {**values}, SCHEMA_VERSION, (part,)).to_json())

    def _write_articles(self, name: str, key: str) -> None:
        """The large day, as it was ingested and as curation leaves it, each article seen once."""
        once = {"source": name, "version": 1, "first_seen_dump": key, "last_seen_dump": key, "copies": []}
        partitions: list[tuple[Dataset, dict[str, str | date | None]]] = [
            (CLEAN, {"source": name, "dump": key}),
            (ARTICLES, {"published_date": key}),
            (SIGNATURES, {"published_month": key[:7]}),
        ]
        with ExitStack() as stack:
            opened = [PartSeries(self.lake, partition_path(*partition), partition[0]) for partition in partitions]
            series = [stack.enter_context(one) for one in opened]
            for rows in self._batches(name, key):
                known = [once | {"story_id": row["article_id"]} | row for row in rows]
                for one, (dataset, _) in zip(series, partitions, strict=True):
                    one.add(pa.Table.from_pylist(known, dataset.schema))
            for one, (dataset, values) in zip(series, partitions, strict=True):
                manifest = Manifest(
                    dataset.name, values_of(dataset, values), SCHEMA_VERSION, tuple(one.finish()), {SUMMARY: [key]}
                )
                self.lake.write_bytes(f"{partition_path(dataset, values)}/{NAME}", manifest.to_json())

    def _batches(self, name: str, key: str) -> Iterator[list[dict[str, Any]]]:
        """The articles, each while its raw record is written."""
        folder = self.out / "raw" / name / key
        folder.mkdir(parents=True, exist_ok=True)
        midnight = datetime.combine(date.fromisoformat(key), time(), UTC)
        for file in range(FILES):
            numbers = range(file * self.articles // FILES, (file + 1) * self.articles // FILES)
            path = folder / f"part-{file:04}.jsonl"
            pages = invent(numbers, max(self.articles, 1), 0, midnight, timedelta(days=1))
            with path.open("wb") as stream:
                rows: list[dict[str, Any]] = []
                for ordinal, page in enumerate(pages):
                    record = _record(ordinal, page)
                    rows.append(_row(name, page, record, path=path, ordinal=ordinal, offset=stream.tell()))
                    stream.write(record + b"\n")
            for first in range(0, len(rows), ROWS_AT_ONCE):
                yield rows[first : first + ROWS_AT_ONCE]


def _expected(file: Path) -> list[Expected]:
    """As many as of a source with a history."""
    source = load(file)
    usual = {figure.name: Usual(0.0, 1.0, None, 2.0, source.quality.history_runs) for figure in FIGURES}
    return [*expected_of_rows(source, None), *expected_of_runs(source, usual)]


def _runs(name: str, key: str, random: Random, expected: list[Expected]) -> Iterator[dict[str, Any]]:
    """The run of a day as `runs` has it, and behind a held one what was decided on it."""
    verdict = random.choice(VERDICTS)
    judged = "hold" if verdict in ("released", "rejected") else verdict
    began = datetime.combine(date.fromisoformat(key), time(), UTC) + timedelta(days=1, minutes=random.randrange(90))
    row = _counts(name, key, random) | {
        "run_id": f"scheduled__{began.isoformat()}",
        "kind": "ingest",
        "started_at": began,
        "finished_at": began + timedelta(minutes=4),
        "verdict": judged,
        "verdict_reasons": [] if judged == "pass" else [f"critical: usual:median_words: invented for {judged}"],
        "expectations": [one.outcome(0, None) for one in expected],
        "figures": [_figure(figure.name, figure.scale, random) for figure in FIGURES],
    }
    yield row
    if verdict != judged:
        decided = {"verdict": verdict, "decided_by": "ada", "decision_reason": "looked at ten articles"}
        yield row | decided | {"finished_at": began + timedelta(hours=9)}


def _counts(name: str, key: str, random: Random) -> dict[str, Any]:
    files = [_file(f"/raw/{name}/{key}/part-{n:04}.jsonl", random) for n in range(5)]
    accepted, rejected = (sum(file[what] for file in files) for what in ("accepted", "rejected"))
    return {
        "records_seen": accepted + rejected,
        "records_accepted": accepted,
        "records_rejected": rejected,
        "rejected_by_reason": [{"stage": "validate", "reason": "between:word_count", "records": rejected}],
        "blocks_removed": accepted * 22,
        "inputs": files,
        "touched_months": [key[:7]],
        "timings": [{"stage": stage, "seconds": round(random.uniform(5, 40), 3)} for stage in ("segment", "clean")],
        "versions": [{"part": "schema", "version": str(SCHEMA_VERSION)}],
    }


def _file(uri: str, random: Random) -> dict[str, Any]:
    accepted, rejected = random.randrange(180, 240), random.randrange(12)
    return {
        "uri": uri,
        "bytes": 6_000 * accepted,
        "sha256": hashlib.sha256(uri.encode()).hexdigest(),
        "records": accepted + rejected,
        "accepted": accepted,
        "rejected": rejected,
        "rejected_by_reason": [{"stage": "validate", "reason": "between:word_count", "records": rejected}],
        "skipped": [],
        "complete": True,
    }


def _figure(name: str, scale: Scale, random: Random) -> dict[str, Any]:
    low, high = USUAL_OF.get(scale, DAYS_OLD)
    width = high - low
    value = random.uniform(low - 0.1 * width, high + 0.1 * width)
    return {
        "figure": name,
        "value": max(0.0, value),
        "usual_low": low,
        "usual_high": high,
        "at_least": None,
        "at_most": high + 2 * width,
    }


def _write_run(lake: Storage, values: dict[str, str], row: dict[str, Any]) -> Iterator[RunLine]:
    """As `append_run` does, without reading it back: thousands of them are wanted soon. Gives it in short."""
    folder = partition_path(RUNS, {**values})
    Path(lake.full(folder)).mkdir(parents=True, exist_ok=True)
    mark = hashlib.sha256(f"{values} {row['verdict']}".encode()).hexdigest()[:32]
    path = f"{folder}/run-{row['started_at']:%Y%m%dT%H%M%S}-{mark}.parquet"
    table = pa.Table.from_pylist([row], RUNS.schema)
    pq.write_table(table, lake.full(path), compression="zstd")
    if line := line_of(path, table):
        yield line


def _record(ordinal: int, page: Page) -> bytes:
    crawled_at = (page.published_at + timedelta(hours=6)).isoformat()
    return json.dumps({"id": str(ordinal), "url": page.url, "crawl_date": crawled_at, "content": page.text}).encode()


def _row(name: str, page: Page, record: bytes, *, path: Path, ordinal: int, offset: int) -> dict[str, Any]:
    body = "\n\n".join(page.paragraphs)
    return {
        "article_id": article_id(name, page.url, None, None, None),
        "url": page.url,
        "canonical_url": page.url,
        "title": page.title,
        "body": body,
        "paragraphs": page.paragraphs,
        "authors": [],
        "language": "en",
        "published_at": page.published_at,
        "published_precision": "minute",
        "word_count": len(body.split()),
        "page_type": "article",
        "label_confidence": 0.95,
        "fingerprint": fingerprint(page.title, body),
        "origin_uri": str(path.absolute()),
        "origin_ordinal": ordinal,
        "origin_offset": offset,
        "origin_sha256": hashlib.sha256(record).hexdigest(),
    }


def main(arguments: list[str] | None = None) -> int:
    """Write the lake and say how to look at it."""
    parser = argparse.ArgumentParser(prog="python -m copydesk.benchmarks.big_lake", description=(__doc__ or "").split(":")[0])
    parser.add_argument("--out", type=Path, required=True, help="folder to write into")
    parser.add_argument("--sources", type=int, default=SOURCES, help=f"how many ({SOURCES})")
    parser.add_argument("--days", type=int, default=DAYS, help=f"how many ({DAYS})")
    parser.add_argument("--articles", type=int, default=LARGE_DAY, help=f"of the one day that has them ({LARGE_DAY:,})")
    given = parser.parse_args(arguments)
    lake = BigLake(given.out.absolute(), given.sources, given.days, given.articles)
    lake.write()
    out = lake.out
    sys.stdout.write(f"COPYDESK_RAW={out / 'raw'} COPYDESK_LAKE={out / 'lake'} COPYDESK_SOURCES={out / 'sources'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
