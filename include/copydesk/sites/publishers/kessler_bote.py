"""Kessler Bote: every paragraph is a card that links to itself, and the only `article` on the page is the readers' letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.sites import Ruling, attribute_at, rule, text_at, texts_at

if TYPE_CHECKING:
    from bs4 import BeautifulSoup


@rule("kessler-bote.example", first="2025-03-01")
def karten_2025(page: BeautifulSoup) -> Ruling:
    """The layout of cards; before it the general engine was right."""
    return Ruling(
        title=text_at(page, ".schlagzeile"),
        standfirst=text_at(page, ".vorspann"),
        authors=texts_at(page, ".zeile .wer"),
        published_at=attribute_at(page, ".mitte", "data-stand"),
        marks={
            "boilerplate": page.select(".leserpost, footer"),
            "title": page.select(".schlagzeile"),
            "standfirst": page.select(".vorspann"),
            "body": page.select(".karte:not(.vorspann, .werbung, .mehr)"),
            "promo": page.select(".werbung"),
            "byline": page.select(".zeile"),
            "rail": page.select(".mehr"),
        },
    )
