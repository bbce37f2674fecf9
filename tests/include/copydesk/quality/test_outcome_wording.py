from __future__ import annotations

import pytest

from copydesk.quality.expected import SHORT_NAMES, Expected
from copydesk.quality.outcome_wording import MAX_CHARS, describe, quote
from copydesk.schema import ARTICLE_COLUMNS, between


@pytest.mark.parametrize(("value", "said"), [(None, "missing"), (4, "4"), (0.30000001, "0.3"), ("a\nb", r"'a\nb'")])
def test_a_value_is_quoted_on_one_line(value, said):
    assert quote(value) == said


def test_a_long_text_is_cut():
    assert len(quote("word " * 10_000)) == MAX_CHARS + 2


def test_only_the_limit_that_was_crossed_is_named():
    words = Expected("word_count", between(20, 100))
    assert describe(words, 4) == "word_count is 4, at least 20 expected"
    assert describe(words, 400) == "word_count is 400, at most 100 expected"


def test_every_rule_of_the_schema_has_a_short_name():
    assert {rule.expectation for column in ARTICLE_COLUMNS for rule in column.rules} <= SHORT_NAMES.keys()
