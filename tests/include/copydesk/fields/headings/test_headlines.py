from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from copydesk.fields.headings.headlines import Line, find_headline, lines_of, may_be_headlines

BODY = "The old ferry came back to Nordhaven harbour on Monday after a refit that took fourteen months. Fishermen cheered."
URL = "https://harbour-courier.example/news/2026/ferry-returns-to-nordhaven-after-refit"


def line(text: str, chance: float, distance: int, other: float = 0.0) -> Line:
    """A line that is the title by its label with a `chance`, so many lines above the text."""
    (found,) = lines_of(pa.array([text]), np.array([chance]), np.array([distance]), np.array([other]))
    return found


def test_of_the_lines_above_a_text_the_headline_speaks_of_what_the_text_speaks_of() -> None:
    lines = [
        line("Subscribe for full digital access", 0.0, 4),
        line("Old ferry returns to Nordhaven after long refit", 0.0, 3),
        line("Council raises the price of parking again", 0.0, 2),
    ]

    assert find_headline(lines, BODY, None) == "Old ferry returns to Nordhaven after long refit"


def test_sentences_are_no_headlines_in_any_script() -> None:
    lines = ["The ferry is back again", "The ferry is back again.", "नौका फिर चलने लगी", "नौका फिर चलने लगी।"]

    assert may_be_headlines(pa.array(lines)).tolist() == [True, False, True, False]
    assert may_be_headlines(pa.array(lines * 50)).tolist() == [True, False, True, False] * 50


def test_the_address_tells_between_two_lines_that_fit_the_text() -> None:
    lines = [line("Fishermen cheered on Monday in the harbour", 0.0, 1), line("Ferry returns to Nordhaven after refit", 0.0, 2)]

    assert find_headline(lines, BODY, URL) == "Ferry returns to Nordhaven after refit"


def test_words_are_told_in_scripts_that_set_signs_to_their_letters() -> None:
    body = "नगर परिषद ने मंगलवार रात फैसला किया कि वेल्म नदी के नीचे साइकिल सुरंग बनाई जाएगी।"
    lines = [line("सर्दियों में सब्जियां महंगी हो गईं", 0.5, 3), line("नगर परिषद ने सुरंग को मंजूरी दी", 0.5, 2)]

    assert find_headline(lines, body, None) == lines[1].text


def test_accents_are_spelled_as_addresses_spell_them() -> None:
    lines = [line("Ein ganz anderer Satz ohne Bezug", 0.0, 1), line("Fähre kehrt nach Nordhafen zurück", 0.0, 1)]

    assert find_headline(lines, "", "https://x.example/faehre-kehrt-nach-nordhafen-zurueck") == lines[1].text


def test_a_line_labelled_as_the_title_is_one_though_nothing_else_speaks_for_it() -> None:
    assert find_headline([line("Downtown?", 0.9, 1)], BODY, None) == "Downtown?"


def test_words_too_short_to_be_looked_for_make_a_headline_where_the_label_says_so() -> None:
    assert (
        find_headline([line("Is it in, or is it out?", 0.9, 2), line("24 °C", 0.0, 1)], BODY, None) == "Is it in, or is it out?"
    )
    assert find_headline([line("Is it in, or is it out?", 0.3, 2), line("24 ° / 18 °", 0.9, 1)], BODY, None) is None


def test_korean_headlines_are_told_by_what_their_text_speaks_of() -> None:
    body = "북사시 시의회는 화요일 밤 내년 봄부터 벨름강 아래에 자전거 터널을 짓기로 했다."
    lines = [line("빵집 체인, 아홉 곳 문 닫는다", 0.0, 2), line("시의회, 벨름강 자전거 터널 승인", 0.0, 3)]

    assert find_headline(lines, body, None) == lines[1].text


def test_a_headline_stands_in_other_lines_with_the_way_to_it_or_the_site_s_name() -> None:
    headline = "Ferry is back in the harbour"
    lines = [
        line(f"News Harbour {headline}", 0.0, 9),
        line(headline, 0.0, 3),
        line("Fishermen cheered as the ferry came back", 0.0, 1),
    ]

    assert find_headline(lines, BODY, None) == headline


def test_a_caption_reads_like_a_headline_and_is_none() -> None:
    lines = [
        line("Old ferry in Nordhaven harbour on Monday", 0.0, 1, other=0.9),
        line("Ferry returns to Nordhaven harbour", 0.0, 3),
    ]

    assert find_headline(lines, BODY, None) == lines[1].text


def test_a_text_may_have_no_headline() -> None:
    assert find_headline([line("All rights reserved here", 0.0, 3)], BODY, None) is None
    assert find_headline([], BODY, "https://[broken") is None


def test_no_spaces_are_needed_between_words() -> None:
    lines = [line("会員の方はログインしてください", 0.0, 1), line("古い渡し船が港に戻る", 0.0, 2)]

    assert find_headline(lines, "古い渡し船が月曜日に港に戻った。", None) == "古い渡し船が港に戻る"


@pytest.mark.parametrize(
    ("text", "is_worth_a_look"),
    [
        ("World Sport", False),
        ("Ferry returns to harbour", True),
        ("The ferry came back.", False),
        ("渡し船が戻る", True),
        ("x " * 200, False),
    ],
)
def test_names_of_sections_and_sentences_are_passed_by(text: str, is_worth_a_look: bool) -> None:
    assert may_be_headlines(pa.array([text])).tolist() == [is_worth_a_look]


@pytest.mark.parametrize(
    ("above", "headline", "other"),
    [
        ("Harbour Courier - News from the Nordhaven coast", "Old ferry is back after fourteen months", 0.1),
        ("Council votes on a larger harbour wall in March", "After fourteen months a ferry comes back to Nordhaven", 0.0),
        ("Swimmer rescued after a long night on a sandbank", "Ferry returns to Nordhaven after long refit", 0.1),
    ],
)
def test_a_line_of_a_site_or_of_another_story_above_is_no_headline_though_its_label_says_so(
    above: str, headline: str, other: float
) -> None:
    assert find_headline([line(above, 0.9, 3), line(headline, 0.0, 1, other)], BODY, None) == headline


def test_a_single_word_that_the_text_has_is_a_section() -> None:
    lines = [line("Fishermen", 0.5, 2), line("The people of Nordhaven cheer their ferry", 0.0, 3)]

    assert find_headline(lines, BODY, None) == lines[1].text
    assert find_headline([line("Fishermen", 0.0, 1)], BODY, None) is None


def test_names_that_the_text_has_speak_for_a_line() -> None:
    lines = [
        line("Old ferry is back in Southport after its refit", 0.0, 2),
        line("Old ferry is back in Nordhaven after its refit", 0.0, 3),
    ]

    assert find_headline(lines, BODY, None) == lines[1].text
