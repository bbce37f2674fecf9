"""What people say of labels that are wrong: kept in the lake, shown on the article's page, and learned from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from copydesk.dumps import is_day
from copydesk.errors import BadInput
from copydesk.label_names import LABELS
from copydesk.lake.publishing import append_run
from copydesk.lake.question import Question
from copydesk.lake.reading import answer
from copydesk.records import Origin, origin_columns
from copydesk.schema import CORRECTIONS
from copydesk.storage import Storage

Block = tuple[str, int, str]  # article_id, ordinal and text: after another ingestion something else may stand in the place


@dataclass(frozen=True, slots=True)
class Correction:
    """One judgement of a person on one block; without a label it withdraws those before it."""

    source: str
    dump: str
    article_id: str
    ordinal: int
    text: str
    label_given: str
    label: str | None
    labeller: str | None
    corrected_by: str
    corrected_at: datetime
    origin: Origin

    @property
    def block(self) -> Block:
        """The block it is about."""
        return self.article_id, self.ordinal, self.text


def keep(lake: Storage, correction: Correction) -> None:
    """Put a judgement on record, in a file of its own; BadInput where its label does not exist, or is the block's already."""
    if correction.label is not None and correction.label not in LABELS:
        raise BadInput(f"{correction.label!r} is no label; choose one of {', '.join(LABELS)}")
    if correction.label == correction.label_given:
        raise BadInput(f"the block has the label {correction.label} already; choose another, or withdraw the correction")
    row = {name: value for name, value in asdict(correction).items() if name in CORRECTIONS.schema.names}
    row |= origin_columns(correction.origin)
    values = {"source": correction.source, "dump": correction.dump}
    append_run(lake, CORRECTIONS, values, pa.Table.from_pylist([row], CORRECTIONS.schema), correction.corrected_at)


def corrections_of(lake: Storage, source: str, dump: str) -> list[Correction]:
    """Those of a dump, oldest first."""
    day = dump if is_day(dump) else None
    table = answer(lake, Question.ask(CORRECTIONS.name, day, day, [source]))
    return _ordered(table.filter(pc.equal(table["dump"], dump)))


def every_correction(lake: Storage) -> list[Correction]:
    """Those of all dumps, oldest first."""
    return _ordered(answer(lake, Question.ask(CORRECTIONS.name)))


def standing(corrections: Iterable[Correction]) -> dict[Block, Correction]:
    """The last judgement on each block, where it was not withdrawn."""
    last = {one.block: one for one in corrections}
    return {block: one for block, one in last.items() if one.label is not None}


def _ordered(table: pa.Table) -> list[Correction]:
    return [_correction(row) for row in table.sort_by("corrected_at").to_pylist()]


def _correction(row: dict[str, Any]) -> Correction:
    origin = Origin(**{part.name: row.pop(f"origin_{part.name}") for part in fields(Origin)})
    return Correction(**row, origin=origin)
