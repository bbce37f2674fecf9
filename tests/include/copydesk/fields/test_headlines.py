from __future__ import annotations

import pytest

from copydesk.fields.headlines import Line, find_headline, may_be_headline

BODY = "The old ferry came back to Nordhaven harbour on Monday after a refit that took fourteen months. Fishermen cheered."
URL = "https://harbour-courier.example/news/2026/ferry-returns-to-nordhaven-after-refit"


def test_of_the_lines_above_a_text_the_headline_speaks_of_what_the_text_speaks_of() -> None:
    lines = [
        Line("Subscribe for full digital access", 0.0, 4),
        Line("Old ferry returns to Nordhaven after long refit", 0.0, 3),
        Line("Council raises the price of parking again", 0.0, 2),
    ]

    assert find_headline(lines, BODY, None) == "Old ferry returns to Nordhaven after long refit"


def test_the_address_tells_between_two_lines_that_fit_the_text() -> None:
    lines = [Line("Fishermen cheered on Monday in the harbour", 0.0, 1), Line("Ferry returns to Nordhaven after refit", 0.0, 2)]

    assert find_headline(lines, BODY, URL) == "Ferry returns to Nordhaven after refit"


def test_accents_are_spelled_as_addresses_spell_them() -> None:
    lines = [Line("Ein ganz anderer Satz ohne Bezug", 0.0, 1), Line("Fähre kehrt nach Nordhafen zurück", 0.0, 1)]

    assert find_headline(lines, "", "https://x.example/faehre-kehrt-nach-nordhafen-zurueck") == lines[1].text


def test_a_line_labelled_as_the_title_is_one_though_nothing_else_speaks_for_it() -> None:
    assert find_headline([Line("Downtown?", 0.9, 1)], BODY, None) == "Downtown?"


def test_a_headline_stands_in_other_lines_with_the_way_to_it_or_the_site_s_name() -> None:
    headline = "Ferry is back in the harbour"
    lines = [
        Line(f"News Harbour {headline}", 0.0, 9),
        Line(headline, 0.0, 3),
        Line("Fishermen cheered as the ferry came back", 0.0, 1),
    ]

    assert find_headline(lines, BODY, None) == headline


def test_a_caption_reads_like_a_headline_and_is_none() -> None:
    lines = [
        Line("Old ferry in Nordhaven harbour on Monday", 0.0, 1, other=0.9),
        Line("Ferry returns to Nordhaven harbour", 0.0, 3),
    ]

    assert find_headline(lines, BODY, None) == lines[1].text


def test_a_text_may_have_no_headline() -> None:
    assert find_headline([Line("All rights reserved here", 0.0, 3)], BODY, None) is None
    assert find_headline([], BODY, "https://[broken") is None


def test_no_spaces_are_needed_between_words() -> None:
    lines = [Line("会員の方はログインしてください", 0.0, 1), Line("古い渡し船が港に戻る", 0.0, 2)]

    assert find_headline(lines, "古い渡し船が月曜日に港に戻った。", None) == "古い渡し船が港に戻る"


@pytest.mark.parametrize(
    ("line", "is_worth_a_look"),
    [
        ("World Sport", False),
        ("Ferry returns to harbour", True),
        ("The ferry came back.", False),
        ("渡し船が戻る", True),
        ("x " * 200, False),
    ],
)
def test_names_of_sections_and_sentences_are_passed_by(line: str, is_worth_a_look: bool) -> None:
    assert may_be_headline(line) is is_worth_a_look
