from __future__ import annotations

import pytest

from copydesk.fields.times.markers import says_change, split_line


@pytest.mark.parametrize(
    ("line", "statements"),
    [
        ("1 May 2024", [("1 May 2024", False)]),
        ("Published 1 May, updated 2 May", [(" 1 May, ", False), (" 2 May", True)]),
        ("1 May, Stand: 2 May", [("1 May, ", False), (": 2 May", True)]),
        ("08:01Mis à jour le 2 mai", [("08:01", False), (" le 2 mai", True)]),
        ("Amended on 2 May 2024", [(" on 2 May 2024", True)]),
        ("1 May, corrected 2 May", [("1 May, ", False), (" 2 May", True)]),
        ("Korrigiert am 2. Mai", [(" am 2. Mai", True)]),
        ("Corrigé le 2 mai", [(" le 2 mai", True)]),
        ("", [("", False)]),
    ],
)
def test_each_statement_of_a_line_says_what_it_is_of(line: str, statements: list[tuple[str, bool]]) -> None:
    assert list(split_line(line)) == statements


@pytest.mark.parametrize(
    ("line", "is_change"),
    [("Last updated 2 May 2024", True), ("Zuletzt aktualisiert: 2. Mai", True), ("Posted 1 May, edited 2 May", False), ("An accredited reporter", False)],
)  # fmt: skip
def test_only_a_line_of_nothing_else_is_of_a_change(line: str, is_change: bool) -> None:
    assert says_change(line) is is_change
