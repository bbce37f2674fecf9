from __future__ import annotations

import textwrap

import pyarrow as pa
import pytest

from copydesk import extract
from copydesk.blocks.text import text_blocks
from copydesk.blocks.wrapping import rejoined, unwrap
from timing import done_within
from tunnel import PARAGRAPHS, TITLE

RAIL = [
    "Swimmer rescued after a long night on a sandbank off the coast",
    "Bakery chain to close nine of its shops before Christmas",
] * 4


@pytest.mark.parametrize("width", [50, 68, 80])
@pytest.mark.parametrize("indent", ["", "    "])
def test_a_wrapped_text_has_its_paragraphs_again(width: int, indent: str) -> None:
    between = "\n" if indent else "\n\n"
    text = between.join([f"{TITLE}\n", *(textwrap.fill(line, width, initial_indent=indent) for line in PARAGRAPHS)])

    assert unwrap(text) == "\n".join([TITLE, *PARAGRAPHS])


def test_what_a_wrapped_text_has_in_lines_of_their_own_stays_so() -> None:
    wrapped = "\n\n".join(textwrap.fill(line, 68) for line in PARAGRAPHS)
    text = f"{TITLE}\nBy Greta Sand\n4 November 2026\n\n{wrapped}\n\nMore news\nFerry stops\nBread dearer"

    assert unwrap(text) == "\n".join(
        [TITLE, "By Greta Sand", "4 November 2026", *PARAGRAPHS, "More news", "Ferry stops", "Bread dearer"]
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n".join([TITLE, *PARAGRAPHS]),
        "\n\n".join([TITLE, *PARAGRAPHS]),
        "\n".join([TITLE, *RAIL]),
        "\n".join(["The tide comes in, the tide goes out,", "the gulls are never still,", "and someone always walks about"] * 4),
        "\n".join(["| Cod | 14.20 | 13.10 | dearer for the fifth week |"] * 9),
    ],
)
def test_no_other_text_is_touched(text: str) -> None:
    assert unwrap(text) is None
    assert text_blocks(pa.array([text]), pa.array([0], pa.int32()))["text"].to_pylist() == list(filter(None, text.split("\n")))


DIVIDED = """The ferry between the two shores of the sound went back into ser-
vice on Tuesday, four months after its engine failed in a long gale of
November. Sixty people stood on the quay before the first cros-
sing, which is well-known to be the coldest, and one of them had brought a well-
known sheep. The harbour lies between the Nord- und Südmole, said the cap-
tain, who had counted them."""


def test_words_that_were_divided_at_the_ends_of_lines_are_whole_again() -> None:
    found = unwrap(DIVIDED)

    assert found is not None
    assert {"service", "crossing,", "captain,"} <= set(found.split())
    assert "a well-known sheep" in found


def test_words_with_a_hyphen_keep_it_where_no_words_were_divided() -> None:
    text = "\n\n".join(
        textwrap.fill(f"{line} It is a well-known one for its long-standing crew of old hands.", 60) for line in PARAGRAPHS
    )
    words = text.replace("well-\n", "well-").replace("long-\n", "long-").split()

    assert (unwrap(text) or "").split() == words


def test_the_first_part_of_two_words_is_none_that_goes_on() -> None:
    lines = [
        "Der Hafen liegt nach wie vor zwischen Nord-",
        "und Südmole, sagte die Kapitänin, die bei-",
        "de gezählt hatte, als sie am Abend ein-",
        "lief.",
    ]

    assert list(rejoined([lines], "\n".join(lines))) == [
        "Der Hafen liegt nach wie vor zwischen Nord- und Südmole, sagte die Kapitänin, die beide gezählt hatte, als sie am Abend einlief."
    ]


def test_each_text_is_looked_at_alone() -> None:
    wrapped = "\n\n".join(textwrap.fill(line, 68) for line in PARAGRAPHS)
    table = text_blocks(pa.array([TITLE, wrapped, PARAGRAPHS[0], ""]), pa.array([0, 1, 2, 3], pa.int32()))

    assert table["text"].to_pylist() == [TITLE, *PARAGRAPHS, PARAGRAPHS[0]]
    assert table["document"].to_pylist() == [0, 1, 1, 1, 2]
    assert table["ordinal"].to_pylist() == [0, 0, 1, 2, 0]


def test_an_article_from_a_wire_is_read_whole() -> None:
    text = "\r\n\r\n".join([TITLE, *(textwrap.fill(line, 68).replace("\n", "\r\n") for line in PARAGRAPHS)])
    (found,) = extract([{"id": "1", "content": text, "media_type": "text/plain"}]).to_pylist()

    assert (found["title"], found["paragraphs"]) == (TITLE, PARAGRAPHS)


def test_a_text_of_divided_words_alone_takes_no_longer() -> None:
    done_within(3, lambda: unwrap(("a" * 39 + "-\n") * 20_000))
