from __future__ import annotations

from contextlib import suppress

import pytest

from copydesk.blocks.depth import FEW_TAGS, MAX_ATTRIBUTES, STEP, TooDeep, check_attributes, check_depth, check_formatting
from copydesk.blocks.openings import Openings
from timing import done_within


def tag(attributes: int, value: str) -> str:
    return "<p>a<div " + " ".join(f"name{i}{value}" for i in range(attributes)) + ">b</div>"


@pytest.mark.parametrize("value", ["", "=1", '=">"', "='x y'"])
def test_a_tag_with_more_attributes_than_any_page_has_is_refused(value: str) -> None:
    with pytest.raises(TooDeep, match="attributes"):
        check_attributes(Openings(tag(40 * MAX_ATTRIBUTES, value).encode()))

    check_attributes(Openings(tag(MAX_ATTRIBUTES - 1, value).encode()))


def test_a_comparison_in_a_long_script_is_no_tag() -> None:
    script = "for (i=0;i<f.length;i++) {" + "a = b + c; " * STEP + "}"

    check_attributes(Openings(f"<p>a<script>{script}</script><p>b".encode()))
    with pytest.raises(TooDeep):
        check_attributes(Openings(f"<p>a{script}<p>b".encode()))


@pytest.mark.parametrize("text", ["<!-- {} -->", "<script>{}</script>", "<STYLE>{}</style>", "<!-->{}", "<!-- a --><p>{}"])
def test_what_a_comment_or_a_script_holds_is_not_nested(text: str) -> None:
    html = text.format("<div>" * (FEW_TAGS + 1)).encode()
    is_markup = text.startswith(("<!-->", "<!-- a"))

    if is_markup:
        with pytest.raises(TooDeep):
            check_depth(Openings(html), 512)
    else:
        check_depth(Openings(html), 512)


@pytest.mark.parametrize(("opened", "ends"), [(6000, 20_000), (FEW_TAGS + 1, 0)])
def test_open_elements_are_counted_where_they_are_many_or_many_ends_search_them(opened: int, ends: int) -> None:
    with pytest.raises(TooDeep):
        check_depth(Openings(b"<x>" * opened + b"</y>" * ends), 512)

    check_depth(Openings(b"<x>" * 6000 + b"</y>" * 6000), 512)  # parsed in a tenth of a second: the walk counts them


@pytest.mark.parametrize("block", ["<p><font size={}>x", "<div><FONT\nsize={}>x</div>", "<p><i/a{}><b a={}>x"])
def test_formatting_that_every_paragraph_leaves_open_is_refused(block: str) -> None:
    with pytest.raises(TooDeep, match="left open"):
        check_formatting(Openings("".join(block.format(n, n) for n in range(4000)).encode()))


@pytest.mark.parametrize("block", ["<p><i class=a{}>x</i>", "<p><b>x{}", "<p><font size={}>x</font>" * 3])
def test_formatting_that_ends_or_is_always_the_same_is_not(block: str) -> None:
    check_formatting(Openings("".join(block.format(n, n, n) for n in range(4000)).encode()))


@pytest.mark.parametrize("piece", ["<!--", "<!-->", "<", "</", "<1 ", "<p ", " ", '="', "<a b='", "<script ", "<b ", "<i/"])
def test_looking_takes_no_longer_than_a_page_is_long(piece: str) -> None:
    def look() -> None:
        for check in (check_attributes, check_formatting, lambda openings: check_depth(openings, 10**6)):
            with suppress(TooDeep):
                check(Openings(("<div " + piece * (10**6 // len(piece))).encode()))

    done_within(6, look)  # quadratic time would be minutes
