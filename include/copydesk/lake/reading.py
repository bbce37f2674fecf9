"""Read datasets: the partitions a question needs, the files their manifests name, the types an analyst expects."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from operator import and_
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from copydesk.errors import BadInput
from copydesk.lake.evolution import explaining, warn_of_newer
from copydesk.lake.layout import Values, known_sources, parse_path, partition_folders, partition_path, source_folders
from copydesk.lake.manifest import load_many
from copydesk.lake.question import Day, Question, meant
from copydesk.lake.retrying import until_undisturbed
from copydesk.schema import DATASETS, Dataset
from copydesk.settings import PREFIX
from copydesk.sources import CURATE
from copydesk.storage import Storage

if TYPE_CHECKING:
    import pyarrow.dataset as pads  # imports pandas, a quarter of a second, which few of the processes that know a lake ever need

LAKE_FOLDERS = frozenset({*DATASETS, "data_docs"})
Report = Callable[[int, int], None]

BATCH_ROWS = 2048  # whole articles, with all their text


def read(  # noqa: PLR0917 (the documented call)
    dataset: str = "articles",
    start: Day | None = None,
    end: Day | None = None,
    sources: Iterable[str] | None = None,
    columns: Iterable[str] | None = None,
    root: str | Path | None = None,
    *,
    where: pc.Expression | None = None,
) -> pa.Table:
    """Rows of a dataset, its partition columns last; a partition that is replaced meanwhile is read as it was or as it is.

    `start` and `end` are both included, days (or months, `2026-11`) of publication for what curation writes (whole months where that
    keeps months) and of the dump for the rest; a row without such a day is read only where neither is given. `root` is the lake, by
    default COPYDESK_LAKE. `where` says which rows, as `pyarrow.compute.field("word_count") > 500`: others are passed over as files are read.

        copydesk.read(start="2026-11", sources=["lbc"], columns=["title", "published_at", "body"]).to_pandas()
    """
    return answer(*ask(dataset, start, end, sources, columns, root, where=where))


def scan(  # noqa: PLR0917 (the same as read)
    dataset: str = "articles",
    start: Day | None = None,
    end: Day | None = None,
    sources: Iterable[str] | None = None,
    columns: Iterable[str] | None = None,
    root: str | Path | None = None,
    *,
    where: pc.Expression | None = None,
) -> pads.Scanner:
    """The same as `read`, read as it is consumed; a partition replaced before it is reached gives OSError: scan again."""
    return _scanner(*ask(dataset, start, end, sources, columns, root, where=where))


def answer(storage: Storage, question: Question) -> pa.Table:
    """The rows that were asked for, from a lake that is open already."""
    return until_undisturbed(lambda: _table(storage, question))


def _table(storage: Storage, question: Question) -> pa.Table:
    with explaining(storage, question.dataset, lambda: _fragments(storage, question)):
        return _scanner(storage, question).to_table().unify_dictionaries()


def stream(storage: Storage, question: Question, report: Report | None = None) -> Iterator[pa.RecordBatch]:
    """The rows that were asked for in the order of their partitions, a bounded number at a time; OSError as `scan` gives it.

    `report` is told how many of how many files were begun.
    """
    fragments = list(_fragments(storage, question))
    columns, schema = list(question.columns), question.dataset.whole_schema
    for begun, fragment in enumerate(fragments, 1):  # in turn: read ahead of a slower consumer they would fill the memory
        if report:
            report(begun, len(fragments))
        with explaining(storage, question.dataset, lambda: [fragment]):  # noqa: B023 (called at once or never)
            yield from fragment.to_batches(
                schema, columns, filter=question.filter, batch_size=BATCH_ROWS, batch_readahead=1, fragment_readahead=1
            )


def open_lake(uri: str) -> Storage:
    """The lake at `uri`, which may be empty; BadInput where there is nothing, or something else."""
    storage = Storage.open(uri)
    advice = f"set {PREFIX}LAKE or give root=, the folder that holds {', '.join(DATASETS)}"
    if not storage.exists(""):
        raise BadInput(f"no lake at {storage.uri}; {advice}")
    folders = storage.folders()
    if not LAKE_FOLDERS.intersection(folders):
        others = [*folders, *(file.path for file in storage.files("", recursive=False))]
        visible = [name for name in others if not name.startswith(".")]
        if visible:
            raise BadInput(f"{storage.uri} is no lake: it holds {', '.join(visible[:3])}; {advice}")
    return storage


def ask(  # noqa: PLR0917 (the same as read)
    dataset: str,
    start: Day | None,
    end: Day | None,
    sources: Iterable[str] | None,
    columns: Iterable[str] | None,
    root: str | Path | None,
    *,
    where: pc.Expression | None = None,
) -> tuple[Storage, Question]:
    """The lake, and what is asked of it; BadInput where either makes no sense."""
    uri = str(root) if root is not None else os.environ.get(f"{PREFIX}LAKE", "")
    if not uri:
        raise BadInput(f"no lake named; set {PREFIX}LAKE or give root=, a local path or an s3:// URI")
    lake, question = open_lake(uri), Question.ask(dataset, start, end, sources, columns, where=where)
    _check_sources(lake, question)
    return lake, question


def _check_sources(lake: Storage, question: Question) -> None:
    """BadInput for a source that left no trace in the lake; one that published nothing has its runs."""
    if not question.sources:
        return
    known: set[str] = set()
    for dataset in sorted(DATASETS.values(), key=lambda dataset: dataset != question.dataset):
        known.update(known_sources(lake, dataset))
        if known.issuperset(question.sources):
            return
    unknown = [source for source in question.sources if source not in known]
    papers = sorted(known - {CURATE})
    if known:
        raise BadInput(f"sources={unknown!r}: not in {lake.uri}{meant(unknown[0], papers)}, which knows {', '.join(papers)}")


def _scanner(storage: Storage, question: Question) -> pads.Scanner:
    import pyarrow.dataset as pads

    files = pads.FileSystemDataset(
        list(_fragments(storage, question)),
        question.dataset.whole_schema,
        pads.ParquetFileFormat(),
        storage.filesystem,
    )
    return files.scanner(columns=list(question.columns), filter=question.filter)


def _fragments(storage: Storage, question: Question) -> Iterable[pads.Fragment]:
    """The files to open, each with what its path says as a fact that fills the partition columns."""
    import pyarrow.dataset as pads

    format_ = pads.ParquetFileFormat()
    files = _appended(storage, question) if question.dataset.appends else _named(storage, question)
    for values, path in files:
        fact = _fact(question.dataset, values)
        yield format_.make_fragment(storage.full(path), storage.filesystem, partition_expression=fact)


def _named(storage: Storage, question: Question) -> Iterator[tuple[Values, str]]:
    """The files that manifests name."""
    found = partition_folders(storage, question.dataset, question.sources)
    wanted = [(values, folder) for values, folder in found if question.wants(values)]
    manifests = load_many(storage, [folder for _, folder in wanted])
    warn_of_newer(storage, manifests)
    for (values, folder), manifest in zip(wanted, manifests, strict=True):
        for part in manifest.parts if manifest else ():
            yield values, f"{folder}/{part.name}"


def _appended(storage: Storage, question: Question) -> Iterator[tuple[Values, str]]:
    """All files where each run adds its own: on object storage a listing of many small folders is as many requests, one of all is few."""
    folders = source_folders(question.dataset, question.sources)
    if question.sources is not None and question.start is not None and question.start == question.end:
        day = question.start.isoformat()
        folders = [partition_path(question.dataset, {"source": name, "dump": day}) for name in question.sources]
    for folder in folders:
        for file in storage.files(folder):
            values = parse_path(question.dataset, str(PurePosixPath(file.path).parent))
            if values is not None and file.path.endswith(".parquet") and question.wants(values):
                yield values, file.path


def _fact(dataset: Dataset, values: Values) -> pc.Expression:
    facts = []
    for field in dataset.partition_schema:
        value = values[field.name]
        column = pc.field(field.name)
        facts.append(column.is_null() if value is None else column == pa.scalar(value).cast(field.type))
    return reduce(and_, facts)
