"""What `clean` leaves of a shard: parts for each dataset, and the list that says which parts count."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from typing import Any, NamedTuple

import pyarrow as pa

from copydesk.lake.parts import PartSeries
from copydesk.schema import CLEAN, QUARANTINE, REMOVED
from copydesk.workdir import Workdir

PARTS, FACTS_FILE = "parts.json", "facts.arrow"


class Sorted(NamedTuple):
    """Rows by what becomes of them."""

    clean: pa.Table = CLEAN.schema.empty_table()
    quarantine: pa.Table = QUARANTINE.schema.empty_table()
    removed: pa.Table = REMOVED.schema.empty_table()


@contextmanager
def keeping(work: Workdir, shard: int) -> Iterator[Callable[[Sorted], None]]:
    """Take the shard's rows, some at a time. They count when the block has ended; until then what an earlier call left does."""
    with ExitStack() as stack:
        datasets = (CLEAN, QUARANTINE, REMOVED)
        folders = (work.path(work.shard(shard, dataset.name)) for dataset in datasets)
        opened = [PartSeries(work.storage, *place) for place in zip(folders, datasets, strict=True)]
        series = [stack.enter_context(one) for one in opened]

        def keep(rows: Sorted) -> None:
            for one, table in zip(series, rows, strict=True):
                if table.num_rows:
                    one.add(table)

        yield keep
        parts = {dataset.name: listed(one) for dataset, one in zip(datasets, series, strict=True)}
        work.write_json(work.shard(shard, PARTS), parts)


def listed(series: PartSeries) -> list[dict[str, Any]]:
    """The parts of a series, as they stand in a list."""
    return [asdict(part) for part in series.finish()]
