from __future__ import annotations

import pytest

from copydesk.fields.language import by_common_words, by_script, detect_language

ENGLISH = (
    "The council said on Monday that the footbridge in the upper valley would be closed for most of the winter, and that a "
    "second crossing was not to be built before the spring, because the money for it has gone."
)
GERMAN = (
    "Der Gemeinderat hat am Montag beschlossen, dass die Brücke im oberen Tal bis zum Frühjahr gesperrt bleibt, und für eine "
    "zweite ist nach seinen Worten im kommenden Jahr nicht das Geld da, das sich die Bürger wünschen."
)
DUTCH = (
    "De gemeenteraad besloot maandag dat de voetbrug in het dal de hele winter dicht blijft en dat er voor de lente geen "
    "tweede komt, want het geld daarvoor is op en niemand weet nog waar het vandaan moet komen."
)


@pytest.mark.parametrize(("body", "language"), [(ENGLISH, "en"), (GERMAN, "de"), (DUTCH, "nl")])
def test_the_language_is_that_of_the_body(body: str, language: str) -> None:
    assert detect_language("Tamsin Valdora, Ilse Quarrington, Bram", body) == language


def test_common_words_decide_for_languages_that_are_told_by_them_and_no_others() -> None:
    assert (by_common_words(ENGLISH), by_common_words(GERMAN), by_common_words(DUTCH)) == ("en", "de", None)


def test_too_little_text_has_no_language() -> None:
    assert detect_language("Home", "") is None
    assert detect_language(None, "") is None


@pytest.mark.parametrize(("given", "language"), [("en-GB", "en"), ("de", "en"), ("und", "en")])
def test_words_that_are_sure_outweigh_the_language_that_is_given(given: str, language: str) -> None:
    assert detect_language(None, ENGLISH, [given]) == language


@pytest.mark.parametrize(("given", "language"), [(["DE-at"], "de"), (["x-klingon", "zxx", "fr"], "fr"), ([], None)])
def test_of_a_short_text_the_language_is_what_is_given(given: list[str], language: str | None) -> None:
    assert detect_language(None, "Oslo 3, Bergen 1", given) == language


def test_a_few_english_words_in_chinese_do_not_make_it_english() -> None:
    text = (
        "港口管理局今天宣布，防波堤将关闭三周，工程师将修复滑道。" * 6
        + "the harbour of the north and the quay in the south of the town is to be closed for a month"
    )
    assert by_common_words(text) is None


def test_chinese_is_told_from_japanese_by_its_letters_alone() -> None:
    chinese = "市议会周一表示，上游山谷的人行桥将在冬季大部分时间关闭，而第二座桥要到春天才会动工。"
    assert (by_script(chinese), by_script("市議会は月曜日、谷の歩道橋を冬の間閉鎖すると発表した。"), by_script(ENGLISH)) == (
        "zh",
        None,
        None,
    )


RUSSIAN = "Городской совет заявил в понедельник, что пешеходный мост в верхней долине будет закрыт зимой, а новый откроют весной."


@pytest.mark.parametrize(
    "neighbour",
    [
        "Общинският съвет обяви в понеделник, че пешеходният мост в горната долина ще бъде затворен през зимата.",
        "Міська рада заявила в понеділок, що пішохідний міст у верхній долині буде закритий узимку.",
        "Қалалық кеңес дүйсенбіде жоғарғы аңғардағы жаяу жүргіншілер көпірі қыста жабылатынын мәлімдеді, бұл туралы хабарлады ы.",
    ],
)
def test_russian_is_told_from_its_neighbours_by_its_letters_alone(neighbour: str) -> None:
    assert (by_script(RUSSIAN), by_script(neighbour), by_script("ы")) == ("ru", None, None)


def test_common_polish_words_do_not_make_slovak_or_czech_polish() -> None:
    slovak = (
        "Mestské zastupiteľstvo v pondelok oznámilo, že lávka v hornej doline bude z väčšej časti zimy zatvorená a že druhá nie je "
        "pred jarou v pláne, pretože peniaze na ňu už nie sú a nikto nevie, odkiaľ by mali prísť."
    )
    polish = (
        "Rada miasta ogłosiła w poniedziałek, że kładka w górnej dolinie będzie zamknięta przez większą część zimy, a druga nie "
        "powstanie przed wiosną, gdyż pieniędzy już nie ma i nikt nie wie, skąd mogą się wziąć."
    )
    assert (by_common_words(polish), by_common_words(slovak)) == ("pl", None)
