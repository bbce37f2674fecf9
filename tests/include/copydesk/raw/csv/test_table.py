from __future__ import annotations

import csv
import gzip
import io
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.raw.cutting.pieces import Cutter, Piece
from copydesk.raw.encodings.decoding import patch_utf8
from copydesk.raw.inputs import list_inputs
from copydesk.raw.reading import read_file
from copydesk.records import Record, Reject

DELIMITERS = st.sampled_from([",", ";", "\t", "|"])
FIELDS = st.text(st.sampled_from(" ab,;|\t\"'é€\n\r😀"), max_size=12)
HEADER = ["url", "content", "title"]
ROWS = [[f"https://news.example/{n}", f'Para "one", {n}.\r\n\r\nPara two; naïve.', f"Title {n}"] for n in range(30)]


def written(rows: list[list[str]], **dialect: object) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, **dialect).writerows(rows)
    return out.getvalue().encode()


FILE = written([HEADER, *ROWS])


def reasons(items: list) -> list[str]:
    return [item.reason.value if isinstance(item, Reject) else "record" for item in items]


def test_each_row_is_a_record_with_its_place(desk):
    items = desk.items(FILE, "csv", title="title")
    assert [[item.url, item.content, item.given["title"]] for item in items] == ROWS
    row = written([ROWS[3]]).rstrip()
    assert FILE[items[3].origin.offset :].startswith(row)
    assert (items[3].origin.ordinal, items[3].origin.sha256) == (3, sha256(row).hexdigest())


@settings(deadline=None)
@given(
    rows=st.lists(st.lists(FIELDS, min_size=3, max_size=3), max_size=8),
    delimiter=DELIMITERS,
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    codec=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_python_writes_is_read_as_python_reads_it(any_desk, rows, delimiter, quoting, end, codec):  # noqa: PLR0917
    if quoting == csv.QUOTE_MINIMAL:  # which writes a line end that is not its own without quotes
        rows = [[field.replace("\r", "").replace("\n", "") for field in row] for row in rows]
    text = written([HEADER, *rows], delimiter=delimiter, quoting=quoting, lineterminator=end).decode()
    expected = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))
    items = any_desk.items(text.encode(codec), "csv", title="title", delimiter=delimiter)
    assert len(items) == len(expected)
    for item, row in zip(items, expected, strict=True):
        assert isinstance(item, Record) == bool(row["content"].strip())
        if isinstance(item, Record):
            assert (item.content, item.url or "") == (row["content"], row["url"].strip())


@pytest.mark.parametrize("delimiter", list(",;\t|"))
def test_the_delimiter_is_told_from_the_header(desk, delimiter):
    assert reasons(desk.items(written([HEADER, *ROWS], delimiter=delimiter), "csv")) == ["record"] * 30


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line", ["sep=;\r\n", "SEP=;\n"])
def test_a_line_that_tells_excel_the_delimiter_is_no_header(desk, codec, line):
    items = desk.items(f"{line}url;content\r\n1;a, b, c\r\n2;d\r\n".encode(codec), "csv")
    assert [(item.url, item.content) for item in items] == [("1", "a, b, c"), ("2", "d")]


def test_columns_of_a_file_without_a_header_are_named_by_the_source(desk):
    items = desk.items(written(ROWS, delimiter=";"), "csv", columns=HEADER)
    assert [[item.url, item.content] for item in items] == [row[:2] for row in ROWS]


def test_what_databases_write_for_nothing_is_nothing(desk):
    items = desk.items(b"url\tcontent\ttitle\n\\N\tA text.\t\\N\nu\t\\N\tA title\n", "csv", title="title")
    assert reasons(items) == ["record", "missing_content"]
    assert (items[0].url, items[0].given) == (None, {})


def test_columns_of_one_name_are_told_apart(desk):
    (item,) = desk.items(b"text,text\nfirst,second\n", "csv", content="text.1")
    assert item.content == "second"


@pytest.mark.parametrize("codec", ["cp1252", "cp1251", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "shift_jis"])
def test_a_file_in_another_encoding_is_decoded_and_its_places_are_exact(desk, codec):
    text = {"cp1251": "Новости дня и погода на завтра", "shift_jis": "東京の新聞ソ表示"}.get(
        codec, "Straße über Köln, naïve Café"
    )
    lines = [f'{n},"{text}, {text}"\r\n' for n in range(20)]
    content = ("url,content\r\n" + "".join(lines)).encode(codec)
    items = desk.items(content, "csv", **({"encoding": "shift_jis"} if codec == "shift_jis" else {}))
    assert [item.content for item in items] == [f"{text}, {text}"] * 20
    assert content[items[7].origin.offset :].startswith(
        lines[7].encode(f"{codec}-le" if codec in ("utf-16", "utf-32") else codec)
    )


