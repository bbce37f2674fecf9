from __future__ import annotations

import pyarrow as pa
import pytest

from copydesk.labels.texts.characters import characters
from copydesk.labels.texts.edges import edges


def shown(line: str) -> set[str]:
    """Of a line between two others, so that what crosses an edge would show."""
    (found,) = characters(pa.array(["Done. [", line, "] 1. | …"]))
    return {name for name, values in edges(found).items() if values[1]}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("He said: “Yes!”)", {"ends_sentence"}),
        ("他走了。」", {"ends_sentence"}),
        ("เรือ" * 20, {"ends_sentence"}),
        ("“" + "เรือ" * 20 + "”", {"ends_sentence", "starts_quote"}),
        ("เรือ" * 19, set()),
        ("他走了。", {"ends_sentence"}),
        ("वह चला गया।", {"ends_sentence"}),
        ("هل رحل؟", {"ends_sentence"}),
        ("وہ چلا گیا۔", {"ends_sentence"}),
        ("Among them:", {"ends_colon"}),
        ("and so on...", {"ends_sentence", "ends_dots", "starts_lower"}),
        ("It goes on […]", {"ends_dots", "ends_sentence"}),
        ("“Quoted", {"starts_quote"}),
        ("(bracketed)", set()),
        ("• point", {"is_bullet", "starts_lower"} - {"starts_lower"}),
        ("12) point", {"is_bullet"}),
        ("7. point", {"is_bullet"}),
        ("2024. point", set()),
        ("Home | Sport", {"pipes"}),
        ("either|or", {"starts_lower"}),
        (f"{'x' * 130} | y", {"starts_lower"}),
        ("1", set()),
    ],
)
def test_beginnings_and_ends_are_told(line, expected):
    assert shown(line) == expected


def test_empty_lines_begin_and_end_like_nothing():
    assert shown("") == set()
