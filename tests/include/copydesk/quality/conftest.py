"""Articles and a source for the quality tests, and no network for Great Expectations to call home over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest

from copydesk.schema import CLEAN
from copydesk.sources import Quality, Source

GOOD = {
    "url": "https://news.example/a",
    "title": "Ferry returns to the island",
    "body": "The ferry came back this morning. " * 10,
    "paragraphs": ["The ferry came back this morning. " * 10],
    "language": "en",
    "published_at": datetime(2026, 11, 2, 8, tzinfo=UTC),
    "published_precision": "minute",
    "word_count": 60,
    "page_type": "article",
    "label_confidence": 0.9,
    "images": [{"caption": "The ferry"}],
}

Articles = Callable[..., pa.Table]


@pytest.fixture(autouse=True)
def offline(socket_disabled: None) -> Iterator[None]:
    yield


@pytest.fixture
def articles() -> Articles:
    """Makes a table of good articles, each with the changes of one dict."""

    def make(*changes: dict[str, Any]) -> pa.Table:
        rows = [
            {
                **GOOD,
                "article_id": f"{n:032x}",
                "fingerprint": f"{n:032x}",
                "origin_uri": "raw/a.txt",
                "origin_ordinal": n,
                **change,
            }
            for n, change in enumerate(changes)
        ]
        return pa.Table.from_pylist(rows, schema=CLEAN.schema)

    return make


@pytest.fixture
def source() -> Source:
    return Source(name="islander", raw="islander/{key}/*", format="text", language="en")


@pytest.fixture
def strict_source(source: Source) -> Source:
    return source.model_copy(update={"quality": Quality(max_quarantined_share=0)})
