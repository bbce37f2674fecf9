"""Small parts become large ones: a reader must open each file, and on object storage ask for it, however little it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

import pyarrow as pa
import pyarrow.parquet as pq

from copydesk.lake.manifest import Part
from copydesk.lake.parts import PartSeries
from copydesk.schema import Dataset
from copydesk.storage import Storage

SMALL_BYTES = 16 << 20  # beside the reading of a larger one its opening is nothing

Placed = tuple[str, Part]  # a part, and where it lies


def merged(storage: Storage, folder: str, dataset: Dataset, parts: Iterable[Placed]) -> list[Placed]:
    """The same rows in as many parts as they need: small ones that follow each other are written together into `folder`.

    A part of another version of the schema stays as it is: to merge it might lose what this version does not know.
    """
    runs = groupby((one for one in parts if one[1].rows), lambda one: _is_small(storage, dataset, *one))
    return [each for is_small, run in runs for each in (_together(storage, folder, dataset, list(run)) if is_small else run)]


def _is_small(storage: Storage, dataset: Dataset, path: str, part: Part) -> bool:
    if part.bytes >= SMALL_BYTES:
        return False
    with storage.open_random(path) as stream, pq.ParquetFile(stream) as file:
        return bool(file.schema_arrow.equals(dataset.schema))


def _together(storage: Storage, folder: str, dataset: Dataset, parts: list[Placed]) -> list[Placed]:
    if len(parts) == 1:
        return parts
    with PartSeries(storage, folder, dataset) as series:
        for path, _ in parts:
            for rows in _row_groups(storage, path):
                series.add(rows)
        written = series.finish()
    if sum(part.rows for part in written) != sum(part.rows for _, part in parts):
        raise OSError(f"{storage.uri_of(folder)}: merged into another number of rows; check the disk and run the step again")
    return [(f"{folder}/{part.name}", part) for part in written]


def _row_groups(storage: Storage, path: str) -> Iterator[pa.Table]:
    with storage.open_random(path) as stream, pq.ParquetFile(stream) as file:
        for number in range(file.num_row_groups):
            yield file.read_row_group(number)
