from __future__ import annotations

import gzip
import io
from datetime import date, datetime

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.records import Record, Reject

TABLE = pa.table(
    {
        "content": [f"<p>Article {n}: naïve — café</p>" * 9 for n in range(40)],
        "url": [f"https://news.example/{n}" for n in range(40)],
        "unread": [bytes(range(n, n + 50)) for n in range(40)],
    }
)


def stored(table: pa.Table, **options: object) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out, **options)
    return out.getvalue()


FILE = stored(TABLE, row_group_size=10, compression="none", use_dictionary=False)
FOOTER_BYTES = int.from_bytes(FILE[-8:-4], "little")


def reasons(items: list) -> list[str]:
    return [item.reason.value if isinstance(item, Reject) else "record" for item in items]


def text(item: Record) -> str:
    return item.content.decode() if isinstance(item.content, bytes) else item.content


@pytest.mark.parametrize("compress", [bytes, gzip.compress])
def test_each_row_is_a_record_with_its_number(desk, compress):
    items = desk.items(compress(FILE), "parquet")
    assert [(text(item), item.url) for item in items] == [(row["content"], row["url"]) for row in TABLE.to_pylist()]
    assert [(item.origin.ordinal, item.origin.offset) for item in items] == [(n, n) for n in range(40)]
    assert len({item.id for item in items}) == 40


@settings(deadline=None)
@given(
    rows=st.lists(
        st.tuples(st.text(max_size=20), st.none() | st.text(max_size=5), st.lists(st.text(max_size=5), max_size=3)), max_size=9
    ),
    kind=st.sampled_from([pa.string(), pa.large_string(), pa.binary(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())]),
    group=st.integers(1, 4),
)
def test_rows_are_what_pandas_reads(any_desk, rows, kind, group):
    contents = [content.encode() if kind == pa.binary() else content for content, _, _ in rows]
    table = pa.table(
        {
            "content": pa.array(contents, kind),
            "url": pa.array([row[1] for row in rows], pa.string()),
            "tags": pa.array([row[2] for row in rows], pa.list_(pa.string())),
        }
    )
    content = stored(table, row_group_size=group)
    frame = pd.read_parquet(io.BytesIO(content))
    items = any_desk.items(content, "parquet", tags="tags")
    assert len(items) == len(frame)
    for item, row in zip(items, frame.to_dict("records"), strict=True):
        expected = row["content"] if isinstance(row["content"], bytes) else row["content"].encode()
        assert isinstance(item, Record) == bool(expected.strip())
        if isinstance(item, Record):
            assert text(item).encode() == expected


def test_structs_lists_and_times_are_mapped(desk):
    table = pa.table(
        {
            "article": [{"body": {"html": "<p>Text.</p>"}, "by": [{"name": "Ann"}, {"name": "Bo"}]}],
            "at": pa.array([datetime(2026, 1, 2, 3, 4, 5)], pa.timestamp("us", "Europe/London")),
            "changed": pa.array([datetime(2026, 1, 2, 3, 4, 5)], pa.timestamp("s")),
            "seen": pa.array([date(2026, 1, 3)]),
            "tags": [["a", "b"]],
            "kind": ["text/html; charset=utf-8"],
        }
    )
    mapped = {"published_at": "at", "modified_at": "changed", "authors": "article.by.name", "tags": "tags"}
    fields = {"content": "article.body.html", "crawl_date": "seen", "media_type": "text/plain", "media_type_field": "kind"}
    (item,) = desk.items(stored(table), "parquet", **fields, **mapped)
    assert (text(item), item.media_type, item.charset, item.crawl_date) == ("<p>Text.</p>", "text/html", "utf-8", "2026-01-03")
    assert item.given.pop("published_at").startswith("2026-01-02T03:04:05")
    assert item.given.pop("modified_at").startswith("2026-01-02T03:04:05")
    assert item.given == {"authors": "Ann; Bo", "tags": "a; b"}


def test_text_that_is_no_utf8_is_a_record(desk):
    table = pa.table({"content": pa.array([b"Stra\xdfe", b"ok"], pa.binary())})
    broken = pa.Table.from_arrays([pa.Array.from_buffers(pa.string(), 2, table["content"].chunk(0).buffers())], ["content"])
    assert [item.content for item in desk.items(stored(broken), "parquet")] == [b"Stra\xdfe", b"ok"]


def test_a_missing_column_is_told_with_those_there_are(desk):
    items = desk.items(FILE, "parquet", content="text")
    assert reasons(items) == ["missing_content"] * 40
    assert "row 0 of the file: field 'text' is missing; the row has 'content', 'url', 'unread'" in items[0].detail


def test_a_row_over_the_limit_is_rejected_and_the_next_is_read(desk):
    items = desk.items(stored(pa.table({"content": ["a", "x" * 2001, "b"]})), "parquet")
    assert reasons(items) == ["record", "too_large", "record"]


def test_a_file_without_rows_has_no_records_and_is_complete(desk):
    reading = desk.reading(stored(TABLE[:0]), "parquet")
    assert list(reading) == []
    assert reading.complete


@pytest.mark.parametrize(
    ("content", "reason", "detail"),
    [
        (b"", "empty", "no bytes"),
        (FILE[:-100], "truncated", "before its footer"),
        (FILE[:-4] + b"PARE", "unparsable", "encrypted"),
        (b"url,content\n1,a\n", "unparsable", "no Parquet"),
        (FILE[: -8 - FOOTER_BYTES] + bytes(FOOTER_BYTES) + FILE[-8:], "unparsable", "footer"),
    ],
)
def test_a_file_that_cannot_be_read_at_all_is_one_reject(desk, content, reason, detail):
    reading = desk.reading(content, "parquet")
    (reject,) = reading
    assert reading.complete is (reason == "empty")
    assert reject.reason.value == reason
    assert detail in reject.detail


def test_a_broken_page_costs_its_row_group_alone(desk):
    start = pq.ParquetFile(io.BytesIO(FILE)).metadata.row_group(1).column(0).data_page_offset
    reading = desk.reading(FILE[:start] + bytes(60) + FILE[start + 60 :], "parquet")
    items = list(reading)
    assert not reading.complete
    assert reasons(items) == ["record"] * 10 + ["unparsable"] + ["record"] * 20
    assert "row group 1 is broken after 0 rows, 10 are lost" in items[10].detail


@settings(deadline=None)
@given(at=st.integers(4, len(FILE) - 1), byte=st.integers(0, 255))
def test_a_changed_byte_never_raises(any_desk, at, byte):
    assert all(
        isinstance(item, Record | Reject) for item in any_desk.items(FILE[:at] + bytes([byte]) + FILE[at + 1 :], "parquet")
    )


@settings(deadline=None)
@given(cut=st.integers(0, len(FILE) - 1))
def test_a_cut_file_yields_no_record(any_desk, cut):
    assert len(any_desk.items(FILE[:cut], "parquet")) == 1


def test_a_huge_row_group_is_not_held(tmp_path, read_apart):
    path = tmp_path / "huge.parquet"
    body = "lorem ipsum dolor " * 1000
    table = pa.table({"content": [f"{n} {body}" for n in range(12_000)]})
    pq.write_table(table, path, compression="zstd", row_group_size=12_000, use_dictionary=False)
    del table
    counts, grown_mb = read_apart(path, "parquet", max_record_bytes=1 << 20)
    assert counts == {"record": 12_000}
    assert grown_mb < 150
