"""Which process is killed when, and which service is away for how long: decided by a seed, before anything runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

LAST = 0.95  # of the work: what is struck must still have something to do
MOST_LATE_S = 6.0  # runs end in steps; what happens within a step is hit by chance too
MOST_DOWN_S = 5.0


@dataclass(frozen=True, slots=True)
class Strike:
    """One kill, or the beginning of an outage."""

    victim: str
    after: float  # share of the days that are done
    late_s: float
    down_s: float  # until it is started again


def plan_strikes(kills: int, victims: Sequence[str], seed: int) -> list[Strike]:
    """So many strikes in the order they fall, each victim as often as any other, or once more."""
    chance = Random(f"strikes {seed}")  # noqa: S311 - the same every time is the point
    order = [victims[number % len(victims)] for number in range(kills)]
    chance.shuffle(order)
    moments = sorted(chance.uniform(0, LAST) for _ in range(kills))
    return [
        Strike(victim, after, chance.uniform(0, MOST_LATE_S), chance.uniform(0, MOST_DOWN_S))
        for victim, after in zip(order, moments, strict=True)
    ]


def plan_outages(seconds: Mapping[str, float], seed: int) -> list[Strike]:
    """Each service is away once for so many seconds, one after the other, while work goes on."""
    chance = Random(f"outages {seed}")  # noqa: S311 - the same every time is the point
    moments = [(number + 0.5) / len(seconds) * LAST for number in range(len(seconds))]
    return [
        Strike(name, after, chance.uniform(0, MOST_LATE_S), seconds[name]) for name, after in zip(seconds, moments, strict=True)
    ]
