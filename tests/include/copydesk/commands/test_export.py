from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from copydesk import read
from copydesk.cli import main
from copydesk.lake import exporting
from copydesk.lake.evolution import NewerSchema
from copydesk.lake.manifest import NAME
from copydesk.lake.publishing import replace_partition
from copydesk.lake.question import Question
from copydesk.schema import ARTICLES, QUARANTINE, SCHEMA_VERSION
from copydesk.storage import Storage

DAYS = (date(2026, 11, 1), date(2026, 11, 2), None)


def article(n: int, **given: Any) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(ARTICLES.schema.names)
    row |= {
        "article_id": f"{n:032x}",
        "title": f"Fähre fährt, “später” als gedacht – {n}",
        "body": f"Das letzte Schiff geht um {n}.\n\nNiemand war an Bord, sagt „der Kapitän“.",
        "paragraphs": [f"Das letzte Schiff geht um {n}.", "Niemand war an Bord."],
        "authors": ["Ada Holm", "Jon Bö"],
        "published_at": datetime(2026, 11, 1, 23, 30, tzinfo=UTC),
        "images": [{"caption": "Ein Boot", "alt": None, "credit": "PA", "slug": None, "url": None}],
        "label_confidence": 0.9,
        "free_to_read": True,
        "word_count": 12,
        "source": ("ferry_post", "lbc")[n % 2],
    }
    return row | given


@pytest.fixture
def lake(tmp_path: Path) -> Storage:
    """Two articles of each of three days, of which the last is not known."""
    lake = Storage.open(str(tmp_path / "lake"))
    for at, day in enumerate(DAYS):
        rows = [article(2 * at), article(2 * at + 1)]
        replace_partition(lake, ARTICLES, {"published_date": day}, pa.Table.from_pylist(rows, ARTICLES.schema))
    return lake


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def cells_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_json_lines_keep_lists_and_structs_and_write_times_in_iso(
    lake: Storage, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.jsonl"
    assert main(["export", "-o", str(out)]) == 0
    rows = lines_of(out)
    assert capsys.readouterr().out == f"{out}: articles, rows 6\n"
    assert [row["published_date"] for row in rows] == ["2026-11-01"] * 2 + ["2026-11-02"] * 2 + [None] * 2
    assert rows[0]["published_at"] == "2026-11-01T23:30:00+00:00"
    assert rows[0]["images"] == [{"caption": "Ein Boot", "alt": None, "credit": "PA", "slug": None, "url": None}]
    assert (rows[0]["authors"], rows[0]["agency"], rows[0]["label_confidence"]) == (["Ada Holm", "Jon Bö"], None, 0.9)
    assert list(rows[0]) == [*ARTICLES.schema.names, "published_date"]


def test_csv_joins_lists_of_text_and_keeps_structs_as_json(lake: Storage, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    assert main(["export", "-o", str(out)]) == 0
    first = cells_of(out)[0]
    assert first["authors"] == "Ada Holm; Jon Bö"
    assert json.loads(first["images"])[0]["credit"] == "PA"
    assert (first["agency"], first["free_to_read"], first["label_confidence"]) == ("", "true", "0.9")
    assert first["published_at"] == "2026-11-01T23:30:00+00:00"
    assert first["body"] == article(0)["body"]


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ('=HYPERLINK("http://bad.example")', '\'=HYPERLINK("http://bad.example")'),
        ("+44 is calling", "'+44 is calling"),
        ("-5 degrees in May", "'-5 degrees in May"),
        ("@everyone", "'@everyone"),
        ("  =1+1", "'  =1+1"),
        ("\t=1+1", "'\t=1+1"),
        ("\r\n=1+1", "'\r\n=1+1"),
        ("＝1＋1", "'＝1＋1"),
        ("Profits = losses", "Profits = losses"),
        ("'=quoted", "'=quoted"),
    ],
)
def test_no_cell_begins_a_formula(tmp_path: Path, title: str, cell: str) -> None:
    lake = Storage.open(str(tmp_path / "lake"))
    table = pa.Table.from_pylist([article(0, title=title, authors=[title, "Ada"], word_count=-7)], ARTICLES.schema)
    replace_partition(lake, ARTICLES, {"published_date": DAYS[0]}, table)
    assert main(["export", "--columns", "title,authors,word_count", "-o", str(tmp_path / "out.csv")]) == 0
    assert cells_of(tmp_path / "out.csv") == [{"title": cell, "authors": f"{cell}; Ada", "word_count": "-7"}]


