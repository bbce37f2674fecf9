from __future__ import annotations

import time

import pytest
from selectolax.lexbor import LexborHTMLParser

from copydesk.blocks.depth import TooDeep, check_depth
from copydesk.blocks.html import Walk, walk


def page(body: str, props: frozenset[str] = frozenset()) -> Walk:
    return walk(LexborHTMLParser(f"<body>{body}"), 512, props)


def texts(body: str) -> list[str]:
    return [block.text for block in page(body).blocks]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>One <b>bold</b> and <i>slanted</i> word.</p>", ["One bold and slanted word."]),
        ("<div>Before<p>inside</p>after</div>", ["Before", "inside", "after"]),
        ("<p>first<br>second<br/>third</p>", ["first", "second", "third"]),
        ("<p>unclosed<p>next<li>item", ["unclosed", "next", "item"]),
        ("<p>a <meta itemprop=x content=y>b <link>c</p>", ["a b c"]),
        ("<p>a <picture><source><img src=x></picture> b</p>", ["a b"]),
        ("<p>seen<script>let x</script><style>p{}</style> still seen</p>", ["seen still seen"]),
        ("<noscript>no script</noscript><template>t</template><svg><text>s</text></svg>", []),
        ("<!-- a --><p>x<!-- b -->y</p>", ["xy"]),
        ("<p>  many\n\t spaces  </p>", ["many spaces"]),
        ("<table><tr><td>a<td>b<tr><th>c</table>", ["a", "b", "c"]),
        ("text of the body", ["text of the body"]),
        ("", []),
    ],
)
def test_a_block_is_a_run_of_text_between_block_boundaries(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


def test_a_block_knows_its_element_and_what_stands_above_it() -> None:
    (block,) = page('<main class="storyBody"><div id="main-content"><p class=lead>Text</p></div></main>').blocks

    assert (block.tag, block.ancestors) == ("p", "body main div p")
    assert block.words == "lead main content story body"


def test_paragraphs_of_one_parent_share_a_container_and_lines_of_a_div_do_too() -> None:
    blocks = page("<div><p>a</p><p>b</p></div><div>c<br>d</div>").blocks

    assert blocks[0].container == blocks[1].container != blocks[2].container == blocks[3].container


def test_link_characters_and_the_first_address_are_noted() -> None:
    (block,) = page('<p>See <a href="/one">one</a> and <a href="/two"><b>two</b></a>.</p>').blocks

    assert (block.link_chars, block.href) == (6, "/one")


def test_a_link_around_blocks_is_theirs_and_ends_with_them() -> None:
    card, after = page('<a href="/story"><h3>Headline</h3></a><p>After</p>').blocks

    assert (card.href, card.link_chars) == ("/story", 8)
    assert (after.href, after.link_chars) == (None, 0)


def test_the_time_of_a_time_element_belongs_to_its_block_alone() -> None:
    dated, plain = page('<p><time datetime="2024-02-07T15:24Z">today</time></p><p>x</p>').blocks

    assert (dated.datetime, plain.datetime) == ("2024-02-07T15:24Z", None)


@pytest.mark.parametrize("attribute", ["hidden", 'aria-hidden="true"', 'style="DISPLAY: none"'])
def test_a_hidden_element_is_kept_and_marked(attribute: str) -> None:
    (block,) = page(f"<div {attribute}>unseen</div>").blocks

    assert block.words == "hidden"


def test_stated_items_are_only_those_that_are_asked_for() -> None:
    body = '<div itemprop=articleBody>long</div><span itemprop="author name">Ann Lee</span><meta itemprop=name content=Bo>'
    found = page(body, frozenset({"name"})).items

    assert found == [("name", "Ann Lee"), ("name", "Bo")]


def test_a_picture_says_which_block_follows_it_and_where_it_really_is() -> None:
    body = '<p>a</p><img src="data:image/gif;base64,R0" data-src="/real.jpg 2x" alt=" A  cat "><p>b</p>'

    assert page(body).pictures == [("/real.jpg", "A cat", 1)]


def test_a_page_nested_over_the_limit_is_too_deep_and_one_below_is_not() -> None:
    assert texts("<div>" * 500 + "x") == ["x"]
    with pytest.raises(TooDeep, match="512 open elements"):
        page("<div>" * 600 + "x")


@pytest.mark.parametrize("bomb", ["<div>", "<b>", "<ul><li>", "<font size={}>", "<div></x>", "<div></p>", "<div><table></div>"])
def test_two_hundred_thousand_nested_tags_are_refused_before_they_are_parsed(bomb: str) -> None:
    html = "".join(bomb.format(n) for n in range(200_000))
    started = time.perf_counter()
    with pytest.raises(TooDeep):
        check_depth(html, 512)

    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    "html",
    [
        "<p>unclosed" * 20_000,
        "<ul>" + "<li>item" * 20_000,
        "<div><span>x</span></div>" * 20_000,
        "<script>" + "'<div>'+" * 20_000 + "</script>",
        "<!--" + "<div>" * 20_000 + "-->",
    ],
)
def test_a_long_page_that_is_not_deep_passes(html: str) -> None:
    check_depth(html, 512)
