from __future__ import annotations

import io
import json
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from copydesk.fields.identity import article_id
from copydesk.raw.mapping import GIVEN, find_field
from copydesk.schema import ARTICLES

ROW = {
    "article": {"body": {"html": "<p>x</p>"}, "by": [{"name": "Ann"}, {"no": 1}, {"name": "Bo"}]},
    "a.b": "dotted",
    "a": {"b": "nested"},
}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("article.body.html", "<p>x</p>"),
        ("article.by.name", ["Ann", "Bo"]),
        ("article.by.none", None),
        ("a.b", "dotted"),
        ("article.body.html.more", None),
        ("article..html", None),
        (".", None),
    ],
)
def test_a_dotted_path_leads_into_objects_and_lists_of_them(path, value):
    assert find_field(ROW, path) == value


def test_what_a_container_may_state_are_columns_of_articles():
    assert set(GIVEN) <= set(ARTICLES.schema.names)


def test_rows_without_id_and_title_are_told_apart_and_keep_their_id(desk):
    content = b'{"content": "x"}\n{"content": "x"}\n'
    ids = [item.id for item in desk.items(content, "jsonl")]
    assert len({article_id("desk", None, given, None, None) for given in ids}) == 2
    assert ids == [item.id for item in desk.items(content, "jsonl")]


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("7", "a number"),
        ("7.5", "a number"),
        ("true", "a boolean"),
        ('{"html": "x"}', "an object"),
        ('["x"]', "an array"),
    ],
)
def test_a_field_that_is_no_text_is_told_in_the_words_of_json(desk, value, name):
    (item,) = desk.items(f'{{"content": {value}}}'.encode(), "jsonl")
    assert item.detail == f"line at byte 0: field 'content' holds {name}, where text is expected"


@pytest.mark.parametrize(("value", "name"), [("7", "a number"), ("null", "null"), ('"x"', "a string")])
def test_a_line_that_is_no_object_is_told_in_the_words_of_json(desk, value, name):
    (item,) = desk.items(value.encode(), "jsonl")
    assert item.detail == f"line at byte 0: {name}, where an object is expected"


@pytest.mark.parametrize(
    ("stated", "media_type", "charset"),
    [
        ("text/plain", "text/plain", None),
        ('TEXT/HTML; charset="koi8-r"', "text/html", "koi8-r"),
        ("application/xhtml+xml", "text/html", None),
        ("html", "text/html", None),
        ("text/markdown", "text/plain", None),
        ("image/png", "text/plain", None),
        (None, "text/plain", None),
    ],
)
def test_a_field_may_say_what_the_content_is(desk, stated, media_type, charset):
    other = "text/html" if media_type == "text/plain" and stated == "text/markdown" else "text/plain"
    row = json.dumps({"content": "x", "type": stated}).encode()
    (item,) = desk.items(row, "jsonl", media_type=other, media_type_field="type")
    assert (item.media_type, item.charset) == (media_type, charset)


def test_all_that_a_container_may_state_is_kept(desk):
    row = {"content": "x", **{f"the_{name}": f"{name}!" for name in GIVEN}}
    (item,) = desk.items(json.dumps(row).encode(), "jsonl", **{name: f"the_{name}" for name in GIVEN})
    assert item.given == {name: f"{name}!" for name in GIVEN}


RENAMED = {"content": ["text", "page.body"], "title": ["headline", "title"], "url": ["link", "url"]}
BEFORE = {"text": "Old text", "headline": "Old", "link": "https://paper.example/1"}
AFTER = {"page": {"body": "New text"}, "headline": " ", "title": "New", "url": "https://paper.example/2"}


def as_csv(*rows):
    return "text,page.body,headline,title,link,url\n" + "".join(f"{','.join(row)}\n" for row in rows)


