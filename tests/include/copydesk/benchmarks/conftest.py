from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from copydesk.benchmarks.contestants import Contestant
from copydesk.benchmarks.sets import COLUMNS, GoldSet, Row

PLACES = ("Wrenmouth", "Ostwick", "Tarn Ferry")
LISTS = ("authors", "with", "without")
TYPES = {"html": pa.binary(), **{name: pa.list_(pa.string()) for name in LISTS}}
SCHEMA = pa.schema([(name, TYPES.get(name, pa.string())) for name in COLUMNS])


def gold_row(number: int, place: str) -> Row:
    paragraphs = [
        f"The harbour wall at {place} will be closed to walkers until spring, after a storm tore forty stones out of its crown.",
        f"Masons need dry weather and a low tide at once, said the council of {place}, which promises both before Easter.",
        "Anglers have asked for a ladder on the sheltered side, and will have an answer in the first week of March.",
    ]
    title, menu, foot = f"{place} closes its harbour wall", "Home Sport Weather", f"© 2026 {place} Gazette"
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    main = "\n".join([title, *paragraphs])
    return {
        **dict.fromkeys(COLUMNS),
        "id": f"{number}",
        "url": f"https://gazette.example/{number}",
        "html": f"<body><nav>{menu}</nav><article><h1>{title}</h1>{text}</article><footer>{foot}</footer></body>".encode(),
        "text_full": f"{menu}\n{main}\n{foot}",
        "text_main": main,
        "body": "\n\n".join(paragraphs),
        "title": title,
        "published": "2026-02-07",
        "authors": ["Ravi Stenhouse"],
    }


@pytest.fixture
def rows() -> list[Row]:
    """Three invented pages of one site."""
    return [gold_row(number, place) for number, place in enumerate(PLACES)]


@pytest.fixture
def gold(rows: list[Row]) -> GoldSet:
    return GoldSet("harbour", rows)


@pytest.fixture
def folder(tmp_path: Path, rows: list[Row]) -> Path:
    """The same as a file, beside a set that knows snippets alone."""
    snippets = {**rows[0], "body": None, "title": None, "published": None, "authors": None}
    snippets |= {"with": ["Masons need dry weather"], "without": ["Home Sport Weather", "© 2026"]}
    for name, found in {"harbour": rows, "snippets": [snippets]}.items():
        pq.write_table(pa.Table.from_pylist(found, SCHEMA), tmp_path / f"{name}.parquet")
    return tmp_path


@pytest.fixture
def contestant() -> Any:
    """A reader with a name."""
    return lambda name, read, **told: Contestant(name, read, ("html",), **told)
