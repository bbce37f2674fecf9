from __future__ import annotations

from html import escape

import pytest

from copydesk import explain, extract

LEAD = "The beloved eels that feed otters and herons depend on the unique weir of Sorrel Lock."
MORE = [
    "The count was made with a net, two lamps and a bucket, said Edda Marsh, who has kept the book since she was nine.",
    "Nobody knows why the eels are back. The mill upstream closed in spring, and its wheel has not turned since.",
    "The next count is in April, after the thaw, and anyone who owns a bucket may come to it.",
]
REASON = "the document begins with this sentence, and goes on with the next"


def fragment(*lines: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def page(inner: str) -> str:
    """Bars of fragments are so low that none needs the rule."""
    return f"<html><body>{inner}</body></html>"


def body(content: str, media_type: str = "text/html") -> str | None:
    found: str | None = extract([{"id": "a", "content": content, "media_type": media_type}])["body"][0].as_py()
    return found


@pytest.mark.parametrize("media_type", ["text/html", "text/plain"])
def test_what_begins_with_a_sentence_begins_with_its_lead(media_type: str) -> None:
    lines = [LEAD, *MORE]

    assert body(page(fragment(*lines)) if media_type == "text/html" else "\n\n".join(lines), media_type) == "\n\n".join(lines)


def test_it_says_so() -> None:
    first = explain({"id": "a", "content": page(fragment(LEAD, *MORE)), "media_type": "text/html"}).to_pylist()[0]

    assert (first["label"], first["kept"], first["reasons"][0]) == ("body", True, REASON)


@pytest.mark.parametrize(
    "above",
    [
        "<h1>Eels are back at Sorrel Lock. Nobody knows why, and the mill says nothing of it.</h1>",  # a heading may be a sentence
        "<p>Eels return to Sorrel Lock in numbers that nobody alive has ever seen there</p>",  # no sentence
        "<p>Eels return to Sorrel Lock.</p>",  # as short as a headline
    ],
)
def test_a_title_stays_one(above: str) -> None:
    assert body(page(above + fragment(LEAD, *MORE))) == "\n\n".join([LEAD, *MORE])
