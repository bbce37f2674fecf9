from __future__ import annotations

import pyarrow as pa
import pytest

from copydesk.quality.rule_wording import Undescribed, rule_in_words, type_in_words
from copydesk.schema import Rule, Severity, between


def test_types_read_as_words() -> None:
    images = pa.list_(pa.struct([("caption", pa.string()), ("width", pa.int32())]))
    assert type_in_words(images) == "list of record of `caption` (text), `width` (whole number)"
    assert type_in_words(pa.dictionary(pa.int32(), pa.string())) == "text (dictionary)"
    assert type_in_words(pa.timestamp("us", tz="UTC")) == "time in UTC"


def test_rules_read_as_words_with_their_severity() -> None:
    assert rule_in_words(between(0, 1)) == "from 0 to 1 (critical)"
    assert rule_in_words(between(1, None, Severity.WARNING)) == "at least 1 (warning)"


def test_nothing_goes_without_words() -> None:
    with pytest.raises(Undescribed, match="decimal"):
        type_in_words(pa.decimal128(5, 2))
    with pytest.raises(Undescribed, match="ExpectSomething"):
        rule_in_words(Rule("ExpectSomething", Severity.WARNING))
