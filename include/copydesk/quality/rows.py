"""Rows against the suite: which are accepted, and what the others failed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.processes.collector import without_collection
from copydesk.quality.engine import ROW_NUMBERS, SUCCESS_ONLY, batch_of, name_of, validate
from copydesk.quality.expected import Expected, Outcome
from copydesk.quality.measures import with_measures
from copydesk.quality.outcome_wording import quote
from copydesk.quality.suite import expected_of_rows, suite_of
from copydesk.schema import CLEAN, Severity
from copydesk.sources import Source

if TYPE_CHECKING:
    import pandas as pd

MAX_EXAMPLES = 3
BODY_RULES = next(column.rules for column in CLEAN.columns if column.name == "body")

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class RowCheck:
    """What became of each row of one shard."""

    accepted: npt.NDArray[np.bool_]
    reasons: list[list[str]]  # names of the critical expectations a row failed, in the suite's order
    outcomes: list[Outcome]
    expected: list[Expected]
    judged: pa.Table  # the rows with what was measured of them


@without_collection
def check_rows(articles: pa.Table, source: Source, not_after: datetime | None) -> RowCheck:
    """Every row of a shard in the schema of `clean` judged; none published after `not_after` is accepted."""
    expected = expected_of_rows(source, not_after)
    judged = with_measures(articles)
    failed = _failed_rows(_frame(judged, expected), expected)
    reasons: list[list[str]] = [[] for _ in range(articles.num_rows)]
    for one in expected:
        if one.rule.severity is Severity.CRITICAL:
            for row in failed.get(one.name, ()):
                reasons[row].append(one.name)
    accepted = np.fromiter((not names for names in reasons), dtype=np.bool_, count=len(reasons))
    return RowCheck(accepted, reasons, _outcomes(judged, expected, failed), expected, judged)


def _failed_rows(frame: pd.DataFrame, expected: list[Expected]) -> dict[str, Rows]:
    """Row numbers by the name of the expectation they fail.

    Numbers are costly where many rows fail, so only expectations that a first, cheap pass saw fail are asked for them.
    """
    batch = batch_of(frame)
    first = validate(batch, suite_of("rows", expected), SUCCESS_ONLY)
    # By severity, as Great Expectations ranks it: no severity means that nothing failed.
    if first.get_max_severity_failure() is None:
        return {}
    names = {name_of(result) for result in first.results if not result.success}
    second = validate(batch, suite_of("failed rows", (one for one in expected if one.name in names)), ROW_NUMBERS)
    return {name_of(result): np.sort(np.asarray(result.result["unexpected_index_list"], np.int64)) for result in second.results}


def _frame(articles: pa.Table, expected: Sequence[Expected]) -> pd.DataFrame:
    """Only the columns some rule asks about, as plain strings, numbers and zoned times."""
    names = {one.column for one in expected} | {one.rule.arguments.get("column_B", one.column) for one in expected}
    table = articles.select([name for name in articles.column_names if name in names])
    whole = any(one.column == "body" and one.rule not in BODY_RULES for one in expected)
    for position, field in enumerate(table.schema):
        if field.name == "body" and not whole:
            table = table.set_column(position, "body", _presence(table.column(position)))
        elif pa.types.is_dictionary(field.type):
            table = table.set_column(position, field.name, table.column(position).cast(field.type.value_type))
    frame: pd.DataFrame = table.to_pandas()
    return frame


def _presence(bodies: pa.ChunkedArray) -> pa.ChunkedArray:
    """`text`, empty or null for each body: all its rules ask is whether there is text.

    A shard's bodies are a hundred megabytes that Great Expectations would copy for each rule. Only where a source's own rule
    asks more of them are they given whole; a rule for all sources belongs on a measure, or a column as `word_count` is.
    """
    blank = pc.or_(pc.utf8_is_space(bodies), pc.equal(pc.utf8_length(bodies), 0))
    return pc.if_else(blank, "", "text")


def _outcomes(articles: pa.Table, expected: Sequence[Expected], failed: Mapping[str, Rows]) -> list[Outcome]:
    none = np.empty(0, np.int64)
    return [
        one.outcome(len(rows), _examples(articles.column(one.column), rows))
        for one in expected
        for rows in [failed.get(one.name, none)]
    ]


def _examples(column: pa.ChunkedArray, rows: Rows) -> str | None:
    """The first few different values among `rows`."""
    seen = dict.fromkeys(quote(column[row].as_py()) for row in rows[: 10 * MAX_EXAMPLES].tolist())
    return "; ".join(list(seen)[:MAX_EXAMPLES]) or None
