"""Read datasets: the partitions a question needs, the files their manifests name, the types an analyst expects."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import and_
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as pads

from copydesk.errors import BadInput
from copydesk.lake.layout import Values, partition_folders
from copydesk.lake.manifest import load_many
from copydesk.schema import DATASETS, Dataset
from copydesk.settings import PREFIX
from copydesk.storage import Storage, is_gone

TRIES = 10  # a partition may be replaced between its manifest and its files; then the new manifest is there already

Day = date | str


@dataclass(frozen=True, slots=True)
class Question:
    """Which rows and columns of a dataset, checked; None means all."""

    dataset: Dataset
    start: date | None
    end: date | None
    sources: tuple[str, ...] | None
    columns: tuple[str, ...]

    @classmethod
    def ask(
        cls,
        dataset: str,
        start: Day | None = None,
        end: Day | None = None,
        sources: Sequence[str] | None = None,
        columns: Sequence[str] | None = None,
    ) -> Question:
        """The question as the caller put it; BadInput where it makes no sense."""
        if dataset not in DATASETS:
            raise BadInput(f"no dataset {dataset!r}; there are {', '.join(sorted(DATASETS))}")
        known = DATASETS[dataset]
        first, last = _day("start", start), _day("end", end)
        if first and last and first > last:
            raise BadInput(f"start {first} is after end {last}; both days are included, so give the earlier as start")
        wanted = (sources,) if isinstance(sources, str) else sources
        return cls(known, first, last, None if wanted is None else tuple(wanted), _columns(known, columns))

    def wants(self, values: Values) -> bool:
        """Whether a partition may hold rows that were asked for."""
        if self.sources is not None and "source" in values and values["source"] not in self.sources:
            return False
        day = values["published_date"] if "published_date" in values else values["dump"]
        return self._in_range(day)

    def _in_range(self, day: str | None) -> bool:
        """What has no day is in no range of days."""
        if self.start is None and self.end is None:
            return True
        if day is None or not re.match(r"\d{4}-\d\d-\d\d", day):
            return False
        return (self.start is None or self.start.isoformat() <= day[:10]) and (
            self.end is None or day[:10] <= self.end.isoformat()
        )

    @property
    def filter(self) -> pc.Expression | None:
        """What partitions cannot answer."""
        if self.sources is None or "source" in self.dataset.partition_schema.names:
            return None
        return pc.field("source").cast(pa.string()).isin(pa.array(self.sources, pa.string()))


def read(  # noqa: PLR0917 (the documented call)
    dataset: str = "articles",
    start: Day | None = None,
    end: Day | None = None,
    sources: Sequence[str] | None = None,
    columns: Sequence[str] | None = None,
    root: str | Path | None = None,
) -> pa.Table:
    """Rows of a dataset, its partition columns last; a partition that is replaced meanwhile is read as it was or as it is.

    `start` and `end` are both included, days of publication for `articles` and dump days for the rest; a row without such a
    day is read only where neither is given. `root` is the lake, by default COPYDESK_LAKE.
    """
    return answer(_open_lake(root), Question.ask(dataset, start, end, sources, columns))


def scan(  # noqa: PLR0917 (the same as read)
    dataset: str = "articles",
    start: Day | None = None,
    end: Day | None = None,
    sources: Sequence[str] | None = None,
    columns: Sequence[str] | None = None,
    root: str | Path | None = None,
) -> pads.Scanner:
    """The same as `read`, read as it is consumed; a partition replaced meanwhile gives FileNotFoundError: scan again."""
    return _scanner(_open_lake(root), Question.ask(dataset, start, end, sources, columns))


def answer(storage: Storage, question: Question) -> pa.Table:
    """The rows that were asked for, from a lake that is open already."""
    for _ in range(TRIES - 1):
        try:
            return _table(storage, question)
        except OSError as error:
            if not is_gone(error):
                raise
    return _table(storage, question)


def _table(storage: Storage, question: Question) -> pa.Table:
    return _scanner(storage, question).to_table().unify_dictionaries()


def _open_lake(root: str | Path | None) -> Storage:
    uri = str(root) if root is not None else os.environ.get(f"{PREFIX}LAKE", "")
    if not uri:
        raise BadInput(f"no lake named; set {PREFIX}LAKE or give root=, a local path or an s3:// URI")
    storage = Storage.open(uri)
    if not storage.exists(""):
        raise BadInput(f"no lake at {storage.uri}; set {PREFIX}LAKE or give root=, the folder that holds {', '.join(DATASETS)}")
    return storage


def _scanner(storage: Storage, question: Question) -> pads.Scanner:
    files = pads.FileSystemDataset(
        list(_fragments(storage, question)),
        pa.schema([*question.dataset.schema, *question.dataset.partition_schema]),
        pads.ParquetFileFormat(),
        storage.filesystem,
    )
    return files.scanner(columns=list(question.columns), filter=question.filter)


def _fragments(storage: Storage, question: Question) -> Iterable[pads.Fragment]:
    """The files to open, each with what its path says as a fact that fills the partition columns."""
    format_ = pads.ParquetFileFormat()
    wanted = [(values, folder) for values, folder in partition_folders(storage, question.dataset) if question.wants(values)]
    names = _names(storage, question.dataset, [folder for _, folder in wanted])
    for (values, folder), files in zip(wanted, names, strict=True):
        fact = _fact(question.dataset, values)
        for name in files:
            yield format_.make_fragment(storage.full(f"{folder}/{name}"), storage.filesystem, partition_expression=fact)


def _names(storage: Storage, dataset: Dataset, folders: list[str]) -> list[list[str]]:
    """The files of each folder: those its manifest names, or all where each run adds its own."""
    if dataset.appends:
        listed = [storage.files(folder, recursive=False) for folder in folders]
        return [[Path(file.path).name for file in files if file.path.endswith(".parquet")] for files in listed]
    return [[part.name for part in manifest.parts] if manifest else [] for manifest in load_many(storage, folders)]


def _fact(dataset: Dataset, values: Values) -> pc.Expression:
    facts = []
    for field in dataset.partition_schema:
        value = values[field.name]
        column = pc.field(field.name)
        facts.append(column.is_null() if value is None else column == pa.scalar(value).cast(field.type))
    return reduce(and_, facts)


def _day(name: str, given: Day | None) -> date | None:
    if given is None or (isinstance(given, date) and not isinstance(given, datetime)):
        return given
    try:
        return given.date() if isinstance(given, datetime) else date.fromisoformat(given)
    except (ValueError, TypeError):
        raise BadInput(f"{name}={given!r} is no day; give a date or text such as '2026-11-03'") from None


def _columns(dataset: Dataset, wanted: Sequence[str] | None) -> tuple[str, ...]:
    known = (*dataset.schema.names, *dataset.partition_schema.names)
    if wanted is None:
        return known
    unknown = [name for name in wanted if name not in known]
    if isinstance(wanted, str) or unknown:
        raise BadInput(f"columns={wanted!r}: not in {dataset.name}; give a list of {', '.join(known)}")
    return tuple(wanted)
