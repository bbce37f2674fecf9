"""Columns that are made one after the other, and lie side by side in one piece of memory from the start."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from copydesk.labels.arrays import Floats, Ints

MOST = 192  # columns; those that nobody fills take no memory


class Columns(dict[str, Floats]):
    """Columns by name. To keep each apart and put them together in the end writes them twice, and the zeros that texts have for markup."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self._memory = np.zeros((MOST, rows), np.float32)

    def add(self, more: Mapping[str, Floats]) -> None:
        """Put further columns beside those there are."""
        self.leave(more)
        for name, values in more.items():
            self[name][:] = values

    def spread(self, more: Mapping[str, Floats], places: Ints) -> None:
        """The same for columns of which each row here has the value at one of `places`."""
        first = len(self)
        self.leave(more)
        np.stack(list(more.values())).take(places, axis=1, out=self._memory[first : len(self)], mode="clip")

    def leave(self, names: Iterable[str]) -> None:
        """Put columns of zeros beside those there are; one of a name that is taken would silently stand in the other's place."""
        if taken := self.keys() & set(names):
            raise ValueError(f"two features are called {', '.join(sorted(taken))}")
        self.update(zip(names, self._memory[len(self) :], strict=False))

    def matrix(self, first: int) -> Floats:
        """Rows × columns, from the `first` column on."""
        return self._memory[first : len(self)].T
