from __future__ import annotations

import gzip
import json
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.records import Record, Reject

ROWS = [
    {"content": f'<p class="a">Article {n}: naïve {{[café]}} \\ "</p>', "url": f"https://news.example/{n}", "n": [[n], {}]}
    for n in range(40)
]
LAYOUTS = [
    json.dumps,
    lambda rows: json.dumps(rows, ensure_ascii=False, indent=2),
    lambda rows: json.dumps({"total": 3, "next": None, "ids": [1, 2], "articles": rows, "more": {"a": []}}),
    lambda rows: "\n".join(map(json.dumps, rows)),
    lambda rows: "".join(map(json.dumps, rows)),
    lambda rows: json.dumps(rows[:3]) + "\n" + json.dumps(rows[3:]),
]
FILE = json.dumps(ROWS).encode()
VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers(-(10**30), 10**30) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def reasons(items: list) -> list[str]:
    return [item.reason.value if isinstance(item, Reject) else "record" for item in items]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_each_element_is_a_record_with_its_place(desk, layout, codec):
    content = layout(ROWS).encode(codec)
    items = desk.items(content, "json")
    assert [item.content for item in items] == [row["content"] for row in ROWS]
    assert [item.origin.ordinal for item in items] == list(range(40))
    plain = f"{codec}-le" if codec in ("utf-16", "utf-32") else codec.removesuffix("-sig")
    rest = content[items[7].origin.offset :].decode(plain)
    assert json.JSONDecoder().raw_decode(rest)[0] == ROWS[7]


def test_the_checksum_is_of_the_elements_own_bytes(desk):
    (item,) = desk.items(b'[ {"content": "x"} ]', "json")
    assert item.origin.sha256 == sha256(b'{"content": "x"}').hexdigest()


@settings(deadline=None)
@given(values=st.lists(VALUES, max_size=8), indent=st.sampled_from([None, 1]), ascii=st.booleans())
def test_elements_are_what_json_loads_of_them(any_desk, values, indent, ascii):
    rows = [{"content": f"text {n}", "title": json.dumps(value)} for n, value in enumerate(values)]
    text = json.dumps(
        [{**row, "value": value} for row, value in zip(rows, values, strict=True)], indent=indent, ensure_ascii=ascii
    )
    items = any_desk.items(text.encode("utf-8", "surrogatepass"), "json", title="title")
    assert [item.content for item in items] == [row["content"] for row in json.loads(text)]


def test_a_broken_line_of_json_lines_costs_that_line(desk):
    items = desk.items(b'{"content": "x" "a"}\n{"content": "b"}\n{"content": "c",}\n{"content": "d"}\n', "json")
    assert reasons(items) == ["unparsable", "record", "unparsable", "record"]


def test_the_source_names_the_array(desk):
    content = json.dumps({"facets": [{"content": "no"}], "response": {"n": 2, "docs": ROWS}, "a.b": [{"content": "x"}]}).encode()
    assert len(desk.items(content, "json", items="response.docs")) == 40
    assert len(desk.items(content, "json", items="a.b")) == 1
    (reject,) = desk.items(content, "json", items="result")
    assert "no array at [record] items = 'result'; the object has 'facets', 'response'" in reject.detail


def test_of_two_arrays_the_second_is_told_and_not_read(desk):
    items = desk.items(json.dumps({"a": ROWS[:2], "b": ROWS[2:]}).encode(), "json")
    assert reasons(items) == ["record", "record", "unparsable"]
    assert "[record] items" in items[-1].detail


def test_an_article_with_pictures_in_an_array_is_one_record(desk):
    (record,) = desk.items(json.dumps({"images": [{"url": "x"}], "content": "Text."}).encode(), "json")
    assert record.content == "Text."


@pytest.mark.parametrize("content", [b" \n", b"[]", b'{"articles": []}', b"[]\n[]", b"\xef\xbb\xbf[]"])
def test_a_file_without_elements_has_no_records_and_is_complete(desk, content):
    reading = desk.reading(content, "json")
    assert list(reading) == []
    assert reading.complete


