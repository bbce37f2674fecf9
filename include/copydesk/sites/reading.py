"""What rules read most: the text or an attribute of the first element that a CSS selector finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import Tag


def text_at(page: Tag, selector: str) -> str | None:
    """The text of the first such element on one line, or None where there is none."""
    found = page.select_one(selector)
    return " ".join(found.get_text().split()) if found else None


def texts_at(page: Tag, selector: str) -> list[str]:
    """The texts of all such elements, each on one line."""
    return [" ".join(found.get_text().split()) for found in page.select(selector)]


def attribute_at(page: Tag, selector: str, name: str) -> str | None:
    """An attribute of the first such element, or None where either is missing."""
    found = page.select_one(selector)
    value = found.get(name) if found else None
    return " ".join(value.split()) if isinstance(value, str) else None
