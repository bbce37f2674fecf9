"""What a raw record holds, as pages show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class RawRecord:
    """What stands in a raw record: its text, its blocks with their labels, what it states; or why that is not known."""

    trouble: str = ""  # why there are no blocks, or no record at all
    is_hurried: bool = False  # with more patience there would be
    head: str = ""  # the beginning of the record's text
    characters: int = 0
    media_type: str = ""
    notes: tuple[str, ...] = ()
    blocks: Sequence[Mapping[str, Any]] = ()  # the first of them
    block_count: int = 0
    claims: Sequence[Mapping[str, str]] = ()
    labeller: str | None = None
