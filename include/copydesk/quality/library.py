"""Great Expectations, imported without what it needs for charts and for tests of distributions, which nothing here asks it for.

The import takes a processor 1.4 seconds; with SciPy's statistics and Altair 2, and a quarter more where Python looks for cycles meanwhile.
"""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

import scipy

from copydesk.processes.collector import without_collection

SPARED = ("scipy.stats", "altair")


class Later(ModuleType):
    """Stands for a module, which is imported when it is first asked for something."""

    def __getattr__(self, name: str) -> Any:
        """What the module has by that name; only what Python itself asks of every module it lacks."""
        if name.startswith("__"):
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


@contextmanager
def _spared(names: tuple[str, ...]) -> Iterator[None]:
    """Whoever imports one of them meanwhile has it later; afterwards it is imported as ever."""
    stand_ins = {name: Later(name) for name in names if name not in sys.modules}
    sys.modules.update(stand_ins)
    if statistics := stand_ins.get("scipy.stats"):
        scipy.stats = statistics  # `from scipy import stats` looks there first
    yield
    for name, stand_in in stand_ins.items():
        if sys.modules.get(name) is stand_in:
            del sys.modules[name]
    if statistics and scipy.__dict__.get("stats") is statistics:
        del scipy.stats


@without_collection
def _imported() -> Any:
    with _spared(SPARED):
        import great_expectations

    return great_expectations


gx = _imported()
# The million objects that it makes are not looked through when the process ends, which would take it half a second.
atexit.register(gc.freeze)
