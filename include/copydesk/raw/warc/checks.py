"""What a record says of its own wholeness, held against its bytes.

A digest of the block that fails is damage, and the record is turned down. One of the payload is asked only where no digest of the
block speaks for the bytes: tools do not agree whether the payload is the body as sent, without its chunks, or decoded, so that any
of the three may match; where none does, the record is turned down as well.
"""

from __future__ import annotations

from collections.abc import Iterable

from copydesk.raw.warc.digests import matches
from copydesk.raw.warc.frames import Fault, Frame
from copydesk.records import Reason

BLOCK, PAYLOAD = "warc-block-digest", "warc-payload-digest"


def find_fault(frame: Frame, bodies: Iterable[bytes]) -> Fault | None:
    """Why a document that was read to its end must not be published; `bodies` are the forms of its body."""
    return _loss(frame) or _mismatch(frame, bodies)


def _loss(frame: Frame) -> Fault | None:
    if "warc-truncated" in frame.fields:
        reason = frame.fields["warc-truncated"][:40] or "unspecified"
        return Fault(Reason.TRUNCATED, f"the crawler cut it off: WARC-Truncated is {reason!r}")
    if "warc-segment-number" in frame.fields:
        return Fault(Reason.TRUNCATED, "it is the first segment of a longer record; segments are not joined")
    return None


def _mismatch(frame: Frame, bodies: Iterable[bytes]) -> Fault | None:
    stated = frame.fields.get(BLOCK, "")
    match = matches(stated, frame.block)
    if match is None:
        stated = frame.fields.get(PAYLOAD, "")
        checks = [matches(stated, body) for body in dict.fromkeys(bodies)] if stated else [None]  # to compare pages takes a while
        match = any(checks) or None in checks
    return None if match else Fault(Reason.CORRUPT_RECORD, f"its bytes do not have the digest {stated[:80]}")
