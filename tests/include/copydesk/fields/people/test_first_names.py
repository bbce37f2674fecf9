from __future__ import annotations

from copydesk.fields.people.first_names import has_first_name


def test_a_first_name_is_known_with_and_without_its_accents() -> None:
    for name in ("Jürgen Ek", "Jurgen Ek", "Łukasz Ek", "Bjørn Ek", "Anne-Katrin Ek", "Ольга Эк", "Андрей Эк", "ANN LEE"):
        assert has_first_name(name), name


def test_a_heading_has_none() -> None:
    for line in ("Key Points", "Weitere Themen", "Nos Vidéos", "Mai 2026", ""):
        assert not has_first_name(line), line
