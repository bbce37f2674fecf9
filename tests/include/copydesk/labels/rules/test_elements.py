from __future__ import annotations

import pytest

from copydesk import explain, extract

FIRST = "The harbour opened again on Wednesday after eleven months of work on its wall, the council said in a statement."
THEN = "Fishing boats had been moored in the next town since March, and some of their owners say they will stay there."
LAST = "A second gate is planned for the spring, the council said, once the money for it has been found."
LONG = f"{FIRST} {THEN}"


def kinds(inner: str) -> dict[str, str]:
    """The label of each block that is kept of a page with `inner` between two paragraphs."""
    page = f"<article><h1>Harbour reopens after the long repair</h1><p>{FIRST}</p><p>{THEN}</p>{inner}<p>{LAST}</p></article>"
    blocks = explain({"id": "a", "content": page, "media_type": "text/html"}).to_pylist()
    return {block["text"]: block["label"] for block in blocks if block["kept"]}


@pytest.mark.parametrize(
    ("inner", "text", "label"),
    [
        ("<ul><li>{}</li><li>The gate of the harbour is new</li></ul>", "The wall is four metres high", "list"),
        ("<ul><li>{}</li><li>The gate of the harbour is new.</li></ul>", "The wall is four metres high.", "list"),
        ("<h2>{}</h2>", "Why did the repair of the wall take eleven months?", "heading"),
        ("<h3>{}</h3>", "Eleven months of work", "heading"),
        ("<h3>{}</h3>", LONG, "body"),
        (
            "<blockquote><p>{}</p></blockquote>",
            "We never thought that it would open again, and now it has, said the master.",
            "quote",
        ),
        ("<p>{}</p>", "We never thought that it would open again, and now it has, said the master.", "body"),
    ],
)
def test_a_kept_block_of_a_page_is_what_its_element_says(inner: str, text: str, label: str) -> None:
    assert kinds(inner.format(text))[text] == label


def test_an_article_has_the_label_of_each_paragraph_beside_it() -> None:
    said = "“We never thought that it would open again, and now it has,” said the master of the harbour."
    items = ["The wall is four metres higher than it was before", "The gate of the harbour is new"]
    page = (
        f"<article><h1>Harbour reopens</h1><p>{FIRST}</p><h2>Eleven months of work</h2><p>{THEN}</p><blockquote>{said}</blockquote>"
        f"<ul><li>{items[0]}</li><li>{items[1]}</li></ul><p>{LAST}</p></article>"
    )
    (row,) = extract([{"id": "a", "content": page, "media_type": "text/html"}]).to_pylist()
    assert row["paragraphs"] == [FIRST, "Eleven months of work", THEN, said, *items, LAST]
    assert row["paragraph_labels"] == ["body", "heading", "body", "quote", "list", "list", "body"]


def test_what_a_kept_block_is_by_its_element_is_as_sure_as_that_it_is_kept() -> None:
    said = "We never thought that it would open again, and now it has, said the master of the harbour to his guests."
    page = f"<article><h1>Harbour reopens</h1><p>{FIRST}</p><p>{THEN}</p><blockquote><p>{said}</p></blockquote><p>{LAST}</p></article>"
    blocks = explain({"id": "a", "content": page, "media_type": "text/html"}).to_pylist()
    (quote,) = [block for block in blocks if block["label"] == "quote"]
    assert quote["probability"] > 0.7


def test_a_text_has_no_elements() -> None:
    text = f"Harbour reopens\n\n{FIRST}\n\n{THEN}\n\nEleven months of work\n\n{LAST}"
    blocks = explain({"id": "a", "content": text, "media_type": "text/plain"}).to_pylist()
    assert [block["label"] for block in blocks] == ["title", "body", "body", "heading", "body"]
