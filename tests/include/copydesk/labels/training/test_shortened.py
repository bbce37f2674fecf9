from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from copydesk.label_names import IS_KEPT
from copydesk.labels.training.gold import Lesson, lesson
from copydesk.labels.training.sequence import by_hand
from copydesk.labels.training.shortened import ABOVE, LENGTHS, SHORTEST, WEIGHT, shortened, weighed
from copydesk.labels.training.truth import truth

EMPTY = dict.fromkeys(("url", "crawl_date", "body_required", "title", "captions", "with", "without"))
TITLE = "Landing stage at Noordzand stays closed"
MENU, RAIL = ["Home", "Coast", "Weather"], ["Most read", "Cat found on lighthouse", "Council buys a crane"]
PAGES = 40


SYLLABLES = "har bor sal ten wind mor gull rop plan wes nor lam quay tid mast kel fer dun sto rin".split()
WORDS = [first + last for first in SYLLABLES for last in SYLLABLES]


def article(page: int, paragraphs: int) -> list[str]:
    """Paragraphs that have no word in common but the small ones."""
    words = random.Random(page).sample(WORDS, 14 * paragraphs)
    return [f"The {' '.join(words[at : at + 14])}, said the mayor." for at in range(0, len(words), 14)]


def made(mode: str, paragraphs: int) -> Lesson:
    """Pages with as many paragraphs each, a menu above and a rail below."""
    rows: list[dict[str, Any]] = []
    for page in range(PAGES):
        lines = [*MENU, TITLE, *article(page, paragraphs), *RAIL]
        html = "<body>" + "".join(f"<p>{line}</p>" for line in lines) + "</body>"
        content = html.encode() if mode == "html" else "\n".join(lines)
        rows.append({**EMPTY, "id": f"page {page}", "body": "\n".join(article(page, paragraphs)), mode: content})
    return lesson("set", mode, rows)


@pytest.mark.parametrize("mode", ["html", "text_full"])
def test_a_page_cut_short_has_its_first_paragraphs_and_what_is_around_or_not(mode: str) -> None:
    whole = made(mode, 9)
    short = shortened(whole, truth(whole, by_hand(whole)))

    assert short is not None and short.is_short and short.form == whole.form
    assert 0 < len(short.rows) < PAGES
    lengths, around = set(), set()
    for page, row in enumerate(short.rows):
        number = int(row["id"].split()[1])
        paragraphs = row["body"].split("\n")
        assert paragraphs == article(number, 9)[: len(paragraphs)]
        lines = short.texts[short.span(page)]
        first = lines.index(paragraphs[0])
        assert lines[first : first + len(paragraphs)] == paragraphs
        around.add((tuple(lines[:first]), tuple(lines[first + len(paragraphs) :])))
        lengths.add(len(paragraphs))
    above = (*MENU, TITLE)
    assert around == {(above, tuple(RAIL)), (above, ()), (above[-ABOVE:], ())}
    assert lengths <= set(range(SHORTEST, SHORTEST + LENGTHS)) and len(lengths) > 1


def test_what_is_its_article_is_known_of_it_and_counts_half() -> None:
    whole = made("text_full", 9)
    short = shortened(whole, truth(whole, by_hand(whole)))
    assert short is not None
    known = truth(short, by_hand(short))
    for page, row in enumerate(short.rows):
        at = np.arange(len(short.texts))[short.span(page)]
        kept = [short.texts[i] for i in at if (known.labels[i] @ IS_KEPT) > 0.5]
        assert kept == row["body"].split("\n")
    assert np.array_equal(weighed(known).weight, known.weight * WEIGHT)


def test_a_page_that_is_short_as_it_is_is_not_cut() -> None:
    whole = made("text_full", SHORTEST + 1)
    assert shortened(whole, truth(whole, by_hand(whole))) is None


def test_a_page_of_which_no_gold_tells_the_text_is_not_cut() -> None:
    rows = [{**row, "body": None} for row in made("text_full", 9).rows]
    whole = lesson("set", "text_full", rows)
    assert shortened(whole, truth(whole, by_hand(whole))) is None
