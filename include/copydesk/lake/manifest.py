"""What a partition consists of: the list of its files, written last and read first."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from typing import Any

from copydesk.errors import BadInput
from copydesk.lake.layout import Values, partition_folders
from copydesk.schema import Dataset
from copydesk.storage import Storage

NAME = "_manifest.json"
READS = 3  # an object that is replaced while it is sent may end where the one before it ended
REQUESTS = 16  # at once: on object storage a manifest takes some 20 ms, whatever its size


@dataclass(frozen=True, slots=True)
class Part:
    """One Parquet file of a partition; `dataclasses.asdict` and `Part(**…)` take it through JSON."""

    name: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of a partition in order, and what their writer says of them; the same content gives the same bytes."""

    dataset: str
    values: Values
    schema_version: int
    parts: tuple[Part, ...]
    summary: Mapping[str, Any] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """Rows in all files."""
        return sum(part.rows for part in self.parts)

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(part.bytes for part in self.parts)

    def to_json(self) -> bytes:
        """The manifest as it stands in the lake."""
        content = {
            "dataset": self.dataset,
            "partition": self.values,
            "schema_version": self.schema_version,
            "rows": self.rows,
            "files": [asdict(part) for part in self.parts],
            "summary": self.summary,
        }
        return (json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()

    @classmethod
    def from_json(cls, data: bytes) -> Manifest:
        """The manifest that `to_json` wrote."""
        content = json.loads(data)
        parts = tuple(Part(**part) for part in content["files"])
        return cls(content["dataset"], content["partition"], content["schema_version"], parts, content["summary"])


def load(storage: Storage, folder: str) -> Manifest | None:
    """The manifest of a partition's folder; None where nothing was published there."""
    path = f"{folder}/{NAME}"
    for attempt in range(1, READS + 1):
        try:
            return Manifest.from_json(storage.read_bytes(path))
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError) as error:
            if attempt == READS:
                raise BadInput(f"{storage.uri_of(path)}: not a manifest ({error}); publish the partition again") from None
    return None


def partitions(storage: Storage, dataset: Dataset) -> Iterator[tuple[Values, Manifest]]:
    """Every published partition of a dataset, by path."""
    found = list(partition_folders(storage, dataset))
    for (values, _), manifest in zip(found, load_many(storage, [folder for _, folder in found]), strict=True):
        if manifest is not None:
            yield values, manifest


def load_many(storage: Storage, folders: list[str]) -> list[Manifest | None]:
    """The manifests of many folders, in their order."""
    with ThreadPoolExecutor(REQUESTS) as pool:
        return list(pool.map(lambda folder: load(storage, folder), folders))
