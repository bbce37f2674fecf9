from __future__ import annotations

from typing import Any

import pytest

from copydesk.quality.figures import Scale
from copydesk.views.run.figures import figures_of, in_words, limits_in_words


@pytest.mark.parametrize(
    ("scale", "value", "words"),
    [
        (Scale.SHARE, 0.2857142, "28.6 %"),
        (Scale.SHARE, 0.0, "0 %"),
        (Scale.COUNT, 12345.0, "12,345"),
        (Scale.AMOUNT, 317.4, "317"),
        (Scale.LEVEL, 0.93712, "0.937"),
        (Scale.DAYS, 1.0, "1 day"),
        (Scale.DAYS, 2.5, "2.5 days"),
        (Scale.SHARE, None, "not known"),
    ],
)
def test_values_are_said_as_people_say_them(scale: Scale, value: float | None, words: str) -> None:
    assert in_words(scale, value) == words


def test_limits_name_the_sides_there_are() -> None:
    assert limits_in_words(Scale.COUNT, 1.0, None) == "at least 1"
    assert limits_in_words(Scale.SHARE, 0.1, 0.4) == "at least 10 % and at most 40 %"
    assert limits_in_words(Scale.SHARE, None, None) is None


def figure(name: str, value: float | None, **limits: float) -> dict[str, Any]:
    return {"figure": name, "value": value, "usual_low": None, "usual_high": None, "at_least": None, "at_most": None, **limits}


def test_figures_outside_their_limits_come_first() -> None:
    rows = [
        figure("records_seen", 100.0, usual_low=90.0, usual_high=110.0, at_least=40.0, at_most=250.0),
        figure("median_words", 12.0, usual_low=300.0, usual_high=320.0, at_least=100.0, at_most=900.0),
        figure("no_url", None),
    ]
    first, second, third = figures_of({"figures": rows}, [{"median_words": 310.0}, {}])

    assert (first.name, first.is_outside, first.usual, first.severity) == ("median_words", True, "300 to 320", "critical")
    assert first.limit == "at least 100 and at most 900"
    assert first.chart is not None
    assert len(first.chart.past) == 1
    assert (second.name, second.is_outside, second.value) == ("records_seen", False, "100")
    assert (third.name, third.value, third.chart) == ("no_url", "not known", None)
