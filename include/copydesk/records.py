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
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


MEANINGS = {
    Reason.EMPTY: "Nothing stands in the file, the record or its body.",
    Reason.TRUNCATED: "It ends too early: the file is cut off, or a crawler or a sender cut the record.",
    Reason.CORRUPT_COMPRESSION: "Compressed bytes are damaged; what was read before them is kept.",
    Reason.CORRUPT_ARCHIVE: "A tar or zip archive is not made as archives are; members that can be told apart are kept.",
    Reason.UNSUPPORTED: "It is encrypted, packed in a way that is not read, a link out of the raw root, or no file; the detail says what to do.",
    Reason.CORRUPT_RECORD: "A record of a web archive has not the length or the digest it states, or its body is damaged.",
    Reason.UNDECODABLE: "The bytes are no text in any encoding, but binary data.",
    Reason.UNPARSABLE: "It is not in the format of its source, or declares what is never followed, such as XML entities.",
    Reason.MISSING_CONTENT: "There is no text where the source says it is, or no file that a manifest names.",
    Reason.TOO_LARGE: "A limit on size, growth or number was hit; the detail has its value and its setting.",
    Reason.TOO_DEEP: "Markup is nested deeper than the limit, or archives and compressions stand in one another.",
    Reason.TIMED_OUT: "The document took more time than `COPYDESK_MAX_DOCUMENT_SECONDS`.",
    Reason.CRASHED: "The process that worked on the document died of it.",
    Reason.RULE_FAILED: "A site rule of the source failed on the page.",
    Reason.NO_ARTICLE: "No block of the document was labelled as an article's text.",
    Reason.DUPLICATE_ID: "Another record of the same dump has the same id.",
    Reason.SUPERSEDED: "A later version of the same item of an agency stands in the same dump.",
    Reason.WITHDRAWN: "The agency says that the item is not to be published (any more): the notice itself, and the versions of the same "
    "dump that it takes back. Those of other dumps are not in `articles`.",
}
SET_ASIDE = frozenset({Reason.SUPERSEDED, Reason.WITHDRAWN})  # as it should be, and no fault of a record or its source


@dataclass(frozen=True, slots=True)
class Origin:
    """The raw bytes of one record: enough to find them again."""

    uri: str  # of the raw file
    member: str | None = None  # name inside an archive
    ordinal: int = 0  # of the record in its file, from 0
    offset: int = 0  # first byte of the record in the decompressed file
    sha256: str | None = None  # of the record's own bytes


_COLUMNS = {part.name: f"origin_{part.name}" for part in fields(Origin)}  # to ask for them takes longer than to read them


def origin_columns(origin: Origin) -> dict[str, str | int | None]:
    """The origin as the columns of `schema.ORIGIN_COLUMNS`."""
    return {column: getattr(origin, name) for name, column in _COLUMNS.items()}


@dataclass(frozen=True, slots=True)
class Edition:
    """Which version of which item of an agency a record is."""

    item: str  # the same for all versions
    version: int | None = None


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
    edition: Edition | None = None


@dataclass(frozen=True, slots=True)
class Reject:
    """One piece of input that became no article, and why."""

    stage: Stage
    reason: Reason
    detail: str  # for people: what was found, and where a limit was hit its value and setting
    origin: Origin
    url: str | None = None
    edition: Edition | None = None  # of an item that is withdrawn


@dataclass(frozen=True, slots=True)
class Skipped:
    """A part of a container that is no document by its nature, such as a request or an image: counted, no reject."""

    kind: str  # in a few words, the same for all of its kind: it is what they are counted under
