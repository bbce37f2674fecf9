"""One at a time on a machine: runs of a dump, and curations of a month."""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from copydesk.errors import BadInput
from copydesk.lake.layout import lock_path
from copydesk.storage import Storage


@contextmanager
def alone(lake: Storage, folder: str) -> Iterator[None]:
    """BadInput where another process of this machine is at work on the partition; a killed one is not.

    Of a lake on object storage other machines cannot be seen. Two that run one dump with the same input write the same bytes
    to the same work folder, so neither harms the other; with different input the later publication wins whole.
    """
    path = _place(lake, folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            worker = file.read().strip()
            advice = "wait until it has ended, or end it; what it has finished is kept"
            raise BadInput(f"{lake.uri}: process {worker} is at work on {folder}; {advice}") from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


@contextmanager
def in_turn(lake: Storage, what: str) -> Iterator[None]:
    """Wait until no other process that shares this file system does the same; a killed one does nothing."""
    path = _place(lake, what)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _place(lake: Storage, what: str) -> Path:
    """A local file, in the lake's staging where that is local too: other users of the machine then find the same one."""
    if lake.is_local:
        return Path(lake.full(lock_path(f"run {what}")))
    digest = hashlib.sha256(f"{lake.uri} {what}".encode()).hexdigest()[:32]
    return Path(tempfile.gettempdir(), f"copydesk-locks-{os.getuid()}", digest)
