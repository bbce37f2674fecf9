from __future__ import annotations

import pytest

from copydesk.blocks.html import parse, read_page
from copydesk.blocks.pages import Runs, read_pages


def runs(*bodies: str) -> Runs:
    return read_pages([read_page(parse(f"<body>{body}".encode())) for body in bodies]).runs


@pytest.mark.parametrize(
    ("body", "address"),
    [
        ("<p>one <a href=/a>two</a> <a href=/b>three</a>", "/a"),
        ("<p><a name=top>one</a> <a href=''>two</a> <a href=/b>three</a> <a href=/c>four</a>", "/b"),
        ("<p><a name=top>one</a>", ""),
        ("<p>one", None),
        ("<p><a href='/?a=1&amp;b=2'>one</a>", "/?a=1&b=2"),
        ("<p><a title='no href=' href=/a>one</a>", "/a"),
    ],
)
def test_a_block_leads_where_its_first_link_with_an_address_does(body: str, address: str | None) -> None:
    assert runs(body).href.to_pylist() == [address]


def test_a_link_in_a_link_leads_where_the_outer_one_does_if_it_says_nothing() -> None:
    cell = "<a href=/out>one<table><td><a {}>two</a></table></a>"

    assert runs(cell.format("name=x"), cell.format("href=/in")).href.to_pylist() == ["/out", "/out", "/out", "/in"]


def test_spaces_around_a_link_are_not_linked_and_escapes_count_as_what_they_stand_for() -> None:
    (letters,) = runs("<p>Read <a href=/a> A &amp; B&nbsp;\u2003</a> now").link_chars.tolist()

    assert letters == len("A & B")


def test_links_of_one_page_are_not_those_of_the_next() -> None:
    assert runs("<p><a href=/a>one", "<p>two", "<p><a href=/c>three").href.to_pylist() == ["/a", None, "/c"]
