from __future__ import annotations

import textwrap

import pytest

from copydesk.blocks.wrapping import unwrap
from timing import done_within
from tunnel import PARAGRAPHS, TITLE

GERMAN = [
    "Der Kran im Alten Hafen wird im Frühjahr nach Holland verkauft. Die Stadt hat den Vertrag mit der Reederei Bakker am Montag "
    "unterschrieben, wie die Verwaltung auf Anfrage bestätigte.",
    "Der Erlös soll in die Sanierung der Kaimauer fließen, deren Fundament seit dem Winter Risse zeigt. Im Rat stimmten Mehrheit und "
    "Opposition für den Verkauf, nur der Hafenverein sprach von einem Ausverkauf der Geschichte.",
    "Der Abbau beginnt nach Angaben der Verwaltung im März und dauert sechs Wochen, in denen die Uferstraße für Lastwagen gesperrt bleibt.",
]
CHINESE = [
    "旧渡口的木船昨天下午最后一次载客过江，船工老何在岸边站了很久才把缆绳收起来。",
    "从下个月开始，过江的居民将改乘新建的轻轨，单程只要四分钟，票价两元。",
    "“船慢，可是船上的人都互相认识。”老何说，他打算把船捐给市里的博物馆。",
]
MENU = ["   * Startseite", "   * Lokales und Region", "   * Anzeigen und Beilagen im Überblick"]


@pytest.mark.parametrize("width", [30, 38, 60])
def test_german_is_known_by_the_words_that_did_not_fit(width: int) -> None:
    text = "\n\n".join(["Kran geht nach Holland", *(textwrap.fill(line, width, break_on_hyphens=False) for line in GERMAN)])

    assert unwrap(text) == "\n".join(["Kran geht nach Holland", *GERMAN])


def test_a_narrow_column_is_whole_below_a_headline_that_is_wider() -> None:
    text = "\n".join([TITLE, "By Greta Sand", *(textwrap.fill(line, 31, initial_indent="  ") for line in PARAGRAPHS)])
    lines = (unwrap(text) or "").split("\n")

    assert lines[:2] == [TITLE, "By Greta Sand"]
    assert [" ".join(line.split()) for line in lines[2:]] == PARAGRAPHS


def test_chinese_is_joined_without_blanks() -> None:
    text = "\n\n".join("\n".join(line[at : at + 16] for at in range(0, len(line), 16)) for line in CHINESE)

    assert unwrap(text) == "\n".join(CHINESE)


def test_paragraphs_without_blank_lines_between_them_end_where_a_word_had_room() -> None:
    text = "\n".join(textwrap.fill(line, 66, break_on_hyphens=False) for line in GERMAN)

    assert unwrap(text) == "\n".join(GERMAN)


def test_items_of_lists_stay_beside_a_text_that_was_wrapped() -> None:
    text = "\n".join([*MENU, "", *textwrap.wrap(GERMAN[0], 70), "", *textwrap.wrap(GERMAN[1], 70), "", *MENU])

    assert (unwrap(text) or "").split("\n") == [line.strip() for line in [*MENU, *GERMAN[:2], *MENU]]


@pytest.mark.parametrize(
    "lines",
    [
        ["Kran verkauft", "Hafen bleibt offen", "Verein ist dagegen", "Fähre fährt wieder nach Plan", "Rat stimmt ab"] * 4,
        ["das Meer kommt her,", "das Meer geht fort,", "und keiner geht ans Fenster,", "es bleibt an seinem Ort"] * 5,
        ["the crane is sold.", "the quay will be mended.", "a ship comes on Monday to take it away.", "nobody is surprised."] * 5,
        ["旧渡口停航", "轻轨下月开通", "老何捐出木船", "居民欢迎新线路"] * 5,
    ],
)
def test_lines_that_were_not_filled_are_left(lines: list[str]) -> None:
    assert unwrap("\n".join(lines)) is None


@pytest.mark.parametrize(
    "line", ["a" * 39 + "-", "der Kran im alten Hafen wird verkauft", "旧渡口的木船昨天下午最后一次", " * a b", "a"]
)
def test_many_lines_take_no_longer(line: str) -> None:
    done_within(9, lambda: unwrap(f"{line}\n" * (400_000 // len(line.encode()))))
