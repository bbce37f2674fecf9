from __future__ import annotations

from copydesk.blocks.columns import document_table, page_blocks
from copydesk.blocks.html import parse, read_page
from copydesk.blocks.pages import Picture, read_pages
from copydesk.blocks.segment import segment
from copydesk.blocks.table import BLOCKS, DOCUMENTS
from copydesk.fields.claims import Claim
from copydesk.records import Origin, Record


def blocks(*bodies: str) -> list[dict]:
    pages = read_pages([read_page(parse(f"<body>{body}".encode())) for body in bodies])
    return page_blocks(range(len(bodies)), pages).to_pylist()


def document(**values: object) -> dict[str, object]:
    return {name: [] if name in ("claims", "pictures", "notes") else None for name in DOCUMENTS.names} | values


def test_elements_around_a_block_are_known_nearest_first() -> None:
    outer, inner, own = blocks("<main>a<section><p>b</p><div>c</div></section></main>")

    assert (outer["container"], outer["enclosing"]) == (1, [0])
    assert (inner["container"], inner["enclosing"]) == (2, [1, 0])
    assert (own["container"], own["enclosing"]) == (4, [2, 1, 0])


def test_at_most_six_elements_around_a_block_are_known() -> None:
    (deep,) = blocks("<div class=w>" * 9 + "x")

    assert (deep["container"], deep["enclosing"], deep["words"]) == (9, [8, 7, 6, 5, 4, 3], "w w w w w w")


def test_elements_are_counted_anew_on_each_page_and_their_words_stay_apart() -> None:
    one, other = blocks("<div class=one><p>a", "<p>b")

    assert (one["document"], one["container"], one["words"]) == (0, 1, "one")
    assert (other["document"], other["container"], other["words"]) == (1, 0, "")


def test_no_pages_are_a_table_without_rows_in_the_same_schema() -> None:
    assert page_blocks([], read_pages([])).schema == BLOCKS
    assert page_blocks([], read_pages([])).num_rows == 0


def test_claims_and_pictures_stay_with_their_documents() -> None:
    rows = [document(), document(claims=[Claim("title", "T", "head")], pictures=[Picture("/a", "A", 1), Picture("/b", "", 2)])]
    table = document_table(rows)

    assert table.schema == DOCUMENTS
    assert table["claims"].to_pylist() == [[], [{"field": "title", "value": "T", "clue": "head"}]]
    assert [picture["url"] for picture in table["pictures"].to_pylist()[1]] == ["/a", "/b"]


def test_what_a_page_escaped_twice_is_read_as_it_was_meant():
    page = "<p>The mayor&amp;#8217;s <a href='/a?b&amp;copy;=1'>K&amp;uuml;hlturm</a> &amp;amp; fares<p>Type &amp;lt;p&amp;gt; &amp;amp; so"
    found = segment([Record(page, "text/html", Origin("file"))], 512).blocks

    assert found["text"].to_pylist() == ["The mayor’s Kühlturm & fares", "Type &lt;p&gt; &amp; so"]
    assert found["link_chars"].to_pylist()[0] <= len("The mayor’s Kühlturm & fares")
