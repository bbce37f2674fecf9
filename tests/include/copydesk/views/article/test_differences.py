from __future__ import annotations

from copydesk.views.article.differences import Line, Piece, differences, words
from timing import done_within


def test_words_that_changed_are_told_from_those_that_stayed() -> None:
    assert words("240 piles were taken", "248 piles were taken") == [
        Piece("gone", "240"),
        Piece("come", "248"),
        Piece("same", " piles were taken"),
    ]


def test_paragraphs_that_stayed_are_counted() -> None:
    assert differences(["One.", "Two.", "Three is here."], ["One.", "Two.", "Three was here."])[0] == Line([], 2)


def test_a_paragraph_of_other_words_went_and_another_came() -> None:
    (gone, come) = differences(["The ferry was late again."], ["Niemand hat Möwen gezählt!"])
    assert gone.pieces == [Piece("gone", "The ferry was late again.")]
    assert come.pieces == [Piece("come", "Niemand hat Möwen gezählt!")]


def test_scripts_without_spaces_are_compared_by_letters() -> None:
    assert Piece("come", "北") in words("海港墙南面关闭了", "海港墙北面关闭了")


def test_what_is_hidden_is_pictured() -> None:
    (line,) = differences(["a b c d"], ["a b c \u202ed"])
    assert "[U+202E]" in "".join(piece.text for piece in line.pieces)


def test_a_hostile_body_is_compared_in_bounded_time() -> None:
    done_within(30, lambda: differences([f"a b {n} " * 2000 for n in range(3000)], [f"b a {n} " * 2000 for n in range(3000)]))
