from __future__ import annotations

import textwrap

import pytest

from copydesk import extract
from copydesk.blocks.markdown import plain
from timing import done_within

TITLE = "Ferry to Holm sails again after a winter in the dock"
PARAGRAPHS = [
    "The ferry to Holm went back into service on Tuesday, four months after its engine had failed in a gale in November.",
    "Sixty people stood on the quay before the first crossing at seven in the morning, one of them with a sheep in his van.",
    "“We had almost forgotten what it sounds like,” said Martha Quill, who runs the bakery on the island.",
]
SEEN = {
    "# Ferry sails": "Ferry sails",
    "## Ferry sails ##\n\nText\n\n## More": "Ferry sails\n\nText\n\nMore",
    "[The board](https://board.example/a_(b)) said so.": "The board said so.",
    '[The board](https://board.example "its page") said so.': "The board said so.",
    "[![The quay](/quay.jpg)](https://board.example)": "The quay",
    "![The quay](/quay.jpg)\n\nThe **old** ferry, *two* of __them__, _all_ of ***them***.": "The quay\n\nThe old ferry, two of them, all of them.",
    "# A\n> She said so.\n> > He, too.": "A\nShe said so.\nHe, too.",
    "# Why C#\n\n## Sharp ##\n\n# #": "Why C#\n\nSharp\n\n#",
    "# A\n\n**a *b*** and **c __d__ e**": "A\n\na b and c d e",
    '[The board](https://board.example "its \\"page\\"") said so.': "The board said so.",
    "# A\nIt costs 5\\* and 2 * 3 * 4 = 24, says snake_case_name.": "A\nIt costs 5* and 2 * 3 * 4 = 24, says snake_case_name.",
}
OTHERS = [
    "The charts\n# 1 in the charts is a song about ferries.",
    "The list [sic] (as printed) is *not* complete.",
    "A note[1](see below) on 2 * 3 * 4.",
    "#ferry #harbour #winter",
    "> She said so.",
]


@pytest.mark.parametrize(("written", "seen"), SEEN.items())
def test_a_text_in_markdown_is_as_readers_see_it(written: str, seen: str) -> None:
    assert plain(written.encode()).decode() == seen


@pytest.mark.parametrize("text", OTHERS)
def test_other_texts_are_left_as_they_are(text: str) -> None:
    assert plain(text.encode()).decode() == text


def test_an_article_in_markdown_has_its_title_and_its_paragraphs() -> None:
    first, second, third = PARAGRAPHS
    text = f"# {TITLE}\n\n*By Jane Smith* | 12 March 2019\n\n{first}\n\n## A long winter\n\n{second.replace('the quay', '[the quay](https://a.example/quay)')}\n\n> {third}\n"
    (row,) = extract([{"id": "a", "content": text, "media_type": "text/plain"}]).to_pylist()

    assert (row["title"], row["authors"]) == (TITLE, ["Jane Smith"])
    assert [line for line in row["paragraphs"] if line != "A long winter"] == PARAGRAPHS


@pytest.mark.parametrize(
    "part",
    [
        "[a](",
        "**a ",
        "*a ",
        "_a",
        "[a][",
        "![a](/b ",
        "# # ",
        "> > ",
        "[a](/(",
        "__",
        "* *",
        '[a](/x "',
        "[a](/x (",
        "**a",
        "](/a()",
    ],
)
def test_no_text_takes_long(part: str) -> None:
    _is_quick(b"# A\n" + part.encode() * (400_000 // len(part)))


@pytest.mark.parametrize("part", [" ", "#", " #"])
def test_no_heading_takes_long(part: str) -> None:
    _is_quick(b"# A" + part.encode() * (400_000 // len(part)) + b"x\n\n# B\n\n# C")


def _is_quick(text: bytes) -> None:
    done_within(5, lambda: plain(text))


def test_lines_that_a_converter_filled_are_paragraphs_again() -> None:
    linked = PARAGRAPHS[0].replace("on Tuesday", "[on Tuesday](https://holm.example/ferry/2026/03)")
    again = [linked, *PARAGRAPHS[1:]] * 3
    text = "\n\n".join(
        [f"# {TITLE}", *(textwrap.fill(line, 78, break_long_words=False, break_on_hyphens=False) for line in again)]
    )

    assert plain(text.encode()).decode().split("\n\n") == [TITLE, *PARAGRAPHS * 3]
