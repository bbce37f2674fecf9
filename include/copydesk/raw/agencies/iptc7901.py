"""IPTC 7901, and ANPA 1312 after which it was made: the text formats of wires, a story a message, many messages a file.

Read of both: the frame of SOH, STX, ETX and EOT, in ISO 646, Latin-1 or UTF-8, whatever ends a line; the source and the number of a message,
which are its id; the time at the end (`301415 GMT NOV 26`; of ANPA 1312 `AP-NY-11-30-26 1415EST`), without a zone in that of the
source. Of IPTC 7901 the keywords below the first line of the header, and the headline where what stands above the text ends in an equals
sign, as it does at many agencies; of ANPA 1312 the headline where it is set (`^`) below the keyword of the header, or named (`^HL:`). Else the
headline is looked for as in any text. Paragraphs that begin with an indented line become one line; notes to editors are left out.

Not read: priority, category, number of words and what else stands in the first line, whose codes each agency has of its own; national
variants of ISO 646 and alphabets by escape sequences; typesetting instructions and small fractions of ANPA 1312, and its other ways to
write a time, whose day and month may stand either way round. A number comes again the next day and a keyword with another story, so neither tells which
version of which item a message is; kills, embargoes and takes stand in words alone: each message is a story of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.raw.agencies.anpa_text import read_set
from copydesk.raw.agencies.stories import TEXT, list_given
from copydesk.raw.agencies.wire_messages import Parts, Stretch, Stretches, parts_of
from copydesk.raw.agencies.wire_text import for_readers, paragraphs, sent_at, title_of, without_sending
from copydesk.raw.compression.inflating import State
from copydesk.raw.compression.stream import Decompressed
from copydesk.raw.context import Context
from copydesk.raw.encodings.decoding import Undecodable, decode
from copydesk.records import Origin, Reason, Record, Reject

NEWLINE = re.compile(rb"\r{0,3}\n\r?|[\r\x0b\x0c]")
# Back space, shifts, switches of type and idle signs; a unit separator parts fields and columns.
FORMATTING = bytes([0x00, 0x08, 0x0E, 0x0F, 0x11, 0x12, 0x13, 0x14, 0x16, 0x18, 0x7F])
AS_TAB = bytes.maketrans(b"\x1f", b"\t")
NUMBERED = re.compile(r"\s*([^\W\d_]{1,8}\d{1,8})(?=\s)")
ANPA = re.compile(r"\s*([^\W\d_]\d{3,4})[^\t]{0,20}\t")
ANPA_KEYWORD = re.compile(r"\s*\S\s+\S\s+(\S+)")
TAGS = re.compile(r"[/\n]")

Made = Record | Reject


def read_iptc7901(stream: Decompressed, context: Context) -> Iterator[Made]:
    """A record for each message of a file; a reject for each that is damaged, for what stands in none, and for a damaged file."""
    ordinal = end = 0
    for stretch in Stretches(stream, context.max_record_bytes):
        if stretch.is_idle:
            continue
        end = stretch.offset  # where a file is damaged in which nothing comes of it
        for made in _made(stretch, context, ordinal, stream):
            ordinal, end = ordinal + 1, stretch.offset + stretch.size
            yield made
    stream.skip_rest()
    origin = context.origin(None, ordinal, end)
    if stream.ending.state is not State.COMPLETE:
        yield context.reject_damaged(stream.ending, origin)
    elif not ordinal:
        yield context.reject(Reason.EMPTY, "nothing stands in the file", origin)


def _made(stretch: Stretch, context: Context, ordinal: int, stream: Decompressed) -> Iterator[Made]:
    """What comes of a stretch: nothing of one in which a damaged file ends, which is a reject of the whole."""
    origin = context.origin(stretch.content, ordinal, stretch.offset)
    where = f"message at byte {origin.offset}"
    if stretch.content is None:
        yield context.reject_oversized(stretch.size, origin)
        return
    parts = parts_of(stretch.content) if stretch.is_message else None
    is_cut = stretch.is_last and not (parts and parts.is_whole)
    if is_cut and stream.ending.state is not State.COMPLETE:
        return
    if not stretch.is_message:
        detail = f"{stretch.size} bytes from byte {origin.offset} on stand in no message: no SOH is before them"
        yield context.reject(Reason.UNPARSABLE, detail, origin)
    elif is_cut:
        yield context.reject(Reason.TRUNCATED, f"the file ends inside the {where}", origin)
    elif parts is None:
        yield context.reject(Reason.UNPARSABLE, f"{where}: no STX, with which its text would begin", origin)
    elif not parts.is_whole:
        yield context.reject(Reason.TRUNCATED, f"{where}: another begins before the ETX that ends its text", origin)
    else:
        yield _story(parts, context, origin, where)
        if parts.stray_at is not None:
            lost = context.origin(stretch.content[parts.stray_at :], ordinal + 1, stretch.offset + parts.stray_at)
            detail = f"a text begins at byte {lost.offset} behind the end of the {where}: the SOH before it is lost"
            yield context.reject(Reason.UNPARSABLE, detail, lost)


def _story(parts: Parts, context: Context, origin: Origin, where: str) -> Made:
    try:
        header, text, ending = _decoded(parts)
    except Undecodable as error:
        return context.reject(Reason.UNDECODABLE, f"{where}: {error}", origin)
    lines, stated = without_sending(text)
    sent = sent_at("\n".join(ending)) or stated
    anpa = ANPA.match(header[0])
    number = anpa or NUMBERED.match(header[0])
    title, lines = read_set(lines, _keyword(header)) if anpa else title_of(lines)
    content = "\n".join(paragraphs(for_readers(lines))).strip()
    if not content:
        return context.reject(Reason.MISSING_CONTENT, f"{where}: nothing stands between its STX and its ETX", origin)
    tags = [] if anpa else TAGS.split("\n".join(header[1:]))
    id = f"{number[1]} {sent}" if number and sent else context.place(origin)
    return Record(content, TEXT, origin, id, given=list_given(title=title, tags=tags, published_at=sent))


def _keyword(header: list[str]) -> str:
    """What a header of ANPA 1312 calls its story, cut at 24 letters."""
    return next((found[1] for line in header[1:] if (found := ANPA_KEYWORD.match(line))), "")


def _decoded(parts: Parts) -> tuple[list[str], list[str], list[str]]:
    """The lines of header, text and ending, decoded together: a header has few letters to tell an encoding by."""
    cleaned = [NEWLINE.sub(b"\n", part).translate(AS_TAB, FORMATTING) for part in (parts.header, parts.text, parts.ending)]
    lines = decode(b"\n".join(cleaned), TEXT).text.split("\n")
    first, second = cleaned[0].count(b"\n") + 1, cleaned[0].count(b"\n") + cleaned[1].count(b"\n") + 2
    return lines[:first], lines[first:second], lines[second:]
