"""Files that are one document each."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator

from copydesk.raw.compression.stream import Decompressed, State
from copydesk.raw.context import Context
from copydesk.records import Reason, Record, Reject


def read_document(stream: Decompressed, context: Context, media_type: str) -> Iterator[Record | Reject]:
    """The one document of a file, or the reason why there is none: what lost its end must not be published."""
    content = stream.read(context.max_record_bytes + 1)
    stream.skip_rest()
    size = stream.ending.offset
    fits = len(content) <= context.max_record_bytes
    origin = context.origin(content if fits else None)
    if stream.ending.state is not State.COMPLETE:
        yield context.reject_damaged(stream.ending, origin)
    elif not fits:
        yield context.reject_oversized(size, origin)
    elif not content.removeprefix(BOM_UTF8).strip():
        yield context.reject(Reason.EMPTY, f"no text in the {size} bytes of the file", origin)
    else:
        yield Record(content, media_type, origin, id=context.name, charset=context.fields.encoding)
