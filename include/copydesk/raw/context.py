"""What a reader knows of the file it reads, and how it turns down what it cannot read."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from copydesk.raw.compression.inflating import Ending, State
from copydesk.raw.manifest import Manifest
from copydesk.records import Origin, Reason, Reject, Stage
from copydesk.sources.record import RecordFields

DAMAGE = {
    State.TRUNCATED: Reason.TRUNCATED,
    State.CORRUPT: Reason.CORRUPT_COMPRESSION,
    State.TOO_LARGE: Reason.TOO_LARGE,
    State.BROKEN_ARCHIVE: Reason.CORRUPT_ARCHIVE,
}
SIZE_SETTING = "COPYDESK_MAX_RECORD_BYTES"


@dataclass(frozen=True, slots=True)
class Context:
    """What is read: a raw file or a member of one, or a piece of it, the fields of its records, and the limit for one."""

    uri: str
    path: str
    fields: RecordFields
    max_record_bytes: int
    max_expansion: int  # times that the body of a message may grow
    max_reader_bytes: int  # of memory, which whoever calls the reader has seen to
    member: str | None = None  # name inside an archive
    first_byte: int = 0  # where a piece begins in its file; readers count from their own beginning
    first_ordinal: int = 0  # of a member: the records of the archive before it
    repeated: int = 0  # of a member whose name was there before: its number
    piece: tuple[int, int | None] | None = None  # first row group, and the first behind, of a Parquet file read in pieces
    manifest: Manifest | None = None  # what is said of the files of a tree

    @property
    def name(self) -> str:
        """What is read: the path of the file, with the name inside it behind, and its number where that name is no other's."""
        if not self.member:
            return self.path
        return f"{self.path}/{self.member}#{self.repeated}" if self.repeated else f"{self.path}/{self.member}"

    def origin(self, content: bytes | None, ordinal: int = 0, offset: int = 0) -> Origin:
        """Where a record is; `content` is its bytes, None where they were too many to hold."""
        digest = None if content is None else sha256(content).hexdigest()
        return Origin(self.uri, self.member, self.first_ordinal + ordinal, self.first_byte + offset, digest)

    def place(self, origin: Origin) -> str:
        """The id of a record that has none of its own: no two have the same, and in the next reading of the file it is the same."""
        return f"{self.name}#{origin.offset}"

    def reject(self, reason: Reason, detail: str, origin: Origin, url: str | None = None) -> Reject:
        """A piece of the file that became no record."""
        return Reject(Stage.READ, reason, detail, origin, url)

    def reject_oversized(self, size: int, origin: Origin) -> Reject:
        """A record over the limit."""
        detail = f"{size} bytes, more than {SIZE_SETTING}={self.max_record_bytes} at byte {origin.offset}"
        return self.reject(Reason.TOO_LARGE, detail, origin)

    def reject_damaged(self, ending: Ending, origin: Origin) -> Reject:
        """The rest of a file that is cut off, broken, or a bomb."""
        return self.reject(DAMAGE[ending.state], ending.detail, origin)
