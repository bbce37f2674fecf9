from __future__ import annotations

import pytest

from copydesk.fields.images import Shown, add_elements, group_captions, split_credit


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("A tank in Israel (Tsafrir Abayov/AP)", "A tank in Israel", "Tsafrir Abayov/AP"),
        ("Wrenmouth Harbour Slipway. Picture: PA", "Wrenmouth Harbour Slipway.", "PA"),
        ("La cabine. Photo : Solène Aubertin/Veyrat Info", "La cabine.", "Solène Aubertin/Veyrat Info"),
        ("Crédit photo : AFP", "", "AFP"),
        ("Die Lok Foto: Jost Wiegand", "Die Lok", "Jost Wiegand"),
        ("Dos vecinas. (Foto: B. Arriaza)", "Dos vecinas.", "B. Arriaza"),
        ("A cat © Getty Images", "A cat", "Getty Images"),
        ("Die Lok / Quelle: Jost Wiegand", "Die Lok", "Jost Wiegand"),
        ("Zdjęcie ilustracyjne / Źródło: Pixabay", "Zdjęcie ilustracyjne", "Pixabay"),
        ("Photo by Ida Quist / Harbour Courier", "", "Ida Quist / Harbour Courier"),
        ("Ida Quist/Invision/AP", "", "Ida Quist/Invision/AP"),
        ("Anadolu via Getty Images)", "", "Anadolu via Getty Images"),
        ("picture alliance/dpa | Jost Wiegand", "", "picture alliance/dpa | Jost Wiegand"),
        ("Reuters moved to Canary Wharf / London", "Reuters moved to Canary Wharf / London", None),
        ("The photo by the door", "The photo by the door", None),
        ("She (aged 9) waves", "She (aged 9) waves", None),
    ],
)
def test_a_caption_closes_with_its_credit(line: str, caption: str, credit: str | None) -> None:
    assert split_credit(line) == (caption, credit)


def test_a_line_above_a_credited_caption_is_its_alternative_text_or_its_caption_over_a_slug() -> None:
    long = "Harbour master Ines Corrigan, left, at the new slipway"

    assert group_captions([long, "Wrenmouth Harbour Slipway. Picture: PA"]) == [
        {"caption": long, "credit": "PA", "slug": "Wrenmouth Harbour Slipway"}
    ]
    assert group_captions(["A row of looms", "The weaving shed. Photograph: Owen Strake"]) == [
        {"caption": "The weaving shed.", "alt": "A row of looms", "credit": "Owen Strake"}
    ]
    assert group_captions(["Same line", "Same line (AP)"]) == [{"caption": "Same line", "credit": "AP"}]


def test_captions_without_a_credit_are_pictures_of_their_own() -> None:
    assert group_captions(["One", "Two"]) == [{"caption": "One"}, {"caption": "Two"}]


def test_an_element_gives_address_and_text_unless_the_text_says_the_caption_again() -> None:
    images = group_captions(["One", "Two"])
    add_elements(images, [Shown("/1.jpg", "One"), Shown("/2.jpg", "A cat")])

    assert images == [{"caption": "One", "url": "/1.jpg"}, {"caption": "Two", "url": "/2.jpg", "alt": "A cat"}]
