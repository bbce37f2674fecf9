from __future__ import annotations

import pytest

from copydesk.blocks.mistaken import as_it_is
from copydesk.blocks.segment import segment
from copydesk.raw.encodings.decoding import decode
from copydesk.records import Origin, Record
from timing import done_within

FARES = "Passengers will pay more from April, the third rise in two years."
CAFES = "Owners of the cafés on the quay said that they feared for their trade."


def blocks(content: bytes | str, media_type: str) -> list[str]:
    found = segment([Record(content, media_type, Origin("file"))], 512)
    assert not found.rejects, found.rejects
    return found.blocks["text"].to_pylist()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_text_in_a_field_of_pages_keeps_its_lines(end):
    text = end.join(["Fares to rise", "By Ada Merrow, <ada@courier.example>", "", FARES, "", "1 < 2, said the board."])
    assert blocks(text, "text/html") == [
        "Fares to rise",
        "By Ada Merrow, <ada@courier.example>",
        FARES,
        "1 < 2, said the board.",
    ]


def test_a_page_whose_source_is_wrapped_is_not_a_text():
    assert blocks(f"<p>Passengers\nwill pay.\n\nMore.<p>{CAFES}", "text/html") == ["Passengers will pay. More.", CAFES]
    assert blocks("Passengers\nwill <b>pay</b>\nmore.", "text/html") == ["Passengers will pay more."]


def test_blank_lines_part_paragraphs_where_no_tag_does():
    article = (
        f'The <a href="/s">Star</a> sails.\n\n{FARES}\n<h2>Trade</h2>\n{CAFES}\n \n<ul>\n<li>Adults: 3\n\n<li>Dogs: 1\n</ul>\n\n'
    )
    assert blocks(article, "text/html") == ["The Star sails.", FARES, "Trade", CAFES, "Adults: 3", "Dogs: 1"]


def test_a_page_in_a_folder_of_texts_is_read_as_one():
    page = f"<!-- saved -->\n<!DOCTYPE html>\n<html><head><title>Fares</title></head><body><p>{FARES}<p>{CAFES}</body></html>"
    assert blocks(page, "text/plain") == [FARES, CAFES]
    assert blocks(f"<p>{FARES}</p><p>{CAFES}</p>", "text/plain") == [FARES, CAFES]


@pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
def test_a_page_that_was_escaped_once_too_often_is_a_page(media_type):
    assert blocks(f"&lt;p class=&quot;a&quot;&gt;{FARES}&lt;/p&gt;&lt;p&gt;Bread &amp;amp; fish&lt;/p&gt;", media_type) == [
        FARES,
        "Bread & fish",
    ]


@pytest.mark.parametrize(
    "text", ["<p> is how a paragraph begins.", "<Name withheld> writes:\nNo.", "A <p>tag</p> and another.", "{x} is a set."]
)
def test_texts_that_speak_of_markup_stay_texts(text):
    assert blocks(text, "text/plain") == text.split("\n")


@pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
def test_rich_text_is_read(media_type):
    rich = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}{\f1\fcharset204 Times;}}{\info{\title x}}{\*\generator Riched20;}"
        rb"\pard\b Fares to rise\b0\par \f0 Caf\'e9s \ldblquote fear\rdblquote\u8230 ? for trade\emdash they say.\par"
        b"\n" + rb"{\f1 \'cd\'e5\'f2}{\pict\wmetafile8 0102ff}{\field{\*\fldinst HYPERLINK x}{\fldrslt here}}\par}"
    )
    assert blocks(rich, media_type) == ["Fares to rise", "Cafés “fear”… for trade—they say.", "Нетhere"]


def test_text_members_of_word_processors_are_read():
    word = (
        '<?xml version="1.0"?><w:document xmlns:w="x"><w:body><w:p><w:r><w:t>Fares</w:t></w:r><w:r><w:t xml:space="preserve"> rise'
        "</w:t></w:r></w:p><w:del><w:p><w:r><w:t>gone</w:t></w:r></w:p></w:del>\n<w:p><w:r><w:t>A&amp;B</w:t><w:br/><w:t>C</w:t></w:r>"
        "</w:p></w:body></w:document>"
    )
    assert blocks(word, "text/plain") == ["Fares rise", "A&B", "C"]
    odt = (
        '<?xml version="1.0"?><office:document-content><office:styles>no</office:styles><office:text><text:h>Fares</text:h>'
        "<text:p>They <text:span>rise</text:span>.<office:annotation><text:p>why?</text:p></office:annotation></text:p>"
        "</office:text></office:document-content>"
    )
    assert blocks(odt, "text/html") == ["Fares", "They rise."]


def test_pdf_is_no_text_and_the_reject_says_what_to_do():
    found = segment([Record(b"%PDF-1.4\nBT (Fares to rise) Tj ET\n", "text/plain", Origin("file"))], 512)
    assert found.rejects[0].detail == "this is a PDF and no text; convert it to text before, as `pdftotext -layout` does"
    assert found.rejects[0].reason == "undecodable"


def test_what_was_mistaken_is_noted():
    found = segment([Record("A\nB", "text/html", Origin("file"))], 512)
    assert found.documents["notes"].to_pylist() == [["read as a text"]]
    assert found.documents["media_type"].to_pylist() == ["text/plain"]


@pytest.mark.parametrize(
    "piece", ["\n", "\n \n<p", "&lt;p ", "<!--", "<b>\n\n", "{\\rtf{\\u97", "{\\rtf\\'e9", "<?xml?><w:document><w:del>"]
)
def test_hostile_contents_do_not_take_long(piece):
    decoded = decode("x" * (piece[0] not in "{<") + piece * (1_600_000 // len(piece)), "text/html")

    for called in ("text/html", "text/plain"):
        done_within(12, lambda called=called: as_it_is(decoded, called))
