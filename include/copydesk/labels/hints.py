"""What is known of blocks from outside their own document, and what their page states of itself."""

from __future__ import annotations

from typing import NamedTuple

import pyarrow as pa

from copydesk.labels.arrays import Floats
from copydesk.labels.repetition import repetition

TRUSTED = ("given", "jsonld", "meta", "microdata", "head")  # whose title is believed first


class Hints(NamedTuple):
    """What is known of blocks from outside their own document."""

    repetition: Floats  # share of the group's other documents that hold the same line
    titles: pa.Array  # the title the page states, by document, or null
    descriptions: pa.Array  # the summary it states, by document, or null
    bodies: pa.Array  # the article's text as the page states it, by document, or null


def hints(documents: pa.Table, blocks: pa.Table, counts: pa.Table) -> Hints:
    """What is known of each block from outside its own document's text."""
    claims = documents["claims"].to_pylist()
    return Hints(
        repetition=repetition(documents, blocks, counts),
        titles=pa.array([_claimed(c, "title") for c in claims], pa.string()),
        descriptions=pa.array([_claimed(c, "description") for c in claims], pa.string()),
        bodies=pa.array([_longest(c, "body") for c in claims], pa.string()),
    )


def _longest(claims: list[dict[str, str]], field: str) -> str | None:
    """The longest value claimed: some clues give an extract."""
    return max((c["value"] for c in claims or () if c["field"] == field), key=len, default=None)


def _claimed(claims: list[dict[str, str]], field: str) -> str | None:
    """The value of the claim with the most trusted clue."""
    found = [c for c in claims if c["field"] == field]
    return min(found, key=lambda c: TRUSTED.index(c["clue"]))["value"] if found else None
