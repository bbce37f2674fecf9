"""One article with all that is known of it: its text, its blocks, what its fields are from, its versions, copies and origin."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from copydesk.labels.corrections import Correction, corrections_of, standing
from copydesk.records import Origin
from copydesk.settings import Settings
from copydesk.storage import Storage
from copydesk.views.article.copies import Copy, copies_of
from copydesk.views.article.fields import Field, fields_of
from copydesk.views.article.rails import Rail, rails_of
from copydesk.views.article.versions import Version, versions_of
from copydesk.views.document.blocks import Block, blocks_in_lake, blocks_of, labelled_paragraphs
from copydesk.views.document.origins import origin_of
from copydesk.views.document.raw_record import RawRecord
from copydesk.views.document.sandbox import raw_record_of
from copydesk.views.search.places import Place
from copydesk.views.visible import Address, address, visible

LONGEST_TEXT = 100_000  # characters shown of a body


class Paragraph(NamedTuple):
    """One paragraph of the body."""

    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Article:
    """What the page shows."""

    article_id: str
    day: str | None
    source: str
    dump: str
    title: str
    standfirst: str
    url: Address | None
    facts: list[str]  # in a line under the title
    paragraphs: list[Paragraph]
    hidden_characters: int  # of the body, beyond what is shown
    images: list[Mapping[str, Any]]
    rails: list[Rail]
    fields: list[Field]
    blocks: list[Block]
    block_count: int
    is_labelled: bool  # the blocks are those of the raw record, not what the lake holds of them
    raw: RawRecord
    versions: list[Version]
    copies: list[Copy]
    origin: Origin
    corrections: list[Correction]


def inspect(
    settings: Settings, place: Place, row: Mapping[str, Any], sources: Collection[str], *, is_patient: bool = False
) -> Article:
    """All that is known of the article in `row`; copies at other sources than these are left out."""
    lake = Storage.open(settings.lake)
    raw = raw_record_of(settings, row, is_patient=is_patient)
    corrections = corrections_of(lake, row["source"], row["dump"])
    own = [one for one in corrections if one.article_id == row["article_id"]]
    blocks = blocks_of(raw, standing(own), row["article_id"]) if raw.blocks else blocks_in_lake(lake, row, standing(own))
    paragraphs, hidden = _beginning(row)
    return Article(
        article_id=row["article_id"],
        day=place.day,
        source=row["source"],
        dump=row["dump"],
        title=visible(row["title"], 500),
        standfirst=visible(row["standfirst"], 2_000),
        url=address(row["url"] or row["canonical_url"]),
        facts=_facts(row),
        paragraphs=paragraphs,
        hidden_characters=hidden,
        images=[_image(image) for image in (row["images"] or ())[:50]],
        rails=rails_of(row["rails"], row["url"] or row["canonical_url"]),
        fields=fields_of(row, raw.claims, blocks),
        blocks=blocks,
        block_count=raw.block_count or len(blocks),
        is_labelled=bool(raw.blocks),
        raw=raw,
        versions=versions_of(lake, place),
        copies=copies_of(lake, row, place, sources),
        origin=origin_of(row),
        corrections=own[::-1],
    )


def _beginning(row: Mapping[str, Any]) -> tuple[list[Paragraph], int]:
    """As many paragraphs as a page can bear, the last of them cut, and how many characters are left out."""
    shown: list[Paragraph] = []
    left, total = LONGEST_TEXT, sum(map(len, row["paragraphs"] or ()))
    for text, label in labelled_paragraphs(row):
        if left <= 0:
            break
        shown.append(Paragraph(visible(text, left), label))
        left -= len(text)
    return shown, max(total - LONGEST_TEXT, 0)


def _facts(row: Mapping[str, Any]) -> list[str]:
    when = row["published_at"]
    pieces = [f"{when:%-d %B %Y, %H:%M} UTC" if when else "no date", *(row["authors"] or ())[:10], row["agency"], row["section"]]
    return [visible(str(piece), 120) for piece in pieces if piece]


def _image(image: Mapping[str, Any]) -> dict[str, Any]:
    words = {name: visible(image[name], 500) for name in ("caption", "alt", "credit", "slug")}
    return words | {"url": address(image["url"])}
