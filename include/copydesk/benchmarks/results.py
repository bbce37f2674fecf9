"""All that one run has measured."""

from __future__ import annotations

from typing import NamedTuple

from copydesk.benchmarks.circumstances import Circumstances
from copydesk.benchmarks.contest import Repetition, Slow, Table
from copydesk.benchmarks.memory import Peak
from copydesk.benchmarks.speed import Pace, TextSpeed


class Results(NamedTuple):
    """What the page tells."""

    circumstances: Circumstances
    tables: list[Table]
    repetitions: list[Repetition]
    slow: list[Slow]
    text_speed: TextSpeed | None
    memory: dict[str, Peak]  # by mode
    pace: Pace
