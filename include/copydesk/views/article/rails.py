"""Rails as what they are: a heading, a link to more, and items that lead to other stories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from copydesk.fields.urls import absolute
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


def rails_of(rails: Sequence[Mapping[str, Any]] | None, base: str | None) -> list[Rail]:
    """The first rails, and the first items of each, whose addresses are seen from that of the page."""
    return [_rail(rail, base) for rail in (rails or ())[:MOST_RAILS]]


def _rail(rail: Mapping[str, Any], base: str | None) -> Rail:
    items = rail["items"] or ()
    shown = [_item(item, base) for item in items[:MOST_ITEMS]]
    return Rail(visible(rail["heading"], 200), visible(rail["more"], 200), shown, len(items))


def _item(item: Mapping[str, Any], base: str | None) -> Item:
    url = absolute(item["url"], base) or item["url"]
    return Item(visible(item["headline"], 300), visible(item["caption"], 300), address(url))
