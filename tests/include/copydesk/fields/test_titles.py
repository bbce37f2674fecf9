from __future__ import annotations

import pytest

from copydesk.blocks.table import Claim
from copydesk.fields.titles import pick_title, strip_site


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
    "title", ["«Wir haben viel zu tun»", "Rat ruft zum «stillen Protest» gegen neue Linien auf", "»Ein Anfang« für Nordtor"]
)
def test_a_quotation_in_guillemets_is_no_separator(title: str) -> None:
    assert strip_site(f"{title} | Nordtor Zeitung", {"nordtorzeitung"}) == title
