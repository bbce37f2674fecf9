"""Who an article is: an id that lasts over dumps, and a fingerprint of its text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from copydesk.fields.folding import fold, fold_utf8


def article_id(source: str, address: str | None, given: str | None, title: str | None, published: datetime | None) -> str:
    """The same in every dump: the address counts before title and date, and those before the `given` place in the dump."""
    if address:
        return _digest((source, "url", address))
    if title and published:
        return _digest((source, "title", fold(title), published.isoformat()))
    return _digest((source, "id", given or "", fold(title or "")))


def item_id(source: str, item: str) -> str:
    """The article_id of an agency's item, in all its versions: headline, address and times may change with any."""
    return _digest((source, "item", item))


def fingerprint(*parts: str | bytes | None) -> str:
    """Equal for equal text, whatever its spaces and punctuation; bytes are UTF-8."""
    return _digest_utf8(fold_utf8(part if isinstance(part, bytes) else (part or "").encode()) for part in parts)


def _digest(parts: Iterable[str]) -> str:
    return _digest_utf8(map(str.encode, parts))


def _digest_utf8(parts: Iterable[bytes]) -> str:
    return hashlib.blake2b(b"\x1f".join(parts), digest_size=16).hexdigest()
