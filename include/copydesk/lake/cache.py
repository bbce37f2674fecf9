"""What is kept beside a lake to spare requests: each file behind the checksum of the rest, and each may be deleted at any time."""

from __future__ import annotations

import hashlib

from copydesk.filesystems.bucket import is_gone
from copydesk.lake.layout import STAGING
from copydesk.storage import Storage

VIEWS = f"{STAGING}/views"
UNREADABLE = (PermissionError, NotADirectoryError)  # where a page runs as another user than the runs


def keep(storage: Storage, place: str, content: bytes) -> None:
    """Put it there, behind the checksum by which half a file is known for what it is."""
    storage.write_bytes(place, hashlib.sha256(content).hexdigest().encode() + b"\n" + content)


def kept(storage: Storage, place: str) -> bytes | None:
    """What was put there; None where there is nothing, or nothing that this user may read, or it is damaged."""
    try:
        digest, _, content = storage.read_bytes(place).partition(b"\n")
    except OSError as error:
        if is_gone(error) or isinstance(error, UNREADABLE):
            return None
        raise
    return content if hashlib.sha256(content).hexdigest().encode() == digest else None
