"""A file read in pieces gives the records of the whole file, each from the same place, whatever it holds and wherever it is cut."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import tarfile
import zipfile
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.raw.cutting.pieces import Cutter, Piece
from copydesk.raw.inputs import InputFile
from copydesk.records import Record
from copydesk.sources import Source

TEXTS = st.lists(st.text('abé, ;"\n\r\\', max_size=60), min_size=1, max_size=40)
NOISE = bytes((n * n * 7 + n // 3) % 251 for n in range(40_000))


def joined(pieces: list[list[Any]]) -> list[Any]:
    return [item for piece in pieces for item in piece]


def html(n: int, filler: bytes = b"") -> bytes:
    return b"<p>Article number %d of the archive</p>" % n + filler


@settings(deadline=None)  # each example reads files
@given(
    lines=st.lists(
        st.one_of(TEXTS.map(lambda texts: json.dumps({"content": texts[0]})), st.text("{}x \r", max_size=9)), max_size=60
    ),
    count=st.integers(2, 9),
    mark=st.booleans(),
)
def test_jsonl_in_pieces_is_the_whole(cut, lines: list[str], count: int, mark: bool) -> None:
    content = b"\xef\xbb\xbf" * mark + "\n".join(lines).encode()
    whole, pieces = cut.into(content, count, "jsonl")
    assert joined(pieces) == whole


@settings(deadline=None)  # each example reads files
@given(lines=st.lists(st.sampled_from(["***", " *** ", "a line", "", "\r", "x" * 400]), max_size=60), count=st.integers(2, 9))
def test_text_with_a_separator_in_pieces_is_the_whole(cut, lines: list[str], count: int) -> None:
    whole, pieces = cut.into("\n".join(lines).encode(), count, "text", separator="***")
    assert joined(pieces) == whole


def test_a_paragraph_too_long_for_a_separator_is_none_where_blank_lines_are(cut) -> None:
    article = "A headline\n" + "A long paragraph. " * 70 + "\nAnd a last line\n\n"
    whole, pieces = cut.into((article * 20).encode(), 9, "text", separator_pattern=r"\s*")
    assert len(pieces) > 1
    assert joined(pieces) == whole


@pytest.mark.parametrize("format", ["text", "jsonl", "csv"])
def test_what_only_begins_like_parquet_is_cut_into_runs_of_bytes(cut, format: str) -> None:
    content = b"PAR1,content\n" + b"one,two\n***\n" * 90
    whole, pieces = cut.into(content, 5, format, **({"separator": "***"} if format == "text" else {}))
    assert len(pieces) > 1
    assert joined(pieces) == whole


def test_jsonl_of_like_lines_gives_pieces_of_like_size(cut) -> None:
    content = b"".join(json.dumps({"content": f"text {n:04}"}).encode() + b"\n" for n in range(400))
    whole, pieces = cut.into(content, 4, "jsonl")
    assert [len(piece) for piece in pieces] == [100] * 4
    assert joined(pieces) == whole


@settings(deadline=None)  # each example reads files
@given(
    rows=st.lists(st.tuples(st.text('ab,"\né\r', max_size=30), st.text('x"\n;', max_size=30)), max_size=40),
    count=st.integers(2, 9),
    delimiter=st.sampled_from(",;\t"),
    written=st.tuples(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]), st.booleans()),
)
def test_a_csv_in_pieces_is_the_whole(cut, rows: list[Any], count: int, delimiter: str, written: Any) -> None:
    (quoting, mark), text = written, io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=quoting).writerows([("content", "title"), *rows])
    whole, pieces = cut.into(b"\xef\xbb\xbf" * mark + text.getvalue().encode(), count, "csv")
    assert joined(pieces) == whole


@settings(deadline=None)  # each example reads files
@given(text=st.text('ab",\n\r', min_size=20, max_size=300), count=st.integers(2, 9))
def test_a_csv_with_quotes_anywhere_is_cut_where_there_is_no_doubt(cut, text: str, count: int) -> None:
    whole, pieces = cut.into(b"content,title\n" + text.encode(), count, "csv", delimiter=",")
    assert joined(pieces) == whole


def test_a_line_that_tells_excel_the_delimiter_goes_with_the_header_into_each_piece(cut) -> None:
    whole, pieces = cut.into(b"sep=;\r\ncontent;title\r\n" + b"some text;a title\r\n" * 300, 3, "csv")
    assert len(whole) == 300
    assert joined(pieces) == whole
    assert {item.content for item in joined(pieces)} == {"some text"}


def test_a_csv_with_line_ends_in_its_quotes_is_cut_in_like_pieces(cut) -> None:
    row = '"a text\nof ""two"" lines, and a comma",title\r\n'
    whole, pieces = cut.into(b"content,title\r\n" + row.encode() * 300, 3, "csv")
    assert [len(piece) for piece in pieces] == [100, 100, 100]
    assert joined(pieces) == whole


def test_a_csv_of_several_blocks_is_cut_in_all_of_them(cut) -> None:
    rows = "".join(f'"text {n}\n{"x" * (n * 31 % 900)}","title"\n' for n in range(9000))
    whole, pieces = cut.into(b"content,title\n" + rows.encode(), 7, "csv")
    assert len(pieces) == 7
    assert joined(pieces) == whole


@settings(deadline=None)  # each example reads files
@given(groups=st.lists(st.integers(1, 5), min_size=1, max_size=8), count=st.integers(2, 9))
def test_parquet_in_pieces_is_the_whole(cut, groups: list[int], count: int) -> None:
    sink = io.BytesIO()
    schema = pa.schema([("content", pa.string())])
    with pq.ParquetWriter(sink, schema) as writer:
        for number, rows in enumerate(groups):
            writer.write_table(
                pa.table({"content": [f"text {number} {row}" for row in range(rows)]}, schema), row_group_size=rows
            )
    whole, pieces = cut.into(sink.getvalue(), count, "parquet")
    assert [item.content for item in joined(pieces)] == [item.content for item in whole]


@settings(deadline=None)  # each example reads files
@given(
    sizes=st.lists(st.integers(0, 1500), min_size=1, max_size=30),
    count=st.integers(2, 9),
    kind=st.sampled_from([tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT]),
    long=st.booleans(),
)
def test_a_tar_in_pieces_is_the_whole(cut, sizes: list[int], count: int, kind: int, long: bool) -> None:
    whole, pieces = cut.into(tar(sizes, kind, long), count, "html")
    assert joined(pieces) == whole
    assert len(whole) == len(sizes)


def tar(sizes: list[int], kind: int, long: bool) -> bytes:
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode="w", format=kind) as archive:
        for number, size in enumerate(sizes):
            name = f"{number}.html" if kind == tarfile.USTAR_FORMAT or not long else f"{'é' * 120}/{number}.html"
            member = tarfile.TarInfo(name)
            member.size = len(content := html(number, b"x" * size))
            archive.addfile(member, io.BytesIO(content))
            folder = tarfile.TarInfo(f"folder-{number}")
            folder.type = tarfile.DIRTYPE
            archive.addfile(folder)
    return sink.getvalue()


@settings(deadline=None)  # each example reads files
@given(sizes=st.lists(st.integers(0, 1500), min_size=1, max_size=30), count=st.integers(2, 9))
def test_a_zip_in_pieces_is_the_whole(cut, sizes: list[int], count: int) -> None:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, size in enumerate(sizes):
            archive.writestr(f"{number}.html", html(number, b"x" * size))
    whole, pieces = cut.into(sink.getvalue(), count, "html")
    assert joined(pieces) == whole
    assert len(whole) == len(sizes)


def record(n: int, filler: bytes = b"") -> bytes:
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + html(n, filler)
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{n}>\r\nWARC-Date: 2026-11-03T10:00:00Z\r\n"
    head += f"WARC-Target-URI: https://paper.example/{n}\r\nContent-Type: application/http; msgtype=response\r\n"
    return head.encode() + b"Content-Length: %d\r\n\r\n" % len(body) + body + b"\r\n\r\n"


def packed(parts: list[bytes], how: str) -> bytes:
    if how == "plain":
        return b"".join(parts)
    squeeze = gzip.compress if how == "gzip" else zstandard.ZstdCompressor(write_checksum=True).compress
    return b"".join(map(squeeze, parts))


@pytest.mark.parametrize("how", ["plain", "gzip", "zstd"])
def test_a_warc_in_pieces_is_the_whole(cut, how: str) -> None:
    cut.settings = cut.settings.model_copy(update={"max_record_bytes": 1 << 20})
    content = packed([record(n, NOISE[n * 7 : n * 7 + 9000]) for n in range(300)], how)
    whole, pieces = cut.into(content, 5, "warc")
    assert len(pieces) > 2
    assert len(whole) == 300
    assert joined(pieces) == whole


@pytest.mark.parametrize("how", ["gzip", "zstd"])
def test_a_compressed_warc_inside_another_is_never_taken_for_its_records(cut, how: str) -> None:
    inner = packed([record(n, NOISE[n : n + 300]) for n in range(90)], how)
    outer = packed([record(n, inner) for n in range(40)], how)
    starts = {0}
    for n in range(40):
        starts.add(max(starts) + len(packed([record(n, inner)], how)))
    path = cut.root / "nested"
    path.write_bytes(outer)
    source = Source.model_validate({"name": "desk", "raw": "{key}/*", "format": "warc"})
    file = InputFile("nested", str(path), len(outer))
    pieces = Cutter(cut.storage, source, cut.settings.max_record_bytes).cut(Piece(file, len(outer)), len(outer) // 8)
    assert {piece.file.start for piece in pieces} <= starts


def test_jsonl_of_many_gzip_members_is_cut_only_between_lines(cut) -> None:
    lines = [json.dumps({"content": f"{n} " + NOISE[n : n + 900].hex()}).encode() + b"\n" for n in range(600)]
    text = b"".join(lines)
    cut.settings = cut.settings.model_copy(update={"max_record_bytes": 1 << 20})
    whole, pieces = cut.into(packed([b"".join(lines[n : n + 10]) for n in range(0, 600, 10)], "gzip"), 4, "jsonl")
    assert len(pieces) > 1
    assert [item.content for item in joined(pieces)] == [item.content for item in whole]
    ragged = packed([text[n : n + 9001] for n in range(0, len(text), 9001)], "gzip")
    assert len(cut.into(ragged, 4, "jsonl")[1]) == 1


@pytest.mark.parametrize(
    "content",
    [
        gzip.compress(NOISE * 4),
        bz2.compress(NOISE),
        b"one line without an end" * 100,
        '{"content": "é"}\n'.encode("utf-16") * 99,
        b"",
    ],
    ids=["one gzip member", "bzip2", "one line", "UTF-16", "empty"],
)
def test_what_has_no_certain_boundary_stays_whole(cut, content: bytes) -> None:
    _, pieces = cut.into(content, 4, "jsonl")
    assert len(pieces) == 1


@pytest.mark.parametrize("damage", [0, 40, 500, 3000])
@pytest.mark.parametrize("format", ["parquet", "warc", "html", "jsonl"])
def test_a_damaged_file_loses_nothing_by_being_cut(cut, format: str, damage: int) -> None:
    content = {
        "parquet": b"PAR1" + NOISE[:6000],
        "warc": packed([record(n) for n in range(40)], "plain"),
        "html": tar([100] * 20, tarfile.PAX_FORMAT, False),
        "jsonl": b'{"content": "a"}\n' * 600,
    }[format]
    broken = content[:damage] + b"\0\xff" * 40 + content[damage + 80 :]
    whole, pieces = cut.into(broken, 4, format)
    records = [item.content for item in whole if isinstance(item, Record)]
    assert [item.content for item in joined(pieces) if isinstance(item, Record)] == records
