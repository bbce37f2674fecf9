"""Publish versions of one partition in turn until killed: `endless_writer.py ROOT exchange|switch VERSION...`.

Version `n` is `n` parts, each of `n` rows that say `n`, so that a mixture of two versions shows.
"""

from __future__ import annotations

import itertools
import sys

import pyarrow as pa

from copydesk.lake import exchange
from copydesk.lake.publishing import Publication
from copydesk.schema import REMOVED
from copydesk.storage import Storage

PARTITION = {"source": "lbc", "dump": "2026-11-03"}


def publish(storage: Storage, version: int) -> None:
    with Publication(storage, REMOVED, PARTITION) as publication:
        for part in range(version):
            rows = [dict.fromkeys(REMOVED.schema.names) | {"ordinal": part, "text": str(version)}] * version
            publication.add(pa.Table.from_pylist(rows, schema=REMOVED.schema))
        publication.publish({"version": version})


if __name__ == "__main__":
    root, way, *versions = sys.argv[1:]
    if way == "switch":
        exchange._renameat2 = None  # as on a system whose C library has no such call
    for version in itertools.cycle(int(version) for version in versions):
        publish(Storage.open(root), version)
        print(version, flush=True)  # noqa: T201 (tells the test that it is at work)
