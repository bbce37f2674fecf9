from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk import extract
from copydesk.blocks.html import parse, read_page
from copydesk.blocks.pages import read_pages
from copydesk.blocks.preformatted import MOST_LINES, part
from timing import done_within
from tunnel import PARAGRAPHS, TITLE

CHINESE = [
    "议会周二晚间决定，从明年春天开始在维尔姆河下修建一条自行车隧道。",
    "这条隧道长三百四十米，将耗资一千二百万克朗。",
    "“里面会很干燥。”将要修建隧道的人说。",
]
CODE = "def ferry(tide: int) -> int:\n    return tide + 1\n\n\nprint(ferry(2))  # it leaves.\n"
TABLE = "  Low water    06:12   0.4 m\n  High water   12:40   1.9 m\n\n  Low water    18:55   0.3 m\n"
POEM = "The ferry goes,\nthe ferry comes\n\nthe tide is low\nand no one drums"


def texts(body: str) -> list[str]:
    found: list[str] = read_pages([read_page(parse(f"<body>{body}".encode()))]).runs.text.to_pylist()
    return found


@pytest.mark.parametrize(
    "typed",
    [
        "\n\n".join(PARAGRAPHS),
        "\n".join(PARAGRAPHS),
        "\r\n\r\n".join(PARAGRAPHS),
        "<br><br>\n".join(PARAGRAPHS),
        "\n\n".join(textwrap.fill(line, 68) for line in PARAGRAPHS),
        "\n".join(textwrap.fill(line, 68, initial_indent="   ") for line in PARAGRAPHS),
    ],
)
@pytest.mark.parametrize(
    "around",
    ["<pre>{}</pre>", "<pre>\n{}\n</pre>", "<pre><font size=2>{}</font></pre>", "<pre><a name='x\ny'></a><!-- a\nb -->{}"],
)
def test_prose_that_was_typed_has_its_paragraphs(typed: str, around: str) -> None:
    assert texts(around.format(typed)) == PARAGRAPHS


def test_prose_in_a_script_without_spaces_or_small_letters_has_its_paragraphs() -> None:
    assert texts(f"<pre>{chr(10).join(CHINESE)}</pre>") == CHINESE


def test_what_is_emphasised_over_a_break_or_linked_stays_so() -> None:
    first, second, third = PARAGRAPHS

    assert texts(f"<pre>{first[:9]}<b>{first[9:]}\n\n{second}</b>\n\n<a href=/n>{third}</a></pre>") == PARAGRAPHS


@pytest.mark.parametrize("typed", [CODE, TABLE, POEM, f"<code>{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}</code>", PARAGRAPHS[0], ""])
def test_programs_tables_and_poems_are_left_whole(typed: str) -> None:
    assert part(typed) is None


def test_elements_inside_part_paragraphs_themselves() -> None:
    assert texts(f"<pre><div>{PARAGRAPHS[0]}</div><pre>{PARAGRAPHS[1]}\n\n{PARAGRAPHS[2]}</pre></pre>") == PARAGRAPHS


def test_a_wire_that_a_page_shows_as_it_was_typed_is_read_as_an_article() -> None:
    wrapped = "\n\n".join(textwrap.fill(line, 68) for line in PARAGRAPHS)
    rail = "".join(f"<p><a href=/n/{n}>Bakery number {n} is to close before Christmas</a></p>" for n in range(5))
    content = f"<body><pre>\n{TITLE}\nBy Greta Sand\n4 November 2026\n\n{wrapped}\n</pre><h3>Most read</h3>{rail}"

    (found,) = extract([{"id": "a", "content": content, "media_type": "text/html"}]).to_pylist()

    assert (found["title"], found["authors"], found["paragraphs"]) == (TITLE, ["Greta Sand"], PARAGRAPHS)


@given(st.text("ab.<>&\n\"'/! -", max_size=200))
def test_no_letter_is_lost_or_made(typed: str) -> None:
    escaped = typed.replace("&", "&amp;").replace("<", "&lt;")

    assert "".join("".join(texts(f"<pre>{escaped}</pre>")).split()) == "".join(typed.split())


def test_more_lines_than_an_article_has_are_left_and_cost_little() -> None:
    page = f"<pre>{'A line. ' + chr(10) * 2}</pre>" + f"<pre>{('Tide.' + chr(10)) * MOST_LINES * 3}</pre>"

    assert len(done_within(1, lambda: texts(page))) == 2
