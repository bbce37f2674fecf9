from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.blocks.columns import page_blocks
from copydesk.blocks.depth import TooDeep, check_depth
from copydesk.blocks.html import parse, part_headings, read_items, read_page
from copydesk.blocks.openings import Openings
from copydesk.blocks.pages import Pages, read_pages
from copydesk.markup.elements import UNSEEN
from timing import done_within


def page(body: str) -> Pages:
    return read_pages([read_page(parse(f"<body>{body}".encode()))])


def blocks(body: str) -> list[SimpleNamespace]:
    return [SimpleNamespace(**row) for row in page_blocks([0], page(body)).to_pylist()]


def texts(body: str) -> list[str]:
    return [block.text for block in blocks(body)]


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
        ("<p>a &lt;b&gt; &amp;amp; &quot;c&quot;&nbsp;d</p>", ['a <b> &amp; "c" d']),
        ("<p>a<!-- > b < c > --!>d<!-->e<!--->f</p>", ["adef"]),
        ("<p>a <?pi b < c > d</p>", ["a d"]),
        ("a<!-- <p>b</p> -->c<!----><!-- < -->d<!-- > --><p>e", ["acd", "e"]),
        ("<x<!--y-->one</x<!--y--><p>two<!-- <p>three -->", ["one", "two"]),
        ("<div <span class=x>one</div><i <<b='>'>two</i <", ["one", "two"]),
        ("<x<y>one</x<y><p>two", ["one", "two"]),
        ("<p>a<xmp><b>&amp;</xmp>b", ["a", "<b>&amp;", "b"]),
        ("<p>a<plaintext></p><b>", ["a", "</p><b>"]),
        ("", []),
    ],
)
def test_a_block_is_a_run_of_text_between_block_boundaries(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("<span>Harbour</span><span>Ferry sails again</span>", "Harbour Ferry sails again"),
        ("<a href=/h>Route 21</a><a href=/f>Ferry sails</a>", "Route 21 Ferry sails"),
        ("<span><b>Hafen</b></span><span class=title><i>Über</i> Nacht</span>", "Hafen Über Nacht"),
        ("<span>Harbour</span> <span>Ferry</span>", "Harbour Ferry"),
        ("<span>Har</span><span>bour</span>", "Harbour"),
        ("<span>Mc</span><span>Donald</span>", "McDonald"),
        ("<span>F</span><span>erry</span><b>Sails</b>", "FerrySails"),
        ("<span>ferrie</span><span>S</span>", "ferrieS"),
        ("<span>Ferry</span>-<span>Service</span>", "Ferry-Service"),
    ],
)
def test_parts_of_a_heading_that_only_look_apart_are_parted(heading: str, expected: str) -> None:
    page = parse(f"<h1>{heading}</h1><p><span>Harbour</span><span>Ferry</span>".encode())
    part_headings(page)

    assert [node.text() for node in page.tree.css("h1,p")] == [expected, "HarbourFerry"]


def test_a_block_knows_its_element_and_what_stands_above_it() -> None:
    (block,) = blocks('<main class="storyBody"><div id="main-content"><p class=lead>Text</p></div></main>')

    assert (block.tag, block.ancestors) == ("p", "body main div p")
    assert block.words == "lead main content story body"


def test_paragraphs_of_one_parent_share_a_container_and_lines_of_a_div_do_too() -> None:
    found = blocks("<div><p>a</p><p>b</p></div><div>c<br>d</div>")

    assert found[0].container == found[1].container != found[2].container == found[3].container


def test_link_characters_and_the_first_address_are_noted() -> None:
    (block,) = blocks('<p>See <a href="/one">one</a> and <a href="/two"><b>two</b></a>.</p>')

    assert (block.link_chars, block.href) == (6, "/one")


def test_a_link_around_blocks_is_theirs_and_ends_with_them() -> None:
    card, after = blocks('<a href="/story"><h3>Headline</h3></a><p>After</p>')

    assert (card.href, card.link_chars) == ("/story", 8)
    assert (after.href, after.link_chars) == (None, 0)


def test_the_time_of_a_time_element_belongs_to_its_block_alone() -> None:
    dated, plain = blocks('<p><time datetime="2024-02-07T15:24Z">today</time></p><p>x</p>')

    assert (dated.datetime, plain.datetime) == ("2024-02-07T15:24Z", None)


@pytest.mark.parametrize("attribute", ["hidden", 'aria-hidden="true"', 'style="DISPLAY: none"'])
def test_a_hidden_element_is_kept_and_marked(attribute: str) -> None:
    (block,) = blocks(f"<div {attribute}>unseen</div>")

    assert block.words == "hidden"


def test_stated_items_are_only_those_that_are_asked_for() -> None:
    body = '<div itemprop=articleBody>long</div><span itemprop="author name">Ann Lee</span><meta itemprop=name content=Bo>'
    found = read_items(parse(body.encode()), frozenset({"name"}))

    assert found == [("name", "Ann Lee"), ("name", "Bo")]


