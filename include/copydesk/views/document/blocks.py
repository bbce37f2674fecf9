"""The blocks of a document, each with its label and what became of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from copydesk.label_names import FIELDS
from copydesk.labels import corrections
from copydesk.labels.corrections import Correction
from copydesk.schema import REMOVED
from copydesk.storage import Storage
from copydesk.views.document.raw_record import RawRecord
from copydesk.views.rows import part_paths, rows_at, spots
from copydesk.views.visible import Address, address, visible

LONGEST = 3_000  # characters shown of a block
LONGEST_PAGE = 200_000  # of all blocks together
MOST_BLOCKS = 1_500
KEPT = "kept"  # the label of what the lake knows no other of
REMOVED_COLUMNS = ("ordinal", "label", "probability", "reasons", "text")

Standing = Mapping[corrections.Block, Correction]


@dataclass(frozen=True, slots=True)
class Block:
    """One block, as the page shows it."""

    ordinal: int
    label: str
    percent: int | None  # how sure the labeller was
    reasons: tuple[str, ...]
    text: str
    full_text: str
    fate: str  # kept in the body, read into a field, or cut
    tag: str | None = None
    href: Address | None = None
    correction: Correction | None = None

    @property
    def mark(self) -> str:
        """What tells whether the block that a form is about is still the one in its place."""
        return mark_of(self.full_text)

    @property
    def is_correctable(self) -> bool:
        """Whether it is known what the labeller said of it."""
        return self.label != KEPT


def mark_of(text: str) -> str:
    """A short name for a text."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()


def blocks_of(raw: RawRecord, standing: Standing, article_id: str) -> list[Block]:
    """The blocks of the raw record, as far as a page can bear."""
    found = (_block(block, standing.get((article_id, block["ordinal"], block["text"]))) for block in raw.blocks)
    return list(_bearable(found))


def blocks_in_lake(lake: Storage, row: Mapping[str, Any], standing: Standing) -> list[Block]:
    """The same from what was kept of them: cut blocks know their place, and the paragraphs fill the places between."""
    values = {"source": row["source"], "dump": row["dump"]}
    where = (spot for _, spot in spots(lake, part_paths(lake, REMOVED, values), [row["article_id"]]))
    cut = {block["ordinal"]: block for block in rows_at(lake, where, REMOVED_COLUMNS)}
    return list(_bearable(_merged(row["article_id"], cut, labelled_paragraphs(row), standing)))


def labelled_paragraphs(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The paragraphs of an article's row, each with its label, which is `KEPT` in partitions of older versions."""
    texts = row["paragraphs"] or ()
    yield from zip(texts, row.get("paragraph_labels") or [KEPT] * len(texts), strict=True)


def _merged(
    article_id: str, cut: dict[int, dict[str, Any]], kept: Iterator[tuple[str, str]], standing: Standing
) -> Iterator[Block]:
    ordinal = 0
    while True:
        if ordinal in cut:
            block = cut.pop(ordinal)
            yield _block(block | {"kept": False}, standing.get((article_id, ordinal, block["text"])))
        else:
            text, label = next(kept, (None, KEPT))
            if text is None:
                break
            correction = standing.get((article_id, ordinal, text))
            yield Block(ordinal, label, None, (), visible(text, LONGEST), text, "kept", correction=correction)
        ordinal += 1
    for ordinal, block in sorted(cut.items()):
        yield _block(block | {"kept": False}, standing.get((article_id, ordinal, block["text"])))


def _block(block: Mapping[str, Any], correction: Correction | None) -> Block:
    label = block["label"]
    return Block(
        ordinal=block["ordinal"],
        label=label,
        percent=round(100 * block["probability"]),
        reasons=tuple(block["reasons"] or ()),
        text=visible(block["text"], LONGEST),
        full_text=block["text"],
        fate="kept" if block["kept"] else "field" if label in FIELDS else "cut",
        tag=block.get("tag"),
        href=address(block.get("href")),
        correction=correction,
    )


def _bearable(blocks: Iterator[Block]) -> Iterator[Block]:
    left = LONGEST_PAGE
    for count, block in enumerate(blocks):
        if count >= MOST_BLOCKS or left <= 0:
            return
        yield block
        left -= len(block.text)
