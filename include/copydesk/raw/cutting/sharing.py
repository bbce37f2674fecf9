"""The raw files of a partition, shared out to shards of similar work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from copydesk.raw.cutting.pieces import Cutter, Piece
from copydesk.raw.inputs import InputFile
from copydesk.settings import Settings
from copydesk.sources import Source
from copydesk.storage import Storage

ENOUGH_SHARDS = 32  # to keep the cores of a machine, or the places of some workers, busy to the end
LARGE = 4  # times `shard_bytes`, where there are enough of them
WHOLE_BYTES = 1 << 20  # a smaller file is not worth cutting
OPENING = 64 << 10  # bytes that are read in the time of the two requests which a file on object storage costs, whatever it holds


def share_out(storage: Storage, inputs: Sequence[InputFile], source: Source, settings: Settings) -> list[list[InputFile]]:
    """The files in order, large ones in pieces, in at most `max_shards` shards of about `shard_bytes` of work, or of up to four times that in a large input.

    The same files give the same shards; no file at all gives one shard, which is empty. A shard opens its files one after the other, so on object
    storage many small ones are shared out for their number.
    """
    cutter = Cutter(storage, source, settings.max_record_bytes)
    opening = 0 if storage.is_local else OPENING
    wholes = [Piece(file, file.size * cutter.factor(file) + opening) for file in inputs]
    size = shard_size(sum(whole.work for whole in wholes), settings)
    return gather([piece for whole in wholes for piece in _pieces(whole, cutter, size)], size)


def shard_size(total: int, settings: Settings) -> int:
    """The work of a shard, in bytes to read: what a shard costs by itself should not be paid hundreds of times for a large input."""
    share = min(-(-total // ENOUGH_SHARDS), LARGE * settings.shard_bytes)
    return max(settings.shard_bytes, share, -(-total // settings.max_shards))


def _pieces(whole: Piece, cutter: Cutter, size: int) -> list[Piece]:
    is_large = whole.work > size and whole.file.size >= WHOLE_BYTES
    return cutter.cut(whole, size) if is_large else [whole]


def gather(pieces: Sequence[Piece], size: int) -> list[list[InputFile]]:
    """The pieces in order, in runs of about `size`: each passes it by less than the last piece in it that is not empty."""
    last = max(0, sum(piece.work for piece in pieces) - 1) // size
    runs = groupby(zip(pieces, _starts(pieces), strict=True), key=lambda pair: min(pair[1] // size, last))
    return [[piece.file for piece, _ in run] for _, run in runs] or [[]]


def _starts(pieces: Sequence[Piece]) -> Iterator[int]:
    """Where the work on each would start if all stood in one."""
    position = 0
    for piece in pieces:
        yield position
        position += piece.work