def test_what_is_not_seen_states_nothing() -> None:
    hidden = "<body><noscript><span itemprop=name>Ann</span></noscript><svg><a rel=author>Bo</a></svg>"

    assert read_items(parse(hidden.encode()), frozenset({"name"})) == []


@pytest.mark.parametrize("tag", ["div", "img"])
def test_what_one_attribute_quotes_is_no_other_attribute(tag: str) -> None:
    found = page(f'<{tag} title="x class=" class="lead" src="/a?b&amp;c" alt="&quot;A&quot;">text')

    if tag == "img":
        assert found.pictures == [[("/a?b&c", '"A"', 0)]]
    else:
        assert page_blocks([0], found)["words"].to_pylist() == ["lead"]


SOUP = "<p> <div> </div> </p> <b> </b> <table> <td> <a> </a> <br> <!--x--> <pre> <svg> </svg> <template> </template> <x<y> <i <j> text & < "


@given(st.lists(st.sampled_from(SOUP.split()), max_size=30))
def test_every_letter_that_is_seen_stands_in_a_block(soup: list[str]) -> None:
    html = " ".join(part + str(n) if part.isalpha() else part for n, part in enumerate(soup))
    tree = parse(html.encode()).tree
    for node in tree.css(",".join(sorted(UNSEEN))):
        node.decompose(recursive=False)
    shown = tree.body.text() if tree.body else ""

    assert "".join("".join(texts(html)).split()) == "".join(shown.split())


@pytest.mark.parametrize("size", [1, 23, 24, 25, 400])
def test_names_of_elements_are_read_however_long_they_are(size: int) -> None:
    name = "x" * size
    found = page(f"<div><{name} class=lead>a</{name}><p>b</div>")

    assert page_blocks([0], found)["tag"].to_pylist() == [name, "p"]


def test_a_name_of_a_million_letters_is_read_at_once() -> None:
    assert len(done_within(1, lambda: page(f"<{'x' * 1_000_000}>a")).runs.text) == 1


def test_a_picture_says_which_block_follows_it_and_where_it_really_is() -> None:
    body = '<p>a</p><img src="data:image/gif;base64,R0" data-src="/real.jpg 2x" alt=" A  cat "><p>b</p>'

    assert page(body).pictures == [[("/real.jpg", "A cat", 1)]]


def test_a_page_says_how_many_elements_are_open_at_once_counting_from_the_body() -> None:
    found = read_pages([read_page(parse(body.encode())) for body in ("<div>" * 500 + "x", "", "<p>a<p>b<hr>", "<b><div><i>c")])

    assert found.depths.tolist() == [500, 0, 1, 2]


def test_pages_that_are_read_together_are_what_they_are_alone() -> None:
    bodies = ["<p>a <a href=/x>b</a>", "<!-- <p> -->", "c<img src=y><p><time datetime=2024>d", "<x<!--y>e"]
    pages = [read_page(parse(body.encode())) for body in bodies]
    together = page_blocks([0, 1, 2, 3], read_pages(pages)).drop_columns("document").to_pylist()

    assert together == [
        row for each in pages for row in page_blocks([0], read_pages([each])).drop_columns("document").to_pylist()
    ]
    assert read_pages(pages).pictures == [[], [], [("y", "", 0)], []]


def test_a_sign_below_the_space_that_a_page_states_by_number_is_text() -> None:
    (block,) = blocks("<p>&#1;<a href=/x>&nbsp; </a></p>")

    assert (block.text, block.link_chars, block.href) == ("\x01", 0, "/x")


def test_a_link_without_an_address_leads_where_the_link_around_it_does() -> None:
    around, within = blocks("<a href=/out>x<table><td><a>in</a>2</td></table></a>")
    other = blocks("<a href=/out>x<table><td><a href=/in>in</a>2</td></table></a>")[1]

    assert (around.href, within.href, within.link_chars, other.href) == ("/out", "/out", 3, "/in")


@pytest.mark.parametrize("bomb", ["<div>", "<b>", "<ul><li>", "<font size={}>", "<div></x>", "<div></p>", "<div><table></div>"])
def test_two_hundred_thousand_nested_tags_are_refused_before_they_are_parsed(bomb: str) -> None:
    html = "".join(bomb.format(n) for n in range(200_000))

    def check() -> None:
        with pytest.raises(TooDeep):
            check_depth(Openings(html.encode()), 512)

    done_within(5, check)


def test_a_choice_of_forty_thousand_is_parsed_at_once() -> None:
    done_within(2, lambda: parse(("<select>" + "<option>x" * 40_000).encode()))  # eleven seconds where each option is mirrored


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
    check_depth(Openings(html.encode()), 512)
