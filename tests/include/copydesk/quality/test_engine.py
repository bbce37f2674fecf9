from __future__ import annotations

import pandas as pd
import pytest
from great_expectations.expectations.expectation import Expectation

from copydesk.quality.engine import ROW_NUMBERS, SUCCESS_ONLY, BrokenExpectation, batch_of, name_of, validate
from copydesk.quality.expected import Expected
from copydesk.quality.suite import suite_of
from copydesk.schema import Severity, required

TITLES = pd.DataFrame({"title": ["Ferry returns", None, None]})


def test_validating_prints_nothing_and_gives_row_numbers(capfd):
    result = validate(batch_of(TITLES), suite_of("titles", [Expected("title", required())]), ROW_NUMBERS)
    [one] = result.results
    assert (name_of(one), one.result["unexpected_index_list"]) == ("not_null:title", [1, 2])
    assert capfd.readouterr() == ("", "")


def test_an_expectation_that_cannot_be_evaluated_is_an_error_and_no_verdict():
    broken = suite_of("broken", [Expected("no_such_column", required(Severity.WARNING))])
    with pytest.raises(BrokenExpectation, match=r"not_null:no_such_column: cannot be evaluated: .*correct the rule"):
        validate(batch_of(TITLES), broken, SUCCESS_ONLY)


def test_what_is_kept_while_validating_changes_no_result_and_is_gone_behind_it():
    before = Expectation.configuration
    suite = suite_of("titles", [Expected("title", required()), Expected("title", required(Severity.WARNING))])
    kept = validate(batch_of(TITLES), suite, ROW_NUMBERS).to_json_dict()
    plain = batch_of(TITLES).validate(suite, result_format=ROW_NUMBERS).to_json_dict()
    assert kept["results"] == plain["results"]
    with pytest.raises(BrokenExpectation):
        validate(batch_of(TITLES), suite_of("broken", [Expected("no_such_column", required())]), SUCCESS_ONLY)
    assert Expectation.configuration is before
