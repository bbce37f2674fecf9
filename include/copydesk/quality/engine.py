"""The one place that starts Great Expectations: in memory, silent, without network."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Any

from copydesk.errors import BadInput

if TYPE_CHECKING:
    import pandas as pd
    from great_expectations import ExpectationSuite
    from great_expectations.core import ExpectationSuiteValidationResult, ExpectationValidationResult
    from great_expectations.datasource.fluent.interfaces import Batch

SUCCESS_ONLY: dict[str, Any] = {"result_format": "BOOLEAN_ONLY"}
ROW_NUMBERS: dict[str, Any] = {
    "result_format": "COMPLETE",
    "exclude_unexpected_values": True,
    "return_unexpected_index_query": False,
}


PATCHING = Lock()


class BrokenExpectation(BadInput):
    """An expectation could not be evaluated, so nothing is known of the data."""


def great_expectations() -> Any:
    """The library, which takes a second or two to import, once a process."""
    from copydesk.quality.library import gx

    return gx


def batch_of(frame: pd.DataFrame) -> Batch:
    """`frame` as a batch of an ephemeral context, which goes when the batch does."""
    gx = great_expectations()
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.enable_analytics(False)
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("copydesk").add_dataframe_asset("rows")
    batch: Batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": frame})
    return batch


def validate(batch: Batch, suite: ExpectationSuite, result_format: dict[str, Any]) -> ExpectationSuiteValidationResult:
    """The suite's result; BrokenExpectation when an expectation raised instead of judging."""
    with _configured_once(), warnings.catch_warnings():
        # pandas 3.1 warns of Series.values on zoned times, which Great Expectations 1.24 compares pairs of columns with.
        warnings.filterwarnings("ignore", "Series.values returning an ndarray that drops timezone", DeprecationWarning)
        result = batch.validate(suite, result_format=result_format)
    for one in result.results:
        if message := _failure(one):
            raise BrokenExpectation(f"{name_of(one)}: cannot be evaluated: {message}; correct the rule in copydesk/schema")
    return result


@contextmanager
def _configured_once() -> Iterator[None]:
    """Meanwhile each expectation makes its configuration once; else Great Expectations has 2,000 made a validation, half of its time."""
    from great_expectations.expectations.expectation import Expectation

    made: dict[int, tuple[Expectation, Any]] = {}  # an expectation is kept with it: the number of one that is gone is given anew
    with PATCHING:
        original = Expectation.configuration

        def configuration(self: Expectation) -> Any:
            kept = made.get(id(self))
            if kept is None:
                kept = made[id(self)] = self, original.__get__(self)
            return kept[1]

        setattr(Expectation, "configuration", property(configuration))  # noqa: B010 - mypy knows a property as not to be set
        try:
            yield
        finally:
            setattr(Expectation, "configuration", original)  # noqa: B010


def name_of(result: ExpectationValidationResult) -> str:
    """The short name `suite_of` gave the expectation."""
    config = result.expectation_config
    return str(config.meta["name"]) if config and config.meta else "an expectation without a name"


def _failure(result: ExpectationValidationResult) -> str | None:
    """What Great Expectations caught: it reports either one exception or one for each metric."""
    info = result.exception_info
    caught = [info] if "raised_exception" in info else list(info.values())
    return next((str(one["exception_message"]) for one in caught if one["raised_exception"]), None)
