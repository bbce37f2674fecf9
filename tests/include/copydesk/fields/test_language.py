from __future__ import annotations

import pytest

from copydesk.fields.language import by_common_words, detect_language

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
