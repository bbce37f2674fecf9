from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from copydesk.lake.publishing import append_run, replace_partition
from copydesk.quality.docs_folder import keep_docs
from copydesk.schema import ARTICLES, CLEAN, QUARANTINE, REMOVED, RUNS, Dataset
from copydesk.settings import Settings
from copydesk.storage import Storage

DAY = {"source": "lbc", "dump": "2026-11-03"}


@pytest.fixture
def lake(tmp_path: Path) -> Storage:
    return Storage.open(str(tmp_path / "lake"))


@pytest.fixture
def settings(tmp_path: Path) -> Callable[..., Settings]:
    """Settings with what is to be kept for how long."""

    def make(**keep: int) -> Settings:
        return Settings.model_validate({**{name: str(tmp_path / name) for name in ("raw", "lake", "sources")}, **keep})

    return make


@pytest.fixture
def fill() -> Callable[[Storage], None]:
    """A day in every dataset of it, its articles, its Data Docs, and the record of its run."""

    def publish(storage: Storage) -> None:
        for dataset in (CLEAN, REMOVED, QUARANTINE):
            replace_partition(storage, dataset, DAY, _rows(dataset, 3))
        replace_partition(storage, ARTICLES, {"published_date": "2026-11-03"}, _rows(ARTICLES, 3))
        moment = datetime(2026, 11, 4, tzinfo=UTC)
        append_run(storage, RUNS, DAY, _rows(RUNS, 1, started_at=moment, finished_at=moment, inputs=[]), moment)
        keep_docs(storage, DAY, b"<p>fit to be published", moment)

    return publish


@pytest.fixture
def files() -> Callable[[Storage], set[str]]:
    """Every file of a lake but locks."""

    def list_all(storage: Storage) -> set[str]:
        if not storage.is_local:
            return {file.path for file in storage.files()}
        found = (Path(folder, name) for folder, _, names in os.walk(storage.base) for name in names)
        paths = {str(path.relative_to(storage.base)) for path in found}
        return {path for path in paths if not path.startswith(".staging/locks/")}

    return list_all


def _rows(dataset: Dataset, count: int, **given: Any) -> pa.Table:
    known = {
        "article_id": "0" * 32,
        "published_at": datetime(2026, 11, 3, tzinfo=UTC),
        "kind": "ingest",
        "verdict": "pass",
    } | given
    own = {name: value for name, value in known.items() if name in dataset.schema.names}
    return pa.Table.from_pylist([dict.fromkeys(dataset.schema.names) | own for _ in range(count)], dataset.schema)
