"""Digests as web archives write them: an algorithm, a colon, and base32 or hexadecimal signs."""

from __future__ import annotations

import hashlib
from base64 import b32encode

ALGORITHMS = {"md5": "md5", "sha1": "sha1", "sha256": "sha256", "sha512": "sha512"}


def matches(digest: str, content: bytes) -> bool | None:
    """Whether `digest` is that of `content`; None where it is written in a way that cannot be checked."""
    name, _, stated = digest.partition(":")
    algorithm = ALGORITHMS.get(name.strip().lower().replace("-", ""))
    if algorithm is None:
        return None
    found = hashlib.new(algorithm, content, usedforsecurity=False)
    stated = stated.strip().rstrip("=").lower()
    written = (found.hexdigest(), b32encode(found.digest()).decode().rstrip("=").lower())
    return stated in written if len(stated) in map(len, written) else None
