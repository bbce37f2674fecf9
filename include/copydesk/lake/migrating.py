"""Partitions of older schema versions, written anew as this version has them: `copydesk migrate`.

A column that only came later is null, which any reader of the lake may assume without this; after it, readers that take their columns from
the first file they meet see all of them. A change that old values do not fit (a column renamed, split, of another type) stands in `CHANGES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pyarrow as pa

from copydesk.errors import BadInput
from copydesk.filesystems.bucket import is_gone
from copydesk.lake.layout import partition_path
from copydesk.lake.manifest import Manifest, load, partitions
from copydesk.lake.parts import PartSeries, row_groups
from copydesk.lake.publishing import Publication
from copydesk.schema import DATASETS, SCHEMA_VERSION, Dataset
from copydesk.storage import Storage

Change = Callable[[pa.Table], pa.Table]
# By dataset and the version that brought it: rows of the version before → rows of that version. None has been needed yet.
CHANGES: Mapping[tuple[str, int], Change] = {}


def outdated(storage: Storage) -> Iterator[tuple[Dataset, Manifest]]:
    """Partitions of an older schema version. What keeps a file a run, `runs` and `corrections`, is only ever added to."""
    for dataset in DATASETS.values():
        if not dataset.appends:
            manifests = (manifest for _, manifest in partitions(storage, dataset))
            yield from ((dataset, manifest) for manifest in manifests if manifest.schema_version < SCHEMA_VERSION)


def migrate(
    storage: Storage, dataset: Dataset, old: Manifest, changes: Mapping[tuple[str, int], Change] = CHANGES
) -> Manifest | None:
    """Replace a partition by the same rows in this version's schema, a row group in memory at a time.

    None where it was published anew meanwhile, and is left as that has it; BadInput where a value does not fit and no change says how.
    """
    try:
        return _rewrite(storage, dataset, old, changes)
    except OSError as error:
        if is_gone(error) and load(storage, partition_path(dataset, old.values)) != old:
            return None
        raise


def _rewrite(storage: Storage, dataset: Dataset, old: Manifest, changes: Mapping[tuple[str, int], Change]) -> Manifest | None:
    folder = partition_path(dataset, old.values)
    with Publication(storage, dataset, old.values) as publication:
        staged = f"{publication.scratch}/parts"
        with PartSeries(storage, staged, dataset) as series:
            for part in old.parts:
                for rows in row_groups(storage, f"{folder}/{part.name}"):
                    series.add(_as_now(dataset, rows, old.schema_version, changes))
            written = series.finish()
        count = sum(part.rows for part in written)
        if count != old.rows:
            raise BadInput(f"{storage.uri_of(folder)}: {count} rows instead of {old.rows}; check the change of {dataset.name}")
        for part in written:
            publication.adopt(f"{staged}/{part.name}", part)
        return publication.publish(old.summary) if load(storage, folder) == old else None


def _as_now(dataset: Dataset, rows: pa.Table, version: int, changes: Mapping[tuple[str, int], Change]) -> pa.Table:
    for later in range(version + 1, SCHEMA_VERSION + 1):
        if change := changes.get((dataset.name, later)):
            rows = change(rows)
    for column in dataset.schema:
        if column.name not in rows.column_names:
            rows = rows.append_column(column, pa.nulls(rows.num_rows, column.type))
    return rows
