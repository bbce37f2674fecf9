from __future__ import annotations

from copydesk import extract

PARAGRAPH = "The ferry to Nordhaven sails again on Monday, the harbour master said, after three weeks in dock for a new shaft."
FIGURE = """<figure>{}<figcaption>The ferry passes the light at Nordhaven. Photo: Ida Quist</figcaption></figure>"""


def picture_of(shown: str) -> dict[str, str | None]:
    page = f"<h1>Ferry sails again on Monday</h1><p>{PARAGRAPH}</p>{FIGURE.format(shown)}" + f"<p>{PARAGRAPH}</p>" * 4
    record = {"id": "1", "content": page, "media_type": "text/html", "url": "https://courier.example/ferry"}
    (image,) = extract([record])["images"].to_pylist()[0]
    found: dict[str, str | None] = image
    return found


def test_a_sign_to_share_it_by_is_not_the_picture() -> None:
    found = picture_of("<img src=/share.svg alt=Share><img src=/ferry.jpg alt='A white ferry'>")

    assert (found["url"], found["alt"]) == ("https://courier.example/ferry.jpg", "A white ferry")


def test_a_drawing_alone_is_the_picture() -> None:
    assert picture_of("<img src=/chart.svg>")["url"] == "https://courier.example/chart.svg"


def test_a_placeholder_is_no_address_of_a_picture() -> None:
    found = picture_of("<img src=/img/spacer.gif>")

    assert (found["caption"], found["credit"], found["url"]) == ("The ferry passes the light at Nordhaven.", "Ida Quist", None)
