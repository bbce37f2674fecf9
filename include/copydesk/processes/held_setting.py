"""Settings of the whole process that are other ones while somebody works."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from threading import Lock


class HeldSetting:
    """The first to come changes it, the last to go gives back what was: threads may work side by side."""

    def __init__(self, changed: Callable[[], AbstractContextManager[None]]) -> None:
        self._changed = changed
        self._lock = Lock()
        self._inside = 0
        self._change = ExitStack()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Changed, for as long as anybody is in here; before a function, for as long as anybody calls it."""
        with self._lock:
            if not self._inside:
                self._change.enter_context(self._changed())
            self._inside += 1
        try:
            yield
        finally:
            with self._lock:
                self._inside -= 1
                if not self._inside:
                    self._change.close()
