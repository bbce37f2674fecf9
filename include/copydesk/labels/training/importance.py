"""How much each input weighs in what was learned."""

from __future__ import annotations

import numpy as np

from copydesk.labels.learned import Learned, input_names


def importance(model: Learned) -> list[tuple[str, float]]:
    """Inputs with the size of their weights into the first layer, heaviest first; inputs are standardised, so sizes compare."""
    sizes = np.mean([np.abs(weights["first"]).mean(axis=1) for weights in model.networks], axis=0)
    return sorted(zip(input_names(model.features), sizes.tolist(), strict=True), key=lambda pair: (-pair[1], pair[0]))