def test_a_broken_byte_costs_no_row(desk):
    items = desk.items("url,content\n1,Größe und Maß\n2,Fu\udcdf und Stra\udcdfe\n".encode("utf-8", "surrogateescape"), "csv")
    assert reasons(items) == ["record", "record"]


@pytest.mark.parametrize("codec", ["utf-8", "cp1252"])
def test_a_column_of_another_system_is_read_beside_the_rest(desk, codec):
    rows = [f"{n},“So grün”, sagte er,".encode() + f"Zoë Müller {n}".encode(codec) + b"\n" for n in range(10)]
    items = desk.items(b"url,content,rest,author\n" + b"".join(rows), "csv", authors="author")
    assert [(item.content, item.given["authors"]) for item in items] == [("“So grün”", f"Zoë Müller {n}") for n in range(10)]


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("gb18030", "市议会周一决定重新粉刷公园里的每一张长椅"),
        ("euc_jp", "市は三日、補修工事が終わり再開通した"),
        ("cp874", "เจ้าหน้าที่เปิดเผยว่า"),
    ],
)
def test_a_table_in_an_encoding_of_asia_is_not_taken_for_utf_8_with_a_column_of_another(codec, text):
    assert patch_utf8(f"1,{text}\n2,{text}\n".encode(codec), is_table=True) is None


def test_nul_bytes_and_blank_lines_cost_no_row(desk):
    items = desk.items(b"url,content\n\n1,a\0b\n   \n2,c\n\n", "csv")
    assert [item.content for item in items] == ["a\0b", "c"]


@pytest.mark.parametrize(
    ("row", "found"), [(b"only-one\n", "1 fields for 3"), (b"u,body, with commas, bare,t\n", "5 fields for 3 columns; is there")]
)
def test_a_row_of_another_width_is_rejected_with_line_and_counts(desk, row, found):
    items = desk.items(b"url,content,title\n1,a,t\n" + row + b"2,b,t\n", "csv")
    assert reasons(items) == ["record", "unparsable", "record"]
    assert "row at byte 24 (line 3): " + found in items[1].detail


def test_a_missing_column_is_told_with_those_there_are(desk):
    items = desk.items(b"link,body\n1,a\n2,b\n", "csv")
    assert reasons(items) == ["missing_content"] * 2
    assert "field 'content' is missing; the row has 'link', 'body'" in items[0].detail


def test_an_unclosed_quote_costs_its_row_alone(desk):
    content = b'url,content,title\n1,a,t\n2,"open,t\n3,"b, and\nc",t\n4,d,t\n'
    items = desk.items(content, "csv")
    assert reasons(items) == ["record", "unparsable", "record", "record"]
    assert [item.content for item in items if isinstance(item, Record)] == ["a", "b, and\nc", "d"]
    assert [content[item.origin.offset :][:1] for item in items] == [b"1", b"2", b"3", b"4"]


def test_an_unclosed_quote_in_a_file_without_others_costs_its_row_alone(desk):
    items = desk.items(b'url,content,title\n1,a,t\n2,"open,t\n3,b,t\n', "csv")
    assert reasons(items) == ["record", "unparsable", "record"]


def test_an_unclosed_quote_is_bounded_by_the_limit_for_a_record(desk):
    rows = b"".join(b"%d,body,title\n" % n for n in range(1000))
    items = desk.items(b'url,content,title\n0,"open,t\n' + rows, "csv")
    assert reasons(items) == ["too_large"] + ["record"] * 1000
    assert "COPYDESK_MAX_RECORD_BYTES=2000" in items[0].detail


@pytest.mark.parametrize("body", [b"x" * 5000, b'"' + b"x" * 5000 + b'"', b'"' + b"x\n" * 3000 + b'"'])
def test_a_row_over_the_limit_is_rejected_and_the_next_is_read(desk, body):
    items = desk.items(b"url,content,title\n1,a,t\n2," + body + b",t\n3,b,t\n", "csv")
    assert reasons(items) == ["record", "too_large", "record"]


