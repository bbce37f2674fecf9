"""HTTP responses as archives hold them: the status, the fields, and the body as its server made it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from copydesk.raw.warc.frames import parse_fields
from copydesk.raw.warc.http_coding import Bounds, decode_content, join_chunks

STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})(?!\d)", re.IGNORECASE)
PSEUDO_STATUS = re.compile(rb"^:status:[ \t]*(\d{3})", re.MULTILINE)  # as HTTP/2 has it
BLANK_LINE = re.compile(rb"\n\r?\n")


@dataclass(frozen=True, slots=True)
class Message:
    """A response; `body` is as stored."""

    status: int
    body: bytes
    fields: dict[str, str] = field(default_factory=dict)

    def decoded(self, bounds: Bounds) -> Iterator[bytes]:
        """The body without its chunks, and then without its encodings, which is what the server had to say."""
        is_chunked = "chunked" in self.fields.get("transfer-encoding", "").lower()
        body = join_chunks(self.body) if is_chunked else self.body
        yield body
        yield decode_content(body, self.fields.get("content-encoding", ""), bounds)


def parse_message(block: bytes) -> Message | None:
    """The response in `block`; None where there is none."""
    end = BLANK_LINE.search(block)
    head = block[: end.start()] if end else block
    status = STATUS.match(head) or PSEUDO_STATUS.search(head)
    if not status:
        return None
    return Message(int(status[1]), block[end.end() :] if end else b"", parse_fields(head))
