"""Where the parts of a small chart go: past values, the band of what is usual, and the value of today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, EDGE = 220, 44, 5

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A chart of `WIDTH` by `HEIGHT`, the oldest value to the left, today's at the right edge."""

    past: list[Point]
    today: Point | None
    band: tuple[float, float] | None  # its upper edge and its height

    @property
    def line(self) -> str:
        """The points of a polyline."""
        return " ".join(f"{x:g},{y:g}" for x, y in [*self.past, *([self.today] if self.today else [])])


def draw(
    past: Sequence[float | None], today: float | None, usual: tuple[float, float] | None, least_span: float
) -> Sparkline | None:
    """The chart of these values, all in sight; None where there are none.

    Its height stands for `least_span` at least, so that values which hardly differ look as if they did not.
    """
    values: list[float] = [value for value in (*past, today, *(usual or ())) if value is not None]
    if not values:
        return None
    middle, span = (min(values) + max(values)) / 2, max(max(values) - min(values), least_span)

    def y(value: float) -> float:
        return round(HEIGHT / 2 - (value - middle) / span * (HEIGHT - 2 * EDGE), 1)

    step = (WIDTH - 2 * EDGE) / max(len(past), 1)
    points = [(round(EDGE + n * step, 1), y(value)) for n, value in enumerate(past) if value is not None]
    band = (y(usual[1]), max(round(y(usual[0]) - y(usual[1]), 1), 1.0)) if usual else None
    return Sparkline(points, (WIDTH - EDGE, y(today)) if today is not None else None, band)
