from __future__ import annotations

import pytest

from copydesk.fields.stated.things import parse, things_of, types_of


@pytest.mark.parametrize(
    "text",
    ['{"a": "b"}', ' {"a": "b"};\n', '<!-- {"a": "b"} -->', '/*<![CDATA[*/{"a": "b"}/*]]>*/', '//<![CDATA[\n{"a": "b"}\n//]]>'],
)
def test_json_is_read_however_sites_wrap_it(text: str) -> None:
    assert parse(text) == {"a": "b"}


def test_line_breaks_may_stand_in_strings_and_what_is_torn_is_nothing() -> None:
    assert parse('{"a": "b\nc"}') == {"a": "b\nc"}
    assert parse('{"a": ') is None
    assert parse("[" * 100_000) is None


def test_objects_are_found_in_lists_and_graphs_and_not_in_properties() -> None:
    data = [{"@id": "1", "author": {"@id": "no"}}, {"@id": "2", "@graph": [{"@id": "3"}, "text"]}]

    assert [thing["@id"] for thing in things_of(data)] == ["1", "2", "3"]


def test_there_is_an_end_to_nesting() -> None:
    data: object = {"@id": "deep"}
    for _ in range(50):
        data = [data]

    assert list(things_of(data)) == []


def test_a_type_may_be_one_several_or_none() -> None:
    assert types_of({"@type": "Article"}) == ["Article"]
    assert types_of({"@type": ["WebPage", 3, "Article"]}) == ["WebPage", "Article"]
    assert types_of({}) == []
