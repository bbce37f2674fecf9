"""What a reader yields: a record or a reject, each with the place it came from."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import StrEnum


class Stage(StrEnum):
    """Where on its way an article was stopped."""

    READ = "read"
    SEGMENT = "segment"
    ASSEMBLE = "assemble"
    VALIDATE = "validate"


class Reason(StrEnum):
    """Why a record was not accepted, apart from failed expectations, which go by their own names."""

    EMPTY = "empty"
    TRUNCATED = "truncated"
    CORRUPT_COMPRESSION = "corrupt_compression"
    CORRUPT_ARCHIVE = "corrupt_archive"
    UNSUPPORTED = "unsupported"
    CORRUPT_RECORD = "corrupt_record"
    UNDECODABLE = "undecodable"
    UNPARSABLE = "unparsable"
    MISSING_CONTENT = "missing_content"
    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"
    TIMED_OUT = "timed_out"
    CRASHED = "crashed"
    RULE_FAILED = "rule_failed"
    NO_ARTICLE = "no_article"
    DUPLICATE_ID = "duplicate_id"


@dataclass(frozen=True, slots=True)
class Origin:
    """The raw bytes of one record: enough to find them again."""

    uri: str  # of the raw file
    member: str | None = None  # name inside an archive
    ordinal: int = 0  # of the record in its file, from 0
    offset: int = 0  # first byte of the record in the decompressed file
    sha256: str | None = None  # of the record's own bytes


def origin_columns(origin: Origin) -> dict[str, str | int | None]:
    """The origin as the columns of `schema.ORIGIN_COLUMNS`."""
    return {f"origin_{part.name}": getattr(origin, part.name) for part in fields(origin)}


@dataclass(frozen=True, slots=True)
class Record:
    """One raw document and what its container says of it."""

    content: bytes | str
    media_type: str  # text/html or text/plain
    origin: Origin
    id: str | None = None
    url: str | None = None
    crawl_date: str | None = None  # ISO 8601, when the container knows it
    given: dict[str, str] = field(default_factory=dict)  # title, published_at, … as the container states them
    charset: str | None = None  # as the container declares it, such as an HTTP header


@dataclass(frozen=True, slots=True)
class Reject:
    """One piece of input that became no article, and why."""

    stage: Stage
    reason: Reason
    detail: str  # for people: what was found, and where a limit was hit its value and setting
    origin: Origin
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A part of a container that is no document by its nature, such as a request or an image: counted, no reject."""

    kind: str  # in a few words, the same for all of its kind: it is what they are counted under
