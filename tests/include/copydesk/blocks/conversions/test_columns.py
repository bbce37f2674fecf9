from __future__ import annotations

import textwrap
from itertools import zip_longest

import pytest

from copydesk import extract
from copydesk.blocks.conversions.columns import in_reading_order
from copydesk.blocks.conversions.reading import read_conversion
from timing import done_within
from tunnel import PARAGRAPHS, TITLE


def columns(count: int, width: int) -> str:
    """The article in columns side by side."""
    lines = [line for text in PARAGRAPHS for line in textwrap.wrap(text, width, initial_indent="  ", break_on_hyphens=False)]
    size = -(-len(lines) // count)
    parts = [lines[at : at + size] for at in range(0, len(lines), size)]
    return "\n".join("".join(f"{cell:<{width + 4}}" for cell in row).rstrip() for row in zip_longest(*parts, fillvalue=""))


@pytest.mark.parametrize(("count", "width"), [(2, 30), (2, 40), (3, 28)])
@pytest.mark.parametrize("end", ["\n\n{}7\n\f".format(" " * 40), "\n"])  # of pdftotext, and of OCR
def test_columns_are_read_one_below_the_other(count: int, width: int, end: str) -> None:
    page = f"{TITLE}\n\n{columns(count, width)}{end}"
    (found,) = extract([{"id": "1", "content": page, "media_type": "text/plain"}]).to_pylist()

    assert (found["title"], found["paragraphs"]) == (TITLE, PARAGRAPHS)


@pytest.mark.parametrize("count", [2, 3])
def test_no_letter_is_lost(count: int) -> None:
    page = f"{TITLE}\n\n{columns(count, 30)}\n\nFoot   of    the page"

    assert sorted(in_reading_order(page).split()) == sorted(page.split())


@pytest.mark.parametrize(
    "page",
    [
        "\n".join(f"{name:<30}{ships:>6}   {tons:>9}" for name, ships, tons in [("Holm", 12, 4000), ("Velm", 3, 900)] * 6),
        "\n".join(f"{'the ferry to Holm and back':<34}   {'12.50 crowns a day':<30}" for _ in range(3)),
        "\n".join(f"{'Ferry to Holm is back':<34}   {'Bread is dearer again':<30}" for _ in range(12)),
        "\n".join([TITLE, *PARAGRAPHS]),
        "",
    ],
    ids="table few headlines article nothing".split(),
)
def test_tables_and_lists_side_by_side_stay(page: str) -> None:
    assert in_reading_order(page) == page


@pytest.mark.parametrize(
    "row", ["a   " * 100, "ab   " * 8, " " * 790 + "a", "a" + " " * 790 + "b", "the ferry to Holm   and back to Velm  ", "a   b"]
)
def test_no_page_takes_long(row: str) -> None:
    pages = "\f".join("\n".join([row] * 400) for _ in range(max(1, 400_000 // (400 * len(row)))))
    done_within(3, lambda: read_conversion(pages.encode()))
