"""The ways a task can fail for good: its input is bad, its result may not be published, or what it looks for is not there in time.

Everything else (a lost connection, a full disk) may heal, and is retried by whoever runs the step.
"""

from __future__ import annotations


class BadInput(ValueError):
    """The input or a setting is wrong; trying again changes nothing. The message says what, where and what to do."""


class MissingDump(BadInput):
    """No raw file for the partition key, and the source does not call that fine."""


class Held(RuntimeError):
    """The run's verdict is `hold`: nothing was published. The message gives the numbers."""


class Overdue(RuntimeError):
    """A day that should be published by now is not. The message says how it stands."""


class ProcessLost(RuntimeError):
    """One of several processes is gone, and its work with it. The message says what to do."""
