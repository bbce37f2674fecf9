from __future__ import annotations

import json

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
        ("image/png", "text/plain", None),
        (None, "text/plain", None),
    ],
)
def test_a_field_may_say_what_the_content_is(desk, stated, media_type, charset):
    row = json.dumps({"content": "x", "type": stated}).encode()
    (item,) = desk.items(row, "jsonl", media_type="text/plain", media_type_field="type")
    assert (item.media_type, item.charset) == (media_type, charset)


def test_all_that_a_container_may_state_is_kept(desk):
    row = {"content": "x", **{f"the_{name}": f"{name}!" for name in GIVEN}}
    (item,) = desk.items(json.dumps(row).encode(), "jsonl", **{name: f"the_{name}" for name in GIVEN})
    assert item.given == {name: f"{name}!" for name in GIVEN}
