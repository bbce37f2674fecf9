"""Web archives: the pages and texts among the records of a WARC or WET file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from copydesk.raw.compression.stream import Decompressed
from copydesk.raw.context import SIZE_SETTING, Context
from copydesk.raw.encodings.decoding import scrub
from copydesk.raw.warc import content_types
from copydesk.raw.warc.checks import find_fault
from copydesk.raw.warc.frames import Fault, Frame, Frames, is_record_start
from copydesk.raw.warc.http_coding import Bounds, BrokenBody, Oversized
from copydesk.raw.warc.http_message import Message, parse_message
from copydesk.records import Origin, Reason, Record, Reject, Skipped

__all__ = ["is_record_start", "read_warc"]

HELD_APART = ("resource", "conversion")  # documents without a message around them
NO_DOCUMENTS = ("request", "metadata", "warcinfo", "revisit", "continuation")
FOUND = 200
HEADER_BYTES = 1 << 16  # room for the header of a message on top of the largest body
ROBOTS = re.compile(r"https?://[^/?#]+/robots\.txt(?:[?#]|$)", re.IGNORECASE)
OLD_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)", re.ASCII)


def read_warc(stream: Decompressed, context: Context) -> Iterator[Record | Reject | Skipped]:
    """A record or a reject for each page and each text that was fetched with success, what else an archive holds by its kind."""
    for ordinal, frame in enumerate(Frames(stream, context.max_record_bytes + HEADER_BYTES)):
        yield _read_frame(frame, context, ordinal)


def _read_frame(frame: Frame, context: Context, ordinal: int) -> Record | Reject | Skipped:
    is_whole = len(frame.block) == frame.size and not frame.fault
    origin = context.origin(frame.block if is_whole else None, ordinal, frame.stored_offset)
    if frame.fault:
        return _reject(frame, frame.fault, context, origin)
    record_type = frame.fields.get("warc-type", "").lower()
    if record_type in NO_DOCUMENTS:
        return Skipped(record_type)
    message = parse_message(frame.block) if record_type == "response" else None
    content_type = message.fields.get("content-type", "") if message else frame.fields.get("content-type", "")
    if not message and record_type not in HELD_APART:
        return Skipped("response without HTTP" if record_type == "response" else "unknown record type")
    if message and message.status != FOUND:
        return Skipped(f"status {message.status}")
    return _read_document(frame, message or Message(FOUND, frame.block), content_type, context, origin)


def _read_document(
    frame: Frame, message: Message, content_type: str, context: Context, origin: Origin
) -> Record | Reject | Skipped:
    url = _stripped(frame, "warc-target-uri")
    if ROBOTS.match(url or ""):
        return Skipped("robots.txt")
    if not content_types.may_be_text(content_type):
        return Skipped(content_types.kind(content_type))
    content, fault = _content(frame, message, Bounds(context.max_record_bytes, context.max_expansion))
    media_type = content_types.media_type(content_type, content)
    if not media_type:
        return Skipped(content_types.kind(content_type))
    if fault:
        return _reject(frame, fault, context, origin)
    return Record(
        content,
        media_type,
        origin,
        id=_stripped(frame, "warc-record-id") or context.place(origin),
        url=url,
        crawl_date=_iso_date(frame.fields.get("warc-date", "")),
        charset=content_types.charset(content_type),
    )


def _content(frame: Frame, message: Message, bounds: Bounds) -> tuple[bytes, Fault | None]:
    """The decoded body of a document, or as much of it as tells what it is, and what is wrong with it."""
    if len(frame.block) < frame.size or len(message.body) > bounds.max_bytes:
        return message.body, Fault(Reason.TOO_LARGE, f"{frame.size} bytes, more than {SIZE_SETTING}={bounds.max_bytes}")
    bodies = [message.body]
    try:
        for body in message.decoded(bounds):
            bodies.append(body)
    except BrokenBody as error:
        return bodies[-1], find_fault(frame, bodies) or Fault(error.reason, str(error))
    except Oversized as error:
        return bodies[-1], Fault(Reason.TOO_LARGE, str(error))
    fault = find_fault(frame, bodies)
    return bodies[-1], fault or (None if bodies[-1].strip() else Fault(Reason.EMPTY, "its body has no text"))


def _reject(frame: Frame, fault: Fault, context: Context, origin: Origin) -> Reject:
    record = "record " + (_stripped(frame, "warc-record-id") or "")
    detail = f"{record.strip()} at byte {origin.offset} as stored: {fault.detail}"
    return context.reject(fault.reason, detail, origin, _stripped(frame, "warc-target-uri"))


def _stripped(frame: Frame, name: str) -> str | None:
    """An address or an id without the angle brackets around it."""
    return scrub(frame.fields.get(name, "")).strip().removeprefix("<").removesuffix(">").strip() or None


def _iso_date(stated: str) -> str | None:
    """When it was fetched, if that is told in a way that can be read."""
    old = OLD_DATE.fullmatch(stated)
    date = "{}-{}-{}T{}:{}:{}Z".format(*old.groups()) if old else stated
    try:
        datetime.fromisoformat(date)
    except ValueError:
        return None
    return date
