"""A block that a person says is wrongly labelled: found again as the labeller saw it, and put on record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from copydesk.errors import BadInput
from copydesk.labels.corrections import Correction, corrections_of, keep, standing
from copydesk.settings import Settings
from copydesk.storage import Storage
from copydesk.views.document.blocks import blocks_in_lake, blocks_of
from copydesk.views.document.origins import origin_of
from copydesk.views.document.sandbox import raw_record_of

WITHDRAWN = "withdraw"  # in place of a label


def correct(
    settings: Settings, row: Mapping[str, Any], ordinal: int, mark: str, label: str, *, by: str, at: datetime
) -> Correction:
    """Put on record that the block of the article in `row` has that label, or that no correction of it holds any more.

    BadInput where another block stands there by now.
    """
    lake = Storage.open(settings.lake)
    raw = raw_record_of(settings, row, is_patient=True)
    own = standing(corrections_of(lake, row["source"], row["dump"]))
    blocks = blocks_of(raw, own, row["article_id"]) if raw.blocks else blocks_in_lake(lake, row, own)
    block = next((one for one in blocks if one.ordinal == ordinal and one.mark == mark), None)
    if block is None or not block.is_correctable:
        raise BadInput(f"block {ordinal} of {row['article_id']} is not what it was when the page was made; load the page again")
    if label == WITHDRAWN and block.correction is None:
        raise BadInput(f"block {ordinal} of {row['article_id']} has no correction that could be withdrawn; load the page again")
    judged = Correction(
        source=row["source"],
        dump=row["dump"],
        article_id=row["article_id"],
        ordinal=block.ordinal,
        text=block.full_text,
        label_given=block.label,
        label=None if label == WITHDRAWN else label,
        labeller=raw.labeller,
        corrected_by=by,
        corrected_at=at,
        origin=origin_of(row),
    )
    keep(lake, judged)
    return judged
