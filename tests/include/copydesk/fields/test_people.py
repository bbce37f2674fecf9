from __future__ import annotations

import pytest

from copydesk.fields.agencies import read_dateline
from copydesk.fields.people import Byline, parse_byline, people, signed_parts


@pytest.mark.parametrize(
    ("text", "authors", "agency"),
    [
        ("By Ann Lee", ["Ann Lee"], None),
        ("By Press Association", [], "Press Association"),
        ("By Ann Lee and Bo Ek, Press Association", ["Ann Lee", "Bo Ek"], "Press Association"),
        ("Words by Dr Ann Lee, Health Editor", ["Ann Lee"], None),
        ("Von Pia Landgraf und Jost Wiegand (dpa)", ["Pia Landgraf", "Jost Wiegand"], "Deutsche Presse-Agentur"),
        ("Par Solène Aubertin", ["Solène Aubertin"], None),
        ("Publié le 31 octobre 2026 à 17h30 | Par Maxence Rivoire", ["Maxence Rivoire"], None),
        ("By Apolline Vuillard 3 November 2026, 10:10", ["Apolline Vuillard"], None),
        ("Por Casilda Montoro", ["Casilda Montoro"], None),
        ("Автор: Иван Петров", ["Иван Петров"], None),
        ("Ludwig van der Meer", ["Ludwig van der Meer"], None),
        ("By Ann Lee ann@paper.example", ["Ann Lee"], None),
        ("AFP", [], "Agence France-Presse"),
        ("The Guardian", [], None),
        ("by our own correspondent", [], None),
        ("", [], None),
    ],
)
def test_a_byline_names_people_and_agency(text: str, authors: list[str], agency: str | None) -> None:
    assert parse_byline(text) == Byline(tuple(authors), agency)


def test_only_the_part_that_opens_like_a_byline_is_signed() -> None:
    assert signed_parts("Publié le 1 mai 2024 | Par Ann Lee") == ["Par Ann Lee"]
    assert signed_parts("1 May 2024 | London") == []


def test_each_person_is_named_once() -> None:
    assert people(["By Ann Lee", "ANN LEE and Bo Ek"]) == ("Ann Lee", "Bo Ek")


@pytest.mark.parametrize(
    ("paragraph", "dateline"),
    [
        ("LONDON (AP) — The vote was held.", "LONDON (AP)"),
        ("Saint-Orvin (Reuters) - A lens was found.", "Saint-Orvin (Reuters)"),
        ("BERLIN – Es regnet.", "BERLIN"),
        ("London — a city — is large.", None),
        ("Ann (aged 9) — she said.", None),
        ("No dash at all.", None),
    ],
)
def test_a_dateline_is_in_capitals_or_names_an_agency(paragraph: str, dateline: str | None) -> None:
    assert read_dateline([paragraph]) == dateline
