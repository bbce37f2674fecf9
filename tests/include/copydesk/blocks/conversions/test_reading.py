"""Texts as browsers, converters, printers and mails leave them are read as they stood on their pages, and every line is told of."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk import explain, extract
from copydesk.blocks.conversions.reading import read_conversion
from timing import done_within
from tunnel import PARAGRAPHS, TITLE

LINKED = [
    PARAGRAPHS[0].replace("the council", "[3]the council"),
    PARAGRAPHS[1].replace("the region", "the region[4]"),
    PARAGRAPHS[2],
]
MENU = "     * [1]Home\n     * [2]Weather"
FILLED = "\n\n".join(textwrap.fill(line, 70, initial_indent="   ", subsequent_indent="   ") for line in [TITLE, *LINKED])
ADDRESSES = "\n".join(f"   {number}. https://sound.example/{number}" for number in range(1, 5))
OF_BROWSERS = {
    "lynx": f"{MENU}\n\n{FILLED}\n\nReferences\n\n{ADDRESSES}\n",
    "elinks": f"{MENU}\n\n{FILLED}\n\nReferences\n\n   Visible links\n{ADDRESSES}\n",
    "links": f"{MENU}\n\n{FILLED}\n\nLinks:\n{ADDRESSES}\n",
    "w3m": f"{MENU}\n\n{FILLED}\n\n\nReferences:\n\n" + "\n".join(f"[{n}] https://sound.example/{n}" for n in range(1, 5)) + "\n",
}
NOTES = ["Minutes of the council, 3 March.", "Budget of the region, page 12.", "Letter of the union."]
HEAD, FOOT = "The Northsand Courier, 4 March 2026", "Page {} of 3"
SHEETS = "\f".join(f"{HEAD}\n\n{inside}\n\n{FOOT.format(at)}\n" for at, inside in enumerate([TITLE, *PARAGRAPHS[:2]], 1))
QUOTED = "\n>\n".join("\n".join(f"> {row}" for row in textwrap.wrap(line, 68)) for line in [TITLE, *PARAGRAPHS])


def article(text: str) -> dict[str, object]:
    (found,) = extract([{"id": "1", "content": text, "media_type": "text/plain"}]).to_pylist()
    return dict(found)


@pytest.mark.parametrize("browser", OF_BROWSERS)
def test_numbers_of_links_and_their_list_are_no_part_of_the_article(browser: str) -> None:
    found = article(OF_BROWSERS[browser])

    assert (found["title"], found["paragraphs"]) == (TITLE, PARAGRAPHS)


@pytest.mark.parametrize(
    "text", [*OF_BROWSERS.values(), SHEETS, f"On 3 May 2026, Ann Lee <ann@list.example> wrote:\n\n{QUOTED}\n"]
)
def test_no_line_that_is_taken_away_is_lost(text: str) -> None:
    rows = explain({"id": "a", "content": text, "media_type": "text/plain"}).to_pylist()
    _, taken = read_conversion(text.encode())

    assert taken
    assert [row["ordinal"] for row in rows] == list(range(len(rows)))
    assert {line.text for line in taken} <= {row["text"] for row in rows}
    assert sum(row["reasons"][0] == taken[0].reason for row in rows) == len(taken)
    assert sorted(filter(str.isalpha, "".join(row["text"] for row in rows))) == sorted(filter(str.isalpha, text))


@pytest.mark.parametrize(("mark", "entry"), [("[{}]", "[{}] {}"), ("{}", "{} {}")])
def test_marks_of_notes_go_with_the_notes(mark: str, entry: str) -> None:
    signs = ["¹", "²", "³"] if mark == "{}" else ["1", "2", "3"]
    body = [line + mark.format(sign) for line, sign in zip(PARAGRAPHS, signs, strict=True)]
    notes = [entry.format(sign, note) for sign, note in zip(signs, NOTES, strict=True)]
    found = article("\n\n".join([TITLE, *body, "Notes", "\n".join(notes)]))

    assert found["paragraphs"] == PARAGRAPHS


def test_marks_go_whose_notes_are_elsewhere() -> None:
    text = "\n".join(f"{line}[{at}][{at + 9}]" for at, line in enumerate(PARAGRAPHS, 1))

    assert read_conversion(text.encode()) == ("\n".join(PARAGRAPHS).encode(), [])


@pytest.mark.parametrize(
    "text",
    [
        "He wrote “brige [sic] [1] of 2”, and [2] was never found.",
        "In most languages x[1] follows x[0], and x[2] comes after x[1]; only in some is x[3] the third.",
        "Measure [1] passed. It was the best of the lot.\n\n1. https://a.example\n3. https://b.example",
        "Three places to go, says the guide [1].\n\n[1] The mole\n[3] The tower",
        "The bill was 12² metres, or 144.\n\n¹ none",
        "See [the council][1], which met.\n\n   [1]: https://a.example\n   [2]: https://b.example[2]",
        "> only one line is quoted\n> and another\nThe rest of this is what somebody has to say of it.\nNothing else.\nNo.",
        "a page\fand another that has nothing in common with it",
        "one¹ and two² and three³ notes that nobody has kept",
    ],
)
def test_what_only_looks_like_it_stays(text: str) -> None:
    found, taken = read_conversion(text.encode())

    assert not taken
    assert found.decode().split() == text.split()


def test_a_sentence_goes_on_over_the_edge_of_a_page() -> None:
    rows = [*textwrap.wrap(PARAGRAPHS[0], 60), "", *textwrap.wrap(PARAGRAPHS[1], 60), "", *textwrap.wrap(PARAGRAPHS[2], 60)]
    pages = [[HEAD, "", TITLE, "", *rows[:2], "", "1"], [HEAD, "", *rows[2:7], "", "2"], [HEAD, "", *rows[7:], "", "3"]]
    found = article("\n\f".join("\n".join(page) for page in pages))

    assert (found["title"], found["paragraphs"]) == (TITLE, PARAGRAPHS)
    assert str(found["published_at"])[:10] == "2026-03-04"  # of the first head, which stays for that


def test_what_a_browser_prints_above_a_page_is_neither_its_title_nor_its_date() -> None:
    head = f"5/6/26, 5:05 PM    {TITLE} | Courier"
    pages = "\n\f".join(
        f"{head}\n\n{line}\n\nhttps://courier.example/tunnel   {at}/4" for at, line in enumerate([TITLE, *PARAGRAPHS], 1)
    )
    found = article(pages)

    assert (found["title"], found["published_at"], found["paragraphs"]) == (TITLE, None, PARAGRAPHS)


@pytest.mark.parametrize("sign", ["> ", ">", ">> ", "> > "])
def test_an_article_that_a_mail_quotes_is_read_whole(sign: str) -> None:
    found = article("\n".join(sign + row.removeprefix("> ") for row in QUOTED.split("\n")))

    assert (found["title"], found["paragraphs"]) == (TITLE, PARAGRAPHS)


@pytest.mark.parametrize(
    "piece",
    [
        "[1]",
        "[1] ",
        "[1] https://a.example\n",
        "¹",
        "> \n",
        ">",
        "a\f",
        "\f",
        "[1][2][3].",
        "[",
        "> a@b 1:\n>",
        "a [1]\n1. a:b\n",
        "\u00b9 a\n",
    ],
)
def test_no_text_takes_long(piece: str) -> None:
    text = (f"see [1] and¹ this\n{piece * (400_000 // len(piece.encode()))}\n1. https://a.example\n").encode()
    done_within(6, lambda: read_conversion(text))


PIECES = [
    TITLE,
    *PARAGRAPHS,
    *LINKED,
    *NOTES,
    HEAD,
    FOOT,
    "\f",
    "\n\f",
    "> ",
    ">> a@b.example 1 wrote:",
    "[1]",
    "[2] ",
    "¹",
    "² ",
    "References",
    ADDRESSES,
]
PIECES += [
    "0:12",
    "[00:01] ",
    "1:02:03 ",
    "a   b",
    "   ",
    "the ferry to Holm    and back to Velm",
    "\n",
    "\n",
    "\n\n",
    " 1. https://a.example",
    "[1] https://a.example",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_no_letter_of_any_mixture_is_lost(pieces: list[str]) -> None:
    text = "".join(pieces)
    found, taken = read_conversion(text.encode())

    assert sorted(filter(str.isalpha, found.decode() + "".join(line.text for line in taken))) == sorted(filter(str.isalpha, text))
