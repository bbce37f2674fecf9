"""What a process does to itself so that nothing of it outlives a limit or its parent."""

from __future__ import annotations

import ctypes
import math
import os
import resource
import signal
import sys
import time

PR_SET_PDEATHSIG = 1


def arm(seconds: float | None) -> None:
    """From now on so many seconds of work, and the system ends this process, whatever code it is in; None: no limit.

    Work is counted, not time: neither a busy machine nor slow storage is a false alarm. The system counts in whole seconds.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = hard if seconds is None else math.ceil(time.process_time() + seconds)
    if hard != resource.RLIM_INFINITY:
        soft = min(soft, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def bound_memory(size: int | None) -> None:
    """From now on an allocation that would bring this process above so many bytes fails, before anything was taken; None: no limit.

    For as long as a process reads: what a decoder makes of a few bytes knows no other bound. One that labels has a bound without this,
    since its batches hold so many bytes and no record is larger than a record may be, and could not have this one: the system counts
    what libraries of numbers set aside, a gigabyte and more, of which they use a tenth.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    soft = hard if size is None else size if hard == resource.RLIM_INFINITY else min(size, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def end_with_parent(parent: int) -> None:
    """End when the parent is killed; where the system cannot promise that, at the next question, which will not come."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core of each page that took too long would fill the disk
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupted parent closes the pipe
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it went before it could be watched
        sys.exit()
