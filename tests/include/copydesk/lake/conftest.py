from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from copydesk.schema import CLEAN, Dataset
from copydesk.storage import Storage

MakeTable = Callable[..., pa.Table]
Snapshot = Callable[[Storage], dict[str, tuple[int, int, bytes]]]


@pytest.fixture
def lake(tmp_path: Path) -> Storage:
    return Storage.open(str(tmp_path / "lake"))


@pytest.fixture
def make_table() -> MakeTable:
    """Rows of a dataset that hold something of every type it has; `given` overrides columns."""

    def make(count: int, dataset: Dataset = CLEAN, **given: Any) -> pa.Table:
        rows = [dict.fromkeys(dataset.schema.names) | _row(dataset, n) | given for n in range(count)]
        return pa.Table.from_pylist(rows, schema=dataset.schema)

    return make


@pytest.fixture
def snapshot() -> Snapshot:
    """Every file with its inode, time of change and bytes: equal where not a byte was touched."""

    def take(storage: Storage) -> dict[str, tuple[int, int, bytes]]:
        files = [path for path in Path(storage.base).rglob("*") if path.is_file()]
        return {str(path): (path.stat().st_ino, path.stat().st_mtime_ns, path.read_bytes()) for path in files}

    return take


def _row(dataset: Dataset, n: int) -> dict[str, Any]:
    samples = {
        "article_id": f"{n:032x}",
        "title": f"Ferry to run later – story {n}",
        "body": f"The last boat leaves at {n}.\n\nNobody was hurt.",
        "paragraphs": [f"The last boat leaves at {n}.", "Nobody was hurt."],
        "authors": [],
        "agency": "Press Association" if n % 2 else None,
        "language": ("en", "de", "fr")[n % 3],
        "published_at": datetime(2026, 11, 3, (7 * n) % 24, tzinfo=UTC),
        "images": [{"caption": "A boat", "alt": None, "credit": "PA", "slug": None, "url": None}],
        "word_count": 9,
        "page_type": "article",
        "free_to_read": True,
        "label_confidence": 0.5,
        "origin_uri": "raw/1.txt",
        "origin_member": None,
        "origin_ordinal": n,
        "origin_offset": 0,
        "origin_sha256": None,
        "source": "ferry_post",
        "ordinal": n,
        "label": "rail",
        "probability": 0.75,
        "text": f"See also {n}",
        "run_id": f"run {n}",
        "kind": "ingest",
        "verdict": "pass",
    }
    return {name: value for name, value in samples.items() if name in dataset.schema.names}
