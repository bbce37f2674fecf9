from __future__ import annotations

import pytest

from copydesk.fields.people.agencies import agency, agency_behind, agency_in_brackets, read_dated, read_dateline


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Reuters", "Reuters"),
        ("the associated press", "Associated Press"),
        ("dpa", "Deutsche Presse-Agentur"),
        ("Pa", None),
        ("新华社", "Xinhua"),
    ],
)
def test_short_names_of_agencies_count_in_their_own_letters_alone(name: str, called: str | None) -> None:
    assert agency(name) == called


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ann Lee Associated Press", ("Ann Lee", "Associated Press")),
        ("Ann Lee AFP", ("Ann Lee", "Agence France-Presse")),
        ("Reuters", ("", "Reuters")),
        ("Ann Lee", ("Ann Lee", None)),
    ],
)
def test_an_agency_may_stand_behind_a_name(name: str, parts: tuple[str, str | None]) -> None:
    assert agency_behind(name) == parts


def test_an_agency_may_stand_in_brackets() -> None:
    assert agency_in_brackets("Berlin (Foto) (dpa) x") == "Deutsche Presse-Agentur"
    assert agency_in_brackets("(aged 9)") is None


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


@pytest.mark.parametrize(
    ("opening", "date"),
    [
        ("NORTHSAND, Nov. 3, 2026 (GLOBE NEWSWIRE) -- Velm Shipping said", "Nov. 3, 2026"),
        ("NORTHSAND, November 3, 2026 /PRNewswire/ -- Velm Shipping said", "November 3, 2026"),
        ("Northsand, Lindsey Fell, November 3, 2026 — Velm Shipping said", "November 3, 2026"),
        ("Nordsand, 3. November 2026 – Die Reederei hat", "3. November 2026"),
        ("Nordsable (3 novembre 2026) – La compagnie", "3 novembre 2026"),
        ("NORTHSAND, Nov 3 (Reuters) - Velm Shipping said", None),
        ("The storm of November 3, 2026 — the worst in years — took", None),
        ("In Northsand, on November 3, 2026, nobody slept - or so they say", None),
        ("Nobody slept.", None),
    ],
)
def test_the_day_of_a_press_release_stands_between_its_place_and_a_dash(opening: str, date: str | None) -> None:
    assert read_dated([opening, "NORTHSAND, Nov. 4, 2026 -- no opening"]) == date


def test_without_paragraphs_there_is_no_such_day() -> None:
    assert read_dated([]) is None
