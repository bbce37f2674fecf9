from __future__ import annotations

import textwrap
from typing import Any

import pytest

from copydesk import extract
from tunnel import PARAGRAPHS, TITLE

POEM = [
    "The tide comes in, the tide goes out,",
    "the gulls are never still,",
    "and someone always walks about",
    "upon the windy hill.",
]


def read(body: str) -> dict[str, Any]:
    html = f"<html><body><h1>{TITLE}</h1>{body}</body></html>"
    found: list[dict[str, Any]] = extract([{"id": "a", "content": html, "media_type": "text/html"}]).to_pylist()
    return found[0]


def broken(line: str, width: int = 64) -> str:
    return "<br>\n".join(textwrap.wrap(line, width))


@pytest.mark.parametrize("width", [56, 72])
def test_lines_that_were_broken_to_a_width_are_paragraphs_again(width: int) -> None:
    lines = [broken(line, width) for line in PARAGRAPHS]

    assert read("".join(f"<p>{line}</p>" for line in lines))["paragraphs"] == PARAGRAPHS
    assert read(f"<div>{'<br><br>'.join(lines)}</div>")["paragraphs"] == PARAGRAPHS


def test_a_link_in_one_of_the_lines_is_the_paragraph_s() -> None:
    lines = [broken(line).replace("tunnel", "<a href='/tunnel'>tunnel</a>", 1) for line in PARAGRAPHS]

    assert read("".join(f"<p>{line}</p>" for line in lines))["paragraphs"] == PARAGRAPHS


def test_pictures_stand_before_the_paragraphs_that_they_stood_before() -> None:
    image = "<figure><img src='/quay.jpg' alt='The quay'><figcaption>The quay of Northsand in the rain. Photo: Jo Reed</figcaption></figure>"
    found = read(f"<p>{broken(PARAGRAPHS[0])}</p>{image}<p>{broken(PARAGRAPHS[1])}</p><p>{broken(PARAGRAPHS[2])}</p>")

    assert found["paragraphs"] == PARAGRAPHS
    assert [picture["alt"] for picture in found["images"]] == ["The quay"]


def test_paragraphs_that_breaks_part_and_poems_are_left_as_they_are() -> None:
    assert read("<div>" + "<br><br>".join(PARAGRAPHS) + "</div>")["paragraphs"] == PARAGRAPHS
    assert read("<div>" + "<br>".join(PARAGRAPHS) + "</div>")["paragraphs"] == PARAGRAPHS
    box = (
        "<p>To put this story on your list<br>please sign in or make an account</p><p>Try to load the page again, or<br>tap here to see other films.</p>"
        * 2
    )
    assert not any("list please" in line for line in read(f"<p>{PARAGRAPHS[0]}</p>{box}<p>{PARAGRAPHS[1]}</p>")["paragraphs"])
    poem = "<br>".join(POEM)
    assert not any(
        "out, the gulls" in line for line in read(f"<p>{PARAGRAPHS[0]}</p><p>{poem}</p><p>{PARAGRAPHS[1]}</p>")["paragraphs"]
    )