def test_parquet_keeps_the_types_of_the_lake(lake: Storage, tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    assert main(["export", "-o", str(out)]) == 0
    table = pq.ParquetFile(out).read()
    assert table.schema.equals(read(root=lake.uri).schema)
    assert table.to_pylist() == read(root=lake.uri).to_pylist()


@pytest.mark.parametrize("ending", ["jsonl", "csv", "parquet"])
def test_days_sources_and_columns_are_those_asked_for(lake: Storage, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"out.{ending}"
    call = ["export", "--start", "2026-11-01", "--end", "2026-11-01", "--source", "lbc", "--columns", "published_date,article_id"]
    assert main([*call, "-o", str(out)]) == 0
    rows = {"jsonl": lines_of, "csv": cells_of, "parquet": lambda path: pq.ParquetFile(path).read().to_pylist()}[ending](out)
    assert [list(row.items()) for row in rows] == [
        [("published_date", DAYS[0] if ending == "parquet" else "2026-11-01"), ("article_id", f"{1:032x}")]
    ]


@pytest.mark.parametrize("ending", ["jsonl", "csv", "parquet"])
def test_no_row_is_a_file_all_the_same(lake: Storage, tmp_path: Path, ending: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / f"out.{ending}"
    assert main(["export", "--start", "2027-01-01", "--columns", "title", "-o", str(out)]) == 0
    assert "rows 0" in capsys.readouterr().out
    head = {"jsonl": b"", "csv": b"title\n", "parquet": b"PAR1"}[ending]
    assert out.read_bytes()[:6].startswith(head)


def test_any_dataset_can_be_exported(lake: Storage, tmp_path: Path) -> None:
    table = pa.Table.from_pylist([{"stage": "read", "reasons": ["empty", "x"]}], QUARANTINE.schema)
    replace_partition(lake, QUARANTINE, {"source": "lbc", "dump": "2026-11-01"}, table)
    assert main(["export", "--dataset", "quarantine", "--columns", "stage,reasons,dump", "-o", str(tmp_path / "q.csv")]) == 0
    assert cells_of(tmp_path / "q.csv") == [{"stage": "read", "reasons": "empty; x", "dump": "2026-11-01"}]


@pytest.mark.usefixtures("lake")
@pytest.mark.parametrize(
    ("call", "said"),
    [
        (["-o", "out.xlsx"], ".jsonl or .csv or .parquet"),
        (["-o", "nowhere/out.csv"], "nowhere: no such folder"),
        (["--dataset", "artikel", "-o", "out.csv"], "no dataset 'artikel'; there are article"),
        (["--start", "yesterday", "-o", "out.csv"], "start='yesterday' is no day"),
        (["--columns", "titel", "-o", "out.csv"], "no 'titel' in articles"),
        (["--columns", "", "-o", "out.csv"], "no '' in articles"),
    ],
)
def test_a_wrong_call_exits_2_says_what_to_do_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], call: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["export", *call]) == 2
    assert said in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lake"]


def test_without_a_lake_the_setting_is_named_and_no_other_is_needed(
    lake: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("COPYDESK_RAW", "COPYDESK_SOURCES"):
        monkeypatch.delenv(name)
    assert main(["export", "-o", str(tmp_path / "out.csv")]) == 0
    monkeypatch.delenv("COPYDESK_LAKE")
    assert main(["export", "-o", str(tmp_path / "out.csv")]) == 2
    assert "COPYDESK_LAKE is not set" in capsys.readouterr().err


def test_what_cannot_be_read_exits_1_and_leaves_the_file_of_before(
    lake: Storage, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.csv"
    assert main(["export", "-o", str(out)]) == 0
    before = out.read_bytes()
    part = next(file for file in lake.files("articles/published_date=2026-11-02") if file.path.endswith(".parquet"))
    lake.write_bytes(part.path, b"no Parquet at all")
    assert main(["export", "-o", str(out)]) == 1
    assert part.path in capsys.readouterr().err
    assert out.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lake", "out.csv"]


def test_a_day_replaced_meanwhile_is_there_once_and_whole(lake: Storage, tmp_path: Path) -> None:
    def replacing_once(schema: pa.Schema, batches: Iterator[pa.RecordBatch], path: Path) -> int:
        def disturbed() -> Iterator[pa.RecordBatch]:
            for at, batch in enumerate(batches):
                yield batch
                if at == 0 and not calls:
                    calls.append(1)
                    table = pa.Table.from_pylist([article(7), article(8), article(9)], ARTICLES.schema)
                    replace_partition(lake, ARTICLES, {"published_date": DAYS[1]}, table)

        return exporting.write_jsonl(schema, disturbed(), path)

    calls: list[int] = []
    out = tmp_path / "out.jsonl"
    rows = exporting.export_rows(lake, Question.ask("articles"), out, replacing_once, lambda _done, _total: None)
    assert rows == 7
    assert [int(row["article_id"], 16) for row in lines_of(out)] == [0, 1, 7, 8, 9, 4, 5]


def test_columns_of_a_later_version_are_remarked_upon(lake: Storage, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = f"articles/published_date=2026-11-02/{NAME}"
    later = json.loads(lake.read_bytes(path)) | {"schema_version": SCHEMA_VERSION + 1}
    lake.write_bytes(path, json.dumps(later).encode())
    assert main(["export", "-o", str(tmp_path / "out.csv")]) == 0
    shown = capsys.readouterr()
    assert "upgrade copydesk" in shown.err
    assert NewerSchema.__name__ not in shown.err


MEASURE = """
import resource, sys
from copydesk.cli import main
code = main(["export", "--end", sys.argv[1], "-o", sys.argv[2]])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
sys.exit(code)
"""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Six days of 40 MB of text each."""
    lake = Storage.open(str(tmp_path_factory.mktemp("large")))
    body = " ".join(f"word {n}" for n in range(2000))
    table = pa.Table.from_pylist([article(n, body=f"{n} {body}") for n in range(2100)], ARTICLES.schema)
    for day in range(1, 7):
        replace_partition(lake, ARTICLES, {"published_date": date(2026, 11, day)}, table)
    return lake.uri


@pytest.mark.parametrize("ending", ["jsonl", "csv", "parquet"])
def test_memory_does_not_grow_with_the_rows(large: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    monkeypatch.setenv("COPYDESK_LAKE", large)

    def peak_kib(end: str) -> int:
        call = [sys.executable, "-c", MEASURE, end, str(tmp_path / f"out.{ending}")]
        return int(subprocess.run(call, capture_output=True, text=True, check=True).stdout.split()[-1])

    one_day, six_days = peak_kib("2026-11-01"), peak_kib("2026-11-06")
    assert six_days < one_day + 100_000, f"half of what five more days hold; {one_day} {six_days}"
