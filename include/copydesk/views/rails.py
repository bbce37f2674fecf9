"""Rails as what they are: a heading, a link to more, and items that lead to other stories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from copydesk.views.visible import Address, address, visible

MOST_RAILS, MOST_ITEMS = 30, 60


class Item(NamedTuple):
    """One other story."""

    headline: str
    caption: str
    url: Address | None


class Rail(NamedTuple):
    """A list of links that was cut from the page."""

    heading: str
    more: str
    items: list[Item]
    item_count: int  # shown or not


def rails_of(rails: Sequence[Mapping[str, Any]] | None) -> list[Rail]:
    """The first rails, and the first items of each."""
    return [_rail(rail) for rail in (rails or ())[:MOST_RAILS]]


def _rail(rail: Mapping[str, Any]) -> Rail:
    items = rail["items"] or ()
    shown = [Item(visible(i["headline"], 300), visible(i["caption"], 300), address(i["url"])) for i in items[:MOST_ITEMS]]
    return Rail(visible(rail["heading"], 200), visible(rail["more"], 200), shown, len(items))
