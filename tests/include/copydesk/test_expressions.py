from __future__ import annotations

import re

import pytest

from copydesk.expressions import uncaptured


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("(a|b(c)?) d", "(?:a|b(?:c)?) d"),
        ("(?i:a)(?=b)(?P<c>c)", "(?i:a)(?=b)(?P<c>c)"),
        (r"\((a)\)", r"\((?:a)\)"),
        (r"[(/ ](a)[^()]", "[(/ ](?:a)[^()]"),
        (r"[](](a)[^](]\[(b)", r"[](](?:a)[^](]\[(?:b)"),
        (r"[\](](a)", r"[\](](?:a)"),
    ],
)
def test_groups_are_not_remembered_and_other_brackets_stay(pattern, expected):
    assert uncaptured(pattern) == expected
    assert re.compile(expected).groups == expected.count("(?P<")
