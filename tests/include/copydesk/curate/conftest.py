from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from copydesk.curate.days import published_days
from copydesk.lake.publishing import replace_partition
from copydesk.schema import CLEAN
from copydesk.storage import Storage


def _article(name: str, published_at: datetime | None, paragraphs: list[str], **given: Any) -> dict[str, Any]:
    """A row of `clean`; its fingerprint follows its text."""
    row: dict[str, Any] = dict.fromkeys(CLEAN.schema.names)
    text = "\n\n".join(paragraphs)
    title = given.get("title", f"Title of {name}")
    row |= {
        "article_id": hashlib.md5(name.encode()).hexdigest(),
        "title": title,
        "body": text,
        "paragraphs": paragraphs,
        "published_at": published_at,
        "language": "en",
        "page_type": "article",
        "word_count": len(text.split()),
        "label_confidence": 0.9,
        "fingerprint": hashlib.md5((title + text).encode()).hexdigest(),
        "origin_uri": f"raw/{name}.txt",
        "origin_ordinal": 0,
        "origin_offset": 0,
    }
    return row | given


@pytest.fixture
def article() -> Callable[..., dict[str, Any]]:
    return _article


@pytest.fixture
def lake(tmp_path: Path) -> Storage:
    return Storage.open(str(tmp_path / "lake"))


@pytest.fixture
def publish(lake: Storage) -> Callable[..., None]:
    """Make `rows` the clean partition of a source and dump, as ingest does."""

    def publish(source: str, dump: str, *rows: dict[str, Any]) -> None:
        table = pa.Table.from_pylist(list(rows), schema=CLEAN.schema)
        summary = {"published_days": published_days(table)}
        replace_partition(lake, CLEAN, {"source": source, "dump": dump}, table, summary)

    return publish
