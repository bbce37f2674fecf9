"""How much is labelled at once: batches as they were cut hold few pages, and each call of the labeller costs 6 ms, however little it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from math import inf
from typing import TypeVar

from copydesk.blocks.table import Segmented

LABELLED_BLOCKS = 20_000  # a block takes four kilobytes meanwhile

Batch = TypeVar("Batch")


def together(batches: Iterable[Batch], part_of: Callable[[Batch], Segmented], most_records: float = inf) -> Iterator[list[Batch]]:
    """Neighbouring batches up to `LABELLED_BLOCKS` and `most_records`, at least one at a time; `part_of` says what of each is labelled."""
    held: list[Batch] = []
    records = blocks = 0
    for batch in batches:
        part = part_of(batch)
        records += part.documents.num_rows
        blocks += part.blocks.num_rows
        if held and (records > most_records or blocks > LABELLED_BLOCKS):
            yield held
            held, records, blocks = [], part.documents.num_rows, part.blocks.num_rows
        held.append(batch)
    if held:
        yield held
