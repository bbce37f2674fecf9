from __future__ import annotations

import pytest

from copydesk.fields.claims import Claim
from copydesk.fields.headings.titles import pick_title, strip_site


@pytest.mark.parametrize(
    ("stated", "clue", "title"),
    [
        ("Ferry returns to service | Harbour Courier", "head", "Ferry returns to service"),
        ("Ferry returns to service | News | Harbour Courier", "meta", "Ferry returns to service"),
        ("Ferry returns to service - Harbour Courier", "head", "Ferry returns to service"),
        ("Harbour Courier | Ferry returns to service", "head", "Ferry returns to service"),
        ("El Faro :: Un pueblo entero aprende a silbar", "head", "Un pueblo entero aprende a silbar"),
        ("Ferry returns – what we know about the refit", "meta", "Ferry returns – what we know about the refit"),
        ("Fourteen-month refit", "head", "Fourteen-month refit"),
        ("Harbour Courier - Ferry returns to service", "meta", "Ferry returns to service"),
        ("渡轮今起恢复通航(图)_港口新闻_港口网", "head", "渡轮今起恢复通航(图)"),
        ("渡轮今起恢复通航--港口--港口网", "head", "渡轮今起恢复通航"),
        ("フェリーが再開｜港新聞", "head", "フェリーが再開"),
    ],
)
def test_the_site_is_not_part_of_the_title(stated: str, clue: str, title: str) -> None:
    assert pick_title([], [Claim("title", stated, clue)], "harbour-courier.example") == title


def test_the_line_readers_see_counts_where_the_page_bears_it_out() -> None:
    claims = [Claim("title", "Ferry returns to service - Harbour Courier", "head")]

    assert pick_title(["Most read", "Ferry returns to service"], claims) == "Ferry returns to service"


def test_without_a_claim_the_first_line_is_the_title_and_without_a_line_there_is_none() -> None:
    assert pick_title(["One", "Two"], []) == "One"
    assert pick_title([], []) is None


@pytest.mark.parametrize(
    "title",
    [
        "«Wir haben viel zu tun»",
        "Rat ruft zum «stillen Protest» gegen neue Linien auf",
        "»Ein Anfang« für Nordtor",
        "Le port prépare la « réforme » des quais",
        "Au port, on craint « la fin du bac »",
    ],
)
def test_a_quotation_in_guillemets_is_no_separator(title: str) -> None:
    assert strip_site(f"{title} | Nordtor Zeitung", {"nordtorzeitung"}) == title


def test_two_clues_that_agree_count_more_than_the_line_alone() -> None:
    claims = [
        Claim("title", "Refit: Ferry returns to service", "jsonld"),
        Claim("title", "Refit: Ferry returns to service", "meta"),
    ]

    assert pick_title(["Refit Ferry returns to service"], claims) == "Refit: Ferry returns to service"


def test_the_heading_of_the_page_counts_more_than_what_is_stated_for_search_engines() -> None:
    claims = [
        Claim("title", "Ferry service returns 2026: what to know", "jsonld"),
        Claim("heading", "Ferry returns to service", "h1"),
    ]

    assert pick_title(["Ferry returns to service"], claims) == "Ferry returns to service"


def test_a_notice_above_the_article_is_not_its_title() -> None:
    claims = [Claim("title", "Ferry returns to service", "meta"), Claim("heading", "Become a friend of ours", "h1")]

    assert pick_title(["Become a friend of ours"], claims) == "Ferry returns to service"


def test_a_title_that_breaks_off_is_given_in_full_where_another_clue_has_it() -> None:
    claims = [
        Claim("title", "Ferry returns to service after...", "jsonld"),
        Claim("title", "Ferry returns to service after refit", "head"),
    ]

    assert pick_title([], claims) == "Ferry returns to service after refit"


def test_a_title_cut_at_a_quotation_mark_is_given_in_full_where_another_clue_has_it() -> None:
    claims = [
        Claim("title", "Mayor calls the ferry", "meta"),
        Claim("title", 'Mayor calls the ferry "a lifeline" - Courier', "head"),
    ]

    assert pick_title([], claims) == 'Mayor calls the ferry "a lifeline"'


def test_quotation_marks_dashes_and_capitals_are_those_that_readers_see() -> None:
    claims = [
        Claim("title", "Ferry's Back - 'At Last'", "jsonld"),
        Claim("title", "Ferry's Back - 'At Last'", "meta"),
        Claim("heading", "Ferry’s back – ‘at last’", "h1"),
    ]

    assert pick_title([], claims) == "Ferry’s back – ‘at last’"


def test_capitals_throughout_are_a_matter_of_design() -> None:
    claims = [
        Claim("title", "Ferry is back", "jsonld"),
        Claim("title", "Ferry is back", "meta"),
        Claim("heading", "FERRY IS BACK", "h1"),
    ]

    assert pick_title(["FERRY IS BACK"], claims) == "Ferry is back"


def test_a_bar_within_the_headline_is_part_of_it() -> None:
    claims = [Claim("title", "BUDGET | Harbour gets more", "jsonld"), Claim("heading", "BUDGET | Harbour gets more", "h1")]

    assert pick_title(["BUDGET | Harbour gets more"], claims) == "BUDGET | Harbour gets more"


def test_a_title_that_is_given_is_checked_as_others_are() -> None:
    given = [Claim("title", "Harbour Courier", "given"), Claim("site", "Harbour Courier", "given")]

    assert pick_title(["Ferry returns to service"], given) == "Ferry returns to service"
    assert pick_title([], [Claim("title", "Ferry returns | Harbour Courier", "given"), given[1]]) == "Ferry returns"
