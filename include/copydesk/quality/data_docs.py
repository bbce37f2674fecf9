"""Great Expectations' Data Docs of one partition, as one page that loads nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copydesk.quality.expected import Expected, Outcome
from copydesk.quality.suite import expected_of_rows, suite_of
from copydesk.quality.verdict import Metrics, Verdict
from copydesk.sources import Source

if TYPE_CHECKING:
    from great_expectations.core import ExpectationSuiteValidationResult, ExpectationValidationResult

TEMPLATES = Path(__file__).parent / "templates"


def render(title: str, verdict: Verdict, metrics: Metrics, source: Source, not_after: datetime | None) -> bytes:
    """One HTML page with every outcome of rows and run; of the articles it quotes the outcomes' bounded examples alone.

    Made from merged outcomes, since the shards were validated in processes that are gone by now.
    """
    from great_expectations.render.renderer.page_renderer import ValidationResultsPageRenderer
    from great_expectations.render.view.view import DefaultJinjaPageView

    document = ValidationResultsPageRenderer().render(_result(title, verdict, metrics, source, not_after))
    # Great Expectations' own page loads its styles and scripts from seven hosts: its sections are kept, its frame is not.
    view = DefaultJinjaPageView(custom_styles_directory=str(TEMPLATES), custom_views_directory=str(TEMPLATES))
    view.env.filters["generate_html_element_uuid"] = str  # same outcomes, same bytes; a page has one such element
    page = view.render(  # type: ignore[no-untyped-call]
        document, template="offline.j2", heading=title, verdict=verdict.value, reasons=verdict.reasons
    )
    return str(page).encode()


def _result(
    title: str, verdict: Verdict, metrics: Metrics, source: Source, not_after: datetime | None
) -> ExpectationSuiteValidationResult:
    """The validation result Great Expectations would have made of all shards together."""
    from great_expectations.core import ExpectationSuiteValidationResult
    from great_expectations.validator.validation_statistics import calc_validation_statistics

    outcomes = {f"{one['expectation']}:{one['column']}": one for one in verdict.outcomes}
    rows = _results(outcomes, expected_of_rows(source, not_after), metrics.validated)
    results = rows + _results(outcomes, verdict.expected, None)
    statistics = calc_validation_statistics(results)
    return ExpectationSuiteValidationResult(
        success=statistics.success,
        results=results,
        suite_name=source.name,
        statistics={name: value for name, value in statistics._asdict().items() if name != "success"},
        meta={"batch_spec": {"data_asset_name": title}},
    )


def _results(
    outcomes: Mapping[str, Outcome], expected: Iterable[Expected], rows: int | None
) -> list[ExpectationValidationResult]:
    """The result of each expectation that has an outcome; a run's figures have no rows."""
    from great_expectations.core import ExpectationValidationResult

    judged = [one for one in expected if one.name in outcomes]
    configurations = suite_of("docs", judged).expectation_configurations
    details = [_details(one, outcomes[one.name], rows) for one in judged]
    return [
        ExpectationValidationResult(success=outcomes[one.name]["success"], expectation_config=configuration, result=detail)
        for one, configuration, detail in zip(judged, configurations, details, strict=True)
    ]


def _details(expected: Expected, outcome: Outcome, rows: int | None) -> dict[str, Any]:
    """What Great Expectations shows of a result: beside its own words, the name by which quarantine knows it.

    It writes observed values into the page as they are, and these are article text: they are escaped here.
    """
    observed = outcome["observed"] or "nothing unexpected"
    details: dict[str, Any] = {"observed_value": escape(f"{expected.name} ({outcome['severity']}): {observed}")}
    if rows is not None:
        failed = outcome["failed_rows"]
        percent = 100 * failed / rows if rows else 0.0
        details |= {"element_count": rows, "unexpected_count": failed, "unexpected_percent": percent}
    return details
