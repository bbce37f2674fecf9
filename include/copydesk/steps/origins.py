"""Records read again from the raw bytes that their rows name as their origin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import pyarrow as pa

from copydesk.raw.archives.tar import is_tar
from copydesk.raw.compression.codecs import find_codec
from copydesk.raw.cutting.pieces import SNIFFED_BYTES
from copydesk.raw.cutting.sharing import WHOLE_BYTES, share_out
from copydesk.raw.inputs import InputFile
from copydesk.raw.raw_files import ZIP
from copydesk.raw.reading import read_file
from copydesk.records import Origin, Record, Reject, origin_columns
from copydesk.run import Run
from copydesk.schema import ORIGIN_COLUMNS
from copydesk.steps.past_runs import Published, last_published

SOUGHT = ("jsonl", "text", "warc")  # a record can be read from its first byte on, if nothing is compressed
SCHEMA = pa.schema([(column.name, column.type) for column in ORIGIN_COLUMNS])
Place = tuple[str, str | None, int, int]


@dataclass(slots=True)
class Wanted:
    """The records to be read again, by the place where their raw bytes are, and which of them were met there."""

    rows: pa.Table
    _places: dict[Place, tuple[int, str | None]] = field(init=False)
    met: set[int] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        """Index the rows by place."""
        columns = [self.rows[f"origin_{name}"].to_pylist() for name in ("uri", "member", "ordinal", "offset", "sha256")]
        self._places = {
            place: (row, sha256) for row, (*place_, sha256) in enumerate(zip(*columns, strict=True)) for place in [tuple(place_)]
        }

    def is_met(self, item: Record | Reject) -> bool:
        """Whether it is one of them; a raw file that has other bytes there since has lost the record."""
        origin = item.origin
        place = (origin.uri, origin.member, origin.ordinal, origin.offset)
        row, sha256 = self._places.get(place, (None, None))
        if row is None or row in self.met or (sha256 and origin.sha256 and sha256 != origin.sha256):
            return False
        self.met.add(row)
        return True

    def unmet(self) -> pa.Table:
        """The rows that were not found at their origin."""
        return self.rows.take(pa.array([row for row in range(self.rows.num_rows) if row not in self.met], pa.int64()))


def shards_again(run: Run, published: Published, uris: set[str]) -> list[list[InputFile]]:
    """The raw files in the pieces of the run, since places are counted in those; only the files that are asked for."""
    raw = run.raw
    sizes = [(path, raw.size(path)) for path in published.paths(raw)]
    inputs = [InputFile(path, raw.uri_of(path), size) for path, size in sizes if size is not None]
    chosen = ([file for file in shard if file.uri in uris] for shard in share_out(raw, inputs, run.source, run.settings))
    return [shard for shard in chosen if shard]


def record_at(run: Run, origin: Origin) -> Record | Reject | None:
    """The record whose raw bytes are there still; None where the file is gone, or has other bytes there by now."""
    file = _file(run, origin.uri)
    if file is None:
        return None
    wanted = Wanted(pa.Table.from_pylist([origin_columns(origin)], SCHEMA))
    everything = (item for piece in _pieces(run, file, origin) for item in read_file(run.raw, piece, run.source, run.settings))
    return _sought(run, file, origin) or next(filter(wanted.is_met, everything), None)


def bytes_before(run: Run, origin: Origin) -> int:
    """How much has to be read before the record is reached, about."""
    file = _file(run, origin.uri)
    return 0 if file is None or _can_be_sought(run, file, origin) else origin.offset


def _file(run: Run, uri: str) -> InputFile | None:
    """The whole raw file, where it lies below the root of the dumps and is there still."""
    raw = run.raw
    path = raw.path_of(uri)
    size = raw.size(path) if path is not None else None
    return None if path is None or size is None else InputFile(path, uri, size)


def _can_be_sought(run: Run, file: InputFile, origin: Origin) -> bool:
    """Whether a reader may begin at the record's first byte."""
    if file.size < WHOLE_BYTES or origin.member is not None or not origin.sha256 or run.source.format not in SOUGHT:
        return False
    with run.raw.open_random(file.path) as stored:
        head = stored.read(SNIFFED_BYTES)
    return find_codec(head) is None and not is_tar(head) and not head.startswith(ZIP)


def _sought(run: Run, file: InputFile, origin: Origin) -> Record | Reject | None:
    """The record read from its first byte on; None where that cannot be, or other bytes stand there."""
    if not _can_be_sought(run, file, origin):
        return None
    piece = replace(file, size=file.size - origin.offset, start=origin.offset, file_size=file.size)
    found = next(iter(read_file(run.raw, piece, run.source, run.settings)), None)
    return replace(found, origin=origin) if found and found.origin.sha256 == origin.sha256 else None


def _pieces(run: Run, file: InputFile, origin: Origin) -> Iterable[InputFile]:
    """The file as the run read it, a piece that has the record's byte in it first."""
    published = last_published(run) if file.size >= WHOLE_BYTES else None
    pieces = [piece for shard in shards_again(run, published, {file.uri}) for piece in shard] if published else []
    return sorted(pieces or [file], key=lambda piece: not piece.start <= origin.offset < (piece.stop or file.size))
