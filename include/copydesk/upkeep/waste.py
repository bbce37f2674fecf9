"""One thing that may go: what it is, where it lies, and since when nobody has touched it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from copydesk.settings import Settings
from copydesk.storage import FileInfo, Storage


class Kind(StrEnum):
    """Why it may go."""

    PUBLICATION = "publication"  # staged for one that was cut short
    RUN = "run"  # the work of one that died, or that was published long ago
    STRAY = "stray"  # a file that no manifest names, or that was never finished
    REMOVED = "removed"
    QUARANTINE = "quarantine"
    VERSIONS = "versions"
    DATA_DOCS = "data docs"


DAYS = {
    Kind.PUBLICATION: "keep_staging_days",
    Kind.RUN: "keep_staging_days",
    Kind.STRAY: "keep_staging_days",
    Kind.REMOVED: "keep_removed_days",
    Kind.QUARANTINE: "keep_quarantine_days",
    Kind.VERSIONS: "keep_versions_days",
    Kind.DATA_DOCS: "keep_data_docs_days",
}


@dataclass(frozen=True, slots=True)
class Waste:
    """A file or a folder of the lake."""

    kind: Kind
    path: str
    files: int
    bytes: int
    touched_at: datetime

    def to_json(self) -> dict[str, Any]:
        """For the plan that a dry run leaves."""
        return asdict(self) | {"touched_at": self.touched_at.isoformat()}

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Waste:
        """What `to_json` gave."""
        return cls(**content | {"kind": Kind(content["kind"]), "touched_at": datetime.fromisoformat(content["touched_at"])})


def touched_before(settings: Settings, kind: Kind, now: datetime) -> datetime | None:
    """What was touched later is kept; None where all of that kind is."""
    days: int | None = getattr(settings, DAYS[kind])
    return None if days is None else now - timedelta(days=days)


def last_touched(storage: Storage, folder: str, files: Sequence[FileInfo]) -> datetime:
    """When a file came into the folder last, or the folder itself where it is empty: that is how a step begins.

    A hard link has the date of its original, which may be that of a held run of last month: the time of the inode is asked.
    """
    found = [storage.changed_at(file) for file in files]
    if not found and (made := storage.filesystem.get_file_info(storage.full(folder)).mtime):
        found = [made]
    return max(found, default=datetime.now(UTC))


def as_waste(storage: Storage, kind: Kind, folder: str) -> Waste:
    """A folder as it lies there now."""
    files = storage.files(folder, unfinished=True)
    return Waste(kind, folder, len(files), sum(file.size for file in files), last_touched(storage, folder, files))
