from __future__ import annotations

import numpy as np
import pyarrow as pa

from copydesk.blocks.segment import segment
from copydesk.label_names import LABELS
from copydesk.labels.rules.site_rules import apply_marks
from copydesk.records import Origin, Record


def blocks(text: str, marks: list[str | None]) -> pa.Table:
    """Lines that a rule of the site has marked."""
    found = segment([Record(text, "text/plain", Origin("file"))], 512).blocks
    return found.set_column(found.schema.get_field_index("mark"), found.schema.field("mark"), pa.array(marks, pa.string()))


def test_marked_blocks_have_their_label_for_certain_and_others_keep_theirs() -> None:
    table = blocks("One\nTwo", marks=[None, "rail"])
    labels, probabilities = apply_marks(np.zeros(2, np.int8), np.full(2, 0.5, np.float32), table)

    assert [LABELS[n] for n in labels] == ["title", "rail"]
    assert probabilities.tolist() == [0.5, 1.0]


def test_without_marks_nothing_is_copied() -> None:
    labels, probabilities = np.zeros(1, np.int8), np.full(1, 0.5, np.float32)

    assert apply_marks(labels, probabilities, blocks("One", marks=[None]))[0] is labels