@pytest.mark.parametrize(
    ("format", "content"),
    [
        ("jsonl", f"{json.dumps(BEFORE)}\n{json.dumps(AFTER)}\n"),
        ("json", json.dumps({"articles": [BEFORE, AFTER]})),
        (
            "csv",
            as_csv(
                ("Old text", "", "Old", "", "https://paper.example/1", ""),
                ("", "New text", "", "New", "", "https://paper.example/2"),
            ),
        ),
    ],
)
def test_a_field_that_was_renamed_is_found_by_either_name(desk, format, content):
    old, new = desk.items(content.encode(), format, **RENAMED)
    assert (old.content, old.given, old.url) == ("Old text", {"title": "Old"}, "https://paper.example/1")
    assert (new.content, new.given, new.url) == ("New text", {"title": "New"}, "https://paper.example/2")


def test_a_renamed_column_of_parquet_is_read(desk):
    sink = io.BytesIO()
    pq.write_table(pa.table({"text": ["Old text", None], "body": [None, "New text"], "other": [1, 2]}), sink)
    items = desk.items(sink.getvalue(), "parquet", content=["text", "body"])
    assert [item.content for item in items] == [b"Old text", b"New text"]


@pytest.mark.parametrize("other", [{"id": 7}, [], 7.5, False])
def test_a_field_that_holds_no_text_leaves_the_others_their_turn(desk, other):
    (item,) = desk.items(json.dumps({"text": other, "body": "New text"}).encode(), "jsonl", content=["text", "body"])
    assert item.content == "New text"
    (item,) = desk.items(json.dumps({"text": " ", "body": other}).encode(), "jsonl", content=["text", "body"])
    assert item.detail.endswith("where text is expected")


def test_references_to_control_characters_beside_a_text_are_none(desk):
    row = {"content": "x", "title": f"Caf\u00e9 {'&#12;' * 30}opens", "section": "&nbsp;"}
    (item,) = desk.items(json.dumps(row).encode(), "jsonl", title="title", section="section")
    assert item.given["title"].split() == ["Caf\u00e9", "opens"]
    assert "section" not in item.given


def test_a_text_under_none_of_its_names_is_told_by_all_of_them(desk):
    (item,) = desk.items(b'{"words": "x"}', "jsonl", content=["text", "body"])
    assert "field 'text' or 'body' is missing; the line has 'words'" in item.detail


def test_what_is_said_beside_a_text_is_read_as_people_wrote_it(desk):
    row = {
        "content": "x",
        "title": "Marks &amp; Spencer&#8217;s",
        "authors": "ZoÃ« MÃ¼ller",
        "url": "https://paper.example/?a=1&amp;b=2",
    }
    (item,) = desk.items(json.dumps(row).encode(), "jsonl", title="title", authors="authors")
    assert item.given == {"title": "Marks & Spencer’s", "authors": "Zoë Müller"}
    assert item.url == "https://paper.example/?a=1&b=2"


@pytest.mark.parametrize(
    ("value", "given"),
    [("1793696400.0", "1793696400"), ("46329.4375", "46329.4375"), ("20261103", "20261103"), ("NaN", None), ("1e400", None)],
)
def test_numbers_are_what_their_column_meant(desk, value, given):
    (item,) = desk.items(f'{{"content": "x", "date": {value}}}'.encode(), "jsonl", published_at="date")
    assert item.given.get("published_at") == given


def test_decimals_of_databases_are_numbers_too(desk):
    sink = io.BytesIO()
    ids = pa.array([Decimal("90071992547409931"), Decimal("12.50"), None], pa.decimal128(20, 2))
    pq.write_table(pa.table({"content": ["One", "Two", "Three"], "id": ids}), sink)
    items = desk.items(sink.getvalue(), "parquet", id="id")
    assert [item.id for item in items[:2]] == ["90071992547409931", "12.50"]
    assert items[2].id.startswith("day/file")


def test_a_whole_number_larger_than_any_fraction_costs_nothing_but_its_field(desk):
    large = "9" * 400
    items = desk.items(f'{{"content": "x", "id": {large}}}\n{{"content": "y"}}'.encode(), "jsonl", id="id")
    assert [item.content for item in items] == ["x", "y"]
    assert items[0].id == large
