"""Caption lines and picture elements → pictures with caption, alternative text and credit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, TypedDict

# A full stop ends a credit, but not behind an initial.
CREDIT_WORD = re.compile(
    r"\(?\b(?:picture|photo|image|pic|credit|photograph|screenshot|foto|bild|crédits?(?: photo)?|фото|quelle|źródło|fuente|fonte)s?"
    r"(?: credit)?(?: by)?\s*:\s*"
    r"(?P<credit>(?:[^.()]|\b\w\.){2,80}?)\)?\.?$",
    re.IGNORECASE,
)
# (Name Surname/AP), (AP), (Name Surname, Pool via Reuters)
CREDIT_BRACKETS = re.compile(
    r"\((?P<credit>[^()]*(?:/|\b(?:PA|AP|AFP|EPA|dpa|Reuters|Getty|Alamy|Shutterstock|handout|archive|pool)\b)[^()]*)\)\.?$",
    re.IGNORECASE,
)
CREDIT_SIGN = re.compile(r"[©®]\s*(?P<credit>[^.]{2,80})$")
# A line that is nothing else: `Photo by Ida Quist`, `Getty Images`, `Ida Quist/AP`, `picture alliance/dpa | Ida Quist`
PHOTO_BY = re.compile(
    r"(?:photo|image|picture|illustration|photograph)(?:s|graphy)? (?:by|courtesy of) (?P<credit>[^.]{2,80})", re.IGNORECASE
)
AGENCY = r"(?:PA|AP|AFP|EPA|dpa|Reuters|Getty(?: Images)?|Alamy|Shutterstock(?:\.com)?|iStock(?:photo)?|Unsplash|Pixabay|picture alliance)"
OF_AGENCY = re.compile(rf"(?P<credit>(?:[^.!?:()]{{2,60}}?(?:\s*[/|]+\s*|,? via ))?{AGENCY}(?:\s*[/|]\s*[^.!?:()]{{2,60}})?)\)?")
MAX_CREDIT_CHARS = 400  # at the end of a line; over a whole megabyte the search would take minutes
CREDITS = (CREDIT_BRACKETS, CREDIT_WORD, CREDIT_SIGN)
# Agencies name a picture's story in a few capitalised words: `Wrenmouth Harbour Slipway`.
SLUG = re.compile(r"[^\W_a-zа-яα-ω]\S*(?:\s+[^\W_a-zа-яα-ω]\S*){0,5}")


class Image(TypedDict, total=False):
    """One picture, as in schema.IMAGE; a key that is not known is left out."""

    caption: str | None
    alt: str | None
    credit: str | None
    slug: str | None
    url: str | None


class Shown(NamedTuple):
    """A picture element of the page."""

    url: str | None
    alt: str | None


def split_credit(line: str) -> tuple[str, str | None]:
    """The caption and the credit it closes with, if it does."""
    if alone := PHOTO_BY.fullmatch(line) or OF_AGENCY.fullmatch(line):
        return "", alone["credit"].strip()
    for pattern in CREDITS:
        if found := pattern.search(line, max(len(line) - MAX_CREDIT_CHARS, 0)):
            return line[: found.start()].strip(" |/–—-"), found["credit"].strip()
    return line, None


def group_captions(lines: Sequence[str]) -> list[Image]:
    """Pictures of a run of caption lines: each ends with a credit, or stands alone."""
    images: list[Image] = []
    waiting: str | None = None
    for line in lines:
        caption, credit = split_credit(line)
        if credit is not None:
            images.append(_credited(waiting, caption, credit))
            waiting = None
            continue
        if waiting is not None:
            images.append({"caption": waiting})
        waiting = line
    if waiting is not None:
        images.append({"caption": waiting})
    return images


def add_elements(images: Sequence[Image], shown: Sequence[Shown]) -> None:
    """Give the pictures of one run of captions the address and text of the elements that stand there, one by one."""
    for image, element in zip(images, shown, strict=False):
        image["url"] = element.url
        if element.alt and element.alt != image.get("caption"):
            image.setdefault("alt", element.alt)


def _credited(above: str | None, caption: str, credit: str) -> Image:
    """The picture of a credited line and the line above it: its alternative text, or its caption over a slug."""
    if above is None:
        return {"caption": caption or None, "credit": credit}
    if not caption or above == caption:
        return {"caption": above, "credit": credit}
    if SLUG.fullmatch(caption) and len(above) > len(caption):
        return {"caption": above, "credit": credit, "slug": caption.rstrip(".")}
    return {"caption": caption, "alt": above, "credit": credit}
