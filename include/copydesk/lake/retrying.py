"""A reader whose files are replaced under it begins again, from the manifests that are there by then."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from copydesk.filesystems.bucket import is_gone

Result = TypeVar("Result")

TRIES = 10  # for one and the same file: then it is gone for good, and no writer has put others in its place
TRIES_IN_ALL = 500  # under a writer that does not pause
PAUSE_S = 0.05  # longer each time that the same file is missing: a writer may be putting it back
BROKEN_OFF = "Failed to flush response stream"  # seen of SeaweedFS for an object that was deleted while it was being sent

log = logging.getLogger(__name__)


def until_undisturbed(step: Callable[[], Result]) -> Result:
    """What `step` gives, done anew as long as partitions are replaced while it reads them; OSError for a file that stays away."""
    gone, times = "", 0
    for _ in range(TRIES_IN_ALL - 1):
        try:
            return step()
        except OSError as error:
            if not (is_gone(error) or BROKEN_OFF in str(error)):
                raise
            gone, times = (gone, times + 1) if str(error) == gone else (str(error), 1)
            if times == TRIES:
                raise
            log.debug("reading again: %s", error)
        time.sleep(PAUSE_S * (times - 1))
    return step()
