from __future__ import annotations

from copydesk.fields.topics import list_tags, pick_section

SITES = {"harbourcourier"}


def test_tags_stand_once_however_they_are_written() -> None:
    assert list_tags(["Ferries,Nordhaven;refit", "ferries", "Harbour-Courier"], SITES) == ["Ferries", "Nordhaven", "refit"]


def test_what_machines_say_to_each_other_is_no_tag() -> None:
    stated = ["@river", "26157981-b4f7-4929-adc1-e860c6f03636", "https://courier.example/x", "1234", "_", "x" * 200]

    assert list_tags([*stated, "RULES:FRONT-PAGE", "package-112600"], SITES) == []
    assert list_tags(["Covid-19", "Vienna: opera", "Budget 2024"], SITES) == ["Covid-19", "Vienna: opera", "Budget 2024"]


def test_there_is_an_end_to_tags() -> None:
    assert len(list_tags([",".join(f"tag {i}" for i in range(5000))], SITES)) == 100


def test_the_section_is_the_first_that_is_not_the_site() -> None:
    assert pick_section(["Harbour Courier", "News, Ferries"], SITES) == "News"
    assert pick_section([], SITES) is None


def test_a_hostile_keyword_is_no_work() -> None:
    assert list_tags([" " * 1_000_000 + "ferry"], SITES) == ["ferry"]
