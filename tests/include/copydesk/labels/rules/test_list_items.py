from __future__ import annotations

import pytest

from copydesk import explain, extract
from copydesk.labels.rules.ruling import WORDS, Ruling

FIRST = "The harbour opened again on Wednesday after eleven months of work on its wall, the council said in a statement."
THEN = "Fishing boats had been moored in the next town since March, and some of their owners say they will stay there."
LAST = "A second gate is planned for the spring, the council said, once the money for it has been found."
ITEMS = ["The wall is four metres high", "The gate is new", "Boats pay nothing until May"]
HEAD = f"<h1>Harbour reopens after the long repair</h1><p>{FIRST}</p><p>{THEN}</p>"


def items(*lines: str) -> str:
    return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"


def kept(inner: str) -> dict[str, list[str]]:
    """The blocks that are kept of a page with an article of this inside, and why."""
    blocks = explain({"id": "a", "content": f"<body><article>{inner}</article></body>", "media_type": "text/html"}).to_pylist()
    return {block["text"]: block["reasons"] for block in blocks if block["kept"]}


@pytest.mark.parametrize("lines", [ITEMS, [f"{line}." for line in ITEMS], ITEMS[:1]])
def test_a_list_between_paragraphs_is_kept_whole_and_in_order(lines: list[str]) -> None:
    assert list(kept(f"{HEAD}{items(*lines)}<p>{LAST}</p>")) == [FIRST, THEN, *lines, LAST]


def test_an_item_says_why_it_is_kept() -> None:
    found = kept(f"{HEAD}{items(*ITEMS)}<p>{LAST}</p>")
    assert WORDS[Ruling.LISTED] in {found[item][0] for item in ITEMS}


def test_a_list_of_links_is_no_part_of_the_text() -> None:
    links = items(*(f"<a href='/{n}'>{line}</a>" for n, line in enumerate(ITEMS)))
    assert list(kept(f"{HEAD}{links}<p>{LAST}</p>")) == [FIRST, THEN, LAST]


@pytest.mark.parametrize("place", ["<nav>{}</nav><h1>Harbour reopens</h1>", "<h1>Harbour reopens</h1>{}"])
def test_a_list_above_the_text_is_not_between(place: str) -> None:
    assert not set(ITEMS) & set(kept(place.format(items(*ITEMS)) + f"<p>{FIRST}</p><p>{THEN}</p><p>{LAST}</p>"))


def test_a_list_below_the_text_is_not_between_where_another_page_follows() -> None:
    links = items("Home", "Weather", "Contact")
    pages = [f"<body><article>{HEAD}<p>{LAST}</p>{links}</article>", f"<body><article><p>{FIRST}</p><p>{THEN}</p></article>"]
    found = extract([{"id": str(n), "content": page, "media_type": "text/html"} for n, page in enumerate(pages)])
    assert found["paragraphs"].to_pylist() == [[FIRST, THEN, LAST], [FIRST, THEN]]