@pytest.mark.parametrize("last", [b'u,"open', b'u,"open, and\nmore', b"u"])
def test_a_file_that_ends_inside_a_row_is_cut(desk, last):
    reading = desk.reading(b"url,content,title\n1,a,t\n" + last, "csv")
    assert reasons(list(reading)) == ["record", "truncated"]
    assert not reading.complete


@pytest.mark.parametrize("content", [b"\n\n", b"\xef\xbb\xbf", b"url,content\n"])
def test_a_file_without_rows_has_no_records_and_is_complete(desk, content):
    reading = desk.reading(content, "csv")
    assert list(reading) == []
    assert reading.complete


def test_another_format_in_one_line_is_no_table_without_rows(desk):
    (reject,) = desk.items(b"<rss><channel><item>An article, and more of it</item></channel></rss>", "csv")
    assert reject.reason == "missing_content"
    assert "no row follows, and column 'content' is missing" in reject.detail


@settings(deadline=None)
@given(cut=st.integers(0, 100_000))
def test_a_cut_file_never_yields_a_record_of_its_own(any_desk, cut):
    stored = gzip.compress(FILE, compresslevel=0, mtime=0)
    reading = any_desk.reading(stored[: cut % len(stored)], "csv")
    items = list(reading)
    contents = [item.content for item in items if isinstance(item, Record)]
    assert contents == [row[1] for row in ROWS[: len(contents)]]
    assert reasons(items)[len(contents) :] == ["truncated" if cut % len(stored) else "empty"]


@settings(deadline=None)
@given(at=st.integers(0, len(FILE) - 1), byte=st.integers(0, 255))
def test_a_changed_byte_never_raises_and_costs_few_rows(any_desk, at, byte):
    items = any_desk.items(FILE[:at] + bytes([byte]) + FILE[at + 1 :], "csv")
    assert all(isinstance(item, Record | Reject) for item in items)
    if at > FILE.index(b"\n"):
        assert sum(isinstance(item, Record) for item in items) >= 27


@settings(deadline=None)
@given(content=st.binary(max_size=4000))
def test_any_bytes_are_read_without_an_error(any_desk, content):
    assert all(isinstance(item, Record | Reject) for item in any_desk.items(content, "csv"))


@settings(deadline=None)
@given(text=st.text(st.sampled_from('a",\n\r;'), max_size=300))
def test_any_quotes_are_read_without_an_error(any_desk, text):
    assert all(isinstance(item, Record | Reject) for item in any_desk.items(text.encode(), "csv"))


def test_an_unclosed_quote_in_a_file_of_120_mb_is_not_held(tmp_path, read_apart):
    path = tmp_path / "huge.csv"
    rows = b"".join(b"%d,%s,title\n" % (n, b"Nothing but prose. " * 100) for n in range(500))
    with path.open("wb") as file:
        file.write(b'url,content,title\n0,"open,title\n')
        for _ in range(120):
            file.write(rows)
    counts, grown_mb = read_apart(path, "csv", max_record_bytes=4 << 20)
    assert counts == {"record": 60_000, "too_large": 1}
    assert grown_mb < 100


def test_quotes_set_with_malice_cost_no_more_than_reading_twice(tmp_path, read_apart):
    path = tmp_path / "hostile.csv"
    path.write_bytes(b"url,content,title\n" + b'a","\n' * 600_000)
    counts, _ = read_apart(path, "csv", max_record_bytes=1 << 18)
    assert "record" not in counts


def test_a_row_is_told_by_its_byte_in_a_piece_too_and_by_its_line_where_that_is_known(desk):
    rows = [f"u{n},text {n}\n".encode() for n in range(400)]
    content = b"url,content\n" + b"".join(rows[:300]) + b"one,two,three\n" + b"".join(rows[300:])
    (whole,) = (item for item in desk.items(content, "csv") if isinstance(item, Reject))
    source = desk.source("csv")
    (file,) = list_inputs(desk.storage, source, "day")
    pieces = Cutter(desk.storage, source, 2000).cut(Piece(file, file.size), 1000)
    items = [item for piece in pieces for item in read_file(desk.storage, piece.file, source, desk.settings)]
    (cut,) = (item for item in items if isinstance(item, Reject))
    place = content.index(b"one,two,three")
    assert whole.detail.startswith(f"row at byte {place} (line 302): 3 fields")
    assert cut.detail.startswith(f"row at byte {place}: 3 fields")
