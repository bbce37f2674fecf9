"""Changes of a template among quiet days; the whole year is measured by `python -m copydesk.benchmarks.year`."""

from __future__ import annotations

from copydesk.benchmarks.year import CHANGES, page, year

SOON = {12: CHANGES[190], 15: CHANGES[250], 17: CHANGES[75]}  # rails leak, dates a year off, no bodies


def test_each_change_is_held_on_its_day_by_its_own_expectation_and_no_other_day_is() -> None:
    judged = year(count=19, changes=SOON)
    held = {
        one.change: {f"{o['expectation']}:{o['column']}" for o in one.verdict.outcomes if not o["success"]}
        for one in judged
        if one.verdict.value == "hold"
    }

    assert list(held) == [change for change, _ in SOON.values()]
    assert "usual:mean_rail_like_share" in held["rails leak into bodies"]
    assert "usual:median_age_days" in held["dates are a year off"]
    assert "between:quarantined_share" in held["bodies are empty"]
    shown = page(judged)
    assert all(f"| {change} | **hold** |" in shown for change in held)