@pytest.mark.parametrize(
    ("element", "reason"),
    [
        (b'{"content": "x" "a"}', "unparsable"),
        (b'{"content": "x",}', "unparsable"),
        (b"[" * 900 + b"]" * 900, "unparsable"),
        (b"17", "unparsable"),
        (b'{"content": 5}', "unparsable"),
        (b'{"text": "x"}', "missing_content"),
        (b'{"content": "' + b"x" * 9000 + b'"}', "too_large"),
        (b'{"content": "' + b'\\"' * 9000 + b'"}', "too_large"),
        (b"[" * 9000 + b"]" * 9000, "too_large"),
    ],
)
def test_a_broken_element_is_rejected_with_its_place_and_the_next_is_read(desk, element, reason):
    items = desk.items(b'[{"content": "a"},' + element + b',{"content": "b"}]', "json")
    assert reasons(items) == ["record", reason, "record"]
    assert items[1].origin.offset == 18


@pytest.mark.parametrize(
    "element", [b'{"content": "a", "v": NaN}', b'{"content": "a", "v": 1e9999}', b'{"content":"b","content":"a"}']
)
def test_what_json_loads_reads_is_read(desk, element):
    (record,) = desk.items(b"[" + element + b"]", "json")
    assert record.content == "a"


@pytest.mark.parametrize("content", [b"Plain text, no JSON.", b"<html>", b'[{"content": "a"} oops {"content": "b"}]', b"{a: 1}"])
def test_what_is_no_json_is_one_reject(desk, content):
    items = desk.items(content, "json")
    assert reasons(items)[-1] == "unparsable"
    assert len(items) <= 2


@pytest.mark.parametrize("content", [b"[" * 100_000, b'{"a":' * 100_000, b'[{"content": "a' + b"x" * 9000])
def test_a_bomb_that_never_ends_is_cut(desk, content):
    assert set(reasons(desk.items(content, "json"))) == {"truncated"}


@pytest.mark.parametrize("layout", LAYOUTS[:4])
@settings(deadline=None)
@given(cut=st.integers(0, 100_000))
def test_a_cut_file_keeps_its_whole_elements(any_desk, layout, cut):
    content = layout(ROWS[:8]).encode()
    items = any_desk.items(content[: cut % len(content)], "json")
    contents = [item.content for item in items if isinstance(item, Record)]
    assert contents == [row["content"] for row in ROWS[: len(contents)]]
    assert set(reasons(items)[len(contents) :]) <= {"truncated" if cut % len(content) else "empty"}
    assert len(items) <= len(contents) + 1


@settings(deadline=None)
@given(cut=st.integers(0, 100_000))
def test_a_cut_gzip_is_damaged_once(any_desk, cut):
    stored = gzip.compress(FILE, compresslevel=0, mtime=0)
    reading = any_desk.reading(stored[: cut % len(stored)], "json")
    items = list(reading)
    contents = [item.content for item in items if isinstance(item, Record)]
    assert contents == [row["content"] for row in ROWS[: len(contents)]]
    assert reasons(items)[len(contents) :] == ["truncated" if cut % len(stored) else "empty"]


@settings(deadline=None)
@given(at=st.integers(0, len(FILE) - 1), byte=st.integers(0, 255))
def test_a_changed_byte_never_raises(any_desk, at, byte):
    assert all(isinstance(item, Record | Reject) for item in any_desk.items(FILE[:at] + bytes([byte]) + FILE[at + 1 :], "json"))


@settings(deadline=None)
@given(text=st.text(st.sampled_from('{}[]",:\\a1 \n'), max_size=200) | st.binary(max_size=200).map(lambda b: b.decode("latin-1")))
def test_any_text_is_read_without_an_error(any_desk, text):
    assert all(isinstance(item, Record | Reject) for item in any_desk.items(text.encode("latin-1"), "json"))


def test_an_array_of_120_mb_on_one_line_is_not_held(tmp_path, read_apart):
    path = tmp_path / "huge.json"
    row = json.dumps({"content": '<p class="a">Nothing but prose.</p>\n' * 1000, "url": "u"}).encode()
    with path.open("wb") as file:
        file.write(b'{"total": 3000, "articles": [' + row)
        for _ in range(2999):
            file.write(b", " + row)
        file.write(b', {"content": "' + b"x" * (100 << 20) + b'"}, ' + row + b"]}")
    counts, grown_mb = read_apart(path, "json", max_record_bytes=1 << 20)
    assert counts == {"record": 3001, "too_large": 1}
    assert grown_mb < 40
