"""How much each input weighs in what was learned."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from copydesk.labels.arrays import Floats
from copydesk.labels.networks.network import Weights


class Weighed(NamedTuple):
    """An input, and how far it moves the first layer when it varies as it usually does."""

    name: str
    weight: float


def importance(names: tuple[str, ...], spread: Floats, networks: tuple[Weights, ...]) -> list[Weighed]:
    """Inputs of the networks by weight, heaviest first; `spread` is the standard deviation of each, so that weights compare."""
    sizes = np.mean([np.abs(weights["first"]).mean(axis=1) for weights in networks], axis=0) * spread
    return sorted(map(Weighed, names, sizes.tolist()), key=lambda found: (-found.weight, found.name))
