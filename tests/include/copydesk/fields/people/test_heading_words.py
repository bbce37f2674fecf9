from __future__ import annotations

import pytest

from copydesk.fields.people.bylines import is_person, opens_byline, parse_byline
from copydesk.fields.people.first_names import has_first_name
from copydesk.fields.people.heading_words import _lists, may_be_name

NAMES = "Oswin Trell, Xiulan Fong, Paris Hill, Wiebke Young, Maëlys Le Goff, Ragnhild van der Voss, Искандер Галеев, Ann Market, J.R. Haldane"
HEADINGS = "Wall Street, Health Care, Weitere Themen, Faits Divers, Última Hora, Ultime Notizie, Meest Gelezen, Mest Läst, Najnowsze Wiadomości"
CAPITALS = "STOP FIGHTING, ΤΕΛΕΥΤΑΙΑ ΝΕΑ, НОВОСТИ СПОРТА, White House, Long Read"
PLACES = "New York, Los Angeles, Buenos Aires, San Sebastián, Bad Homburg, Нижний Новгород, Addis Ababa, London SW3"


@pytest.mark.parametrize("name", NAMES.split(", "))
def test_a_name_may_be_one_whether_its_first_name_is_common_or_not(name: str) -> None:
    assert may_be_name(name)


@pytest.mark.parametrize("line", f"{HEADINGS}, {CAPITALS}, {PLACES}".split(", "))
def test_what_heads_rails_and_sections_and_what_is_on_maps_is_none(line: str) -> None:
    assert is_person(line), "it looks like a name"
    assert not may_be_name(line)


def test_no_list_has_a_first_name() -> None:
    words, _, _ = _lists()

    assert [word for word in words if has_first_name(word)] == []


def test_what_signs_in_words_is_believed() -> None:
    assert opens_byline("By Wall Street")
    assert parse_byline("By Wall Street").authors == ("Wall Street",)


def test_a_word_that_begins_with_a_small_letter_with_an_accent_begins_no_name() -> None:
    assert not is_person("Bimota übernimmt")
    assert is_person("Ärzte Übersee")
