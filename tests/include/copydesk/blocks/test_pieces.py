from __future__ import annotations

import sys

import pytest

from copydesk.blocks.html import parse, read_page
from copydesk.blocks.pages import read_pages
from copydesk.blocks.pieces import NARROW_BLANKS, WIDE_BLANKS


def texts(body: str) -> list[str]:
    return read_pages([read_page(parse(f"<body>{body}".encode()))]).runs.text.to_pylist()


def test_all_that_unicode_calls_a_space_is_one() -> None:
    spaces = {chr(point) for point in range(sys.maxunicode + 1) if chr(point).isspace()}

    assert {" ", *NARROW_BLANKS.decode(), *WIDE_BLANKS} == spaces


@pytest.mark.parametrize(
    "blank", ["\t", "\n", "\x85", "\u1680", "\u2009", "\u2028", "\u202f", "\u205f", "\u3000", "&nbsp;", " \u2003\n "]
)
def test_white_space_of_any_kind_is_one_space_between_words_and_none_around_them(blank: str) -> None:
    assert texts(f"<p>{blank}one{blank}<b>two</b>{blank}“three”{blank}") == ["one two “three”"]


@pytest.mark.parametrize("text", ["&amp;lt;", "&amp;nbsp;", "&amp;amp;", "&lt;b&gt; &quot;c&quot;", "a&amp;<b>amp;</b>"])
def test_what_is_escaped_is_read_once(text: str) -> None:
    read = text.replace("<b>", "").replace("</b>", "").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')

    assert texts(f"<p>{text}") == [read.replace("&amp;", "&")]


def test_signs_that_begin_like_a_space_stay() -> None:
    assert texts("<p>“Ähre” – ‘é’ … 中文。\u2060") == ["“Ähre” – ‘é’ … 中文。\u2060"]


def test_blank_pieces_make_no_block_and_part_none() -> None:
    assert texts("<p> <b>\u3000</b> <p>one<b> </b>two<p>&nbsp;") == ["one two"]
