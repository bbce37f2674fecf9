"""The two ways a run can fail for good: its input is bad, or its result may not be published.

Everything else (a lost connection, a full disk) may heal, and is retried by whoever runs the step.
"""

from __future__ import annotations


class BadInput(ValueError):
    """The input or a setting is wrong; trying again changes nothing. The message says what, where and what to do."""


class MissingDump(BadInput):
    """No raw file for the partition key, and the source does not call that fine."""


class Held(RuntimeError):
    """The run's verdict is `hold`: nothing was published. The message gives the numbers."""
