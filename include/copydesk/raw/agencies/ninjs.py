"""ninjs, the agencies' news in JSON: versions 1 to 3, an item a file or a line, or an array of them, be it in an object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from copydesk.raw.agencies.ninjs_envelope import find_items
from copydesk.raw.agencies.ninjs_item import address, given_of, identifier, status_of, story_of, text_at
from copydesk.raw.agencies.stories import UNUSABLE, edition_of, notice, versioned
from copydesk.raw.compression.stream import Decompressed, State
from copydesk.raw.context import Context
from copydesk.raw.encodings.decoding import Undecodable
from copydesk.raw.encodings.transcoding import Utf8Stream
from copydesk.raw.json.spans import JsonSpans
from copydesk.raw.json.values import kind_of, parse_json
from copydesk.raw.lines import read_lines
from copydesk.raw.xml.windows import Span
from copydesk.records import Origin, Reason, Record, Reject, Skipped

Made = Record | Reject | Skipped
SNIFFED_BYTES = 1 << 16
OTHER_TYPES = frozenset({"picture", "graphic", "audio", "video", "event", "planning", "package", "composite"})


def read_ninjs(stream: Decompressed, context: Context) -> Iterator[Made]:
    """A record for each item with a text, and one reject if the file is damaged."""
    reading = _Reading(stream, context)
    yield from reading.items()
    stream.skip_rest()
    if trouble := reading.trouble():
        yield trouble


class _Reading:
    """How far a file was read."""

    def __init__(self, stream: Decompressed, context: Context) -> None:
        self._stream, self._context = stream, context
        self._utf8 = Utf8Stream(stream)
        head = self._utf8.peek(SNIFFED_BYTES)
        array_at = find_items(head)
        self._has_lines = array_at is None and _has_lines(head)
        self._objects = JsonSpans(self._utf8, context.max_record_bytes, array_at)
        self._ordinal = self._end = 0
        self._cut: Span | None = None

    def items(self) -> Iterator[Made]:
        for span in self._lines() if self._has_lines else self._objects:
            if span.is_cut:
                self._cut = span
                return
            self._end = span.offset + span.size
            made = self._item(span)
            self._ordinal += not isinstance(made, Skipped)
            yield made

    def _lines(self) -> Iterator[Span]:
        for line in read_lines(self._utf8, self._context.max_record_bytes):
            content = line.text if line.content is not None else None
            if content is None or content.strip():
                yield Span(content, line.offset, line.size, not line.has_end and self._is_cut(content))

    def _is_cut(self, content: bytes | None) -> bool:
        """Whether the last line lacks more than its end; of one that is too long nobody knows."""
        is_open = content is not None and not content.rstrip().endswith(b"}")
        return is_open or self._stream.ending.state is not State.COMPLETE

    def _item(self, span: Span) -> Made:
        origin = self._origin(span)
        if span.content is None:
            return self._context.reject_oversized(span.size, origin)
        try:
            item = parse_json(span.content)
        except Undecodable as error:
            return self._context.reject(Reason.UNDECODABLE, f"item at byte {origin.offset}: {error}", origin)
        except (ValueError, RecursionError) as error:
            return self._context.reject(Reason.UNPARSABLE, f"item at byte {origin.offset}: not valid JSON: {error}", origin)
        if not isinstance(item, dict):
            found = f"item at byte {origin.offset}: {kind_of(item)}, where each item is an object"
            return self._context.reject(Reason.UNPARSABLE, found, origin)
        return _make(item, self._context, origin)

    def _origin(self, span: Span) -> Origin:
        content = span.content
        if content is not None and self._utf8.wide:
            content = content.decode("utf-8", "replace").encode(self._utf8.wide, "replace")
        return self._context.origin(content, self._ordinal, self._utf8.place(span.offset))

    def trouble(self) -> Reject | None:
        """What is wrong with the file itself."""
        origin = self._context.origin(None, self._ordinal, self._utf8.place(self._cut.offset if self._cut else self._end))
        if self._stream.ending.state is not State.COMPLETE:
            return self._context.reject_damaged(self._stream.ending, origin)
        if self._cut:
            return self._context.reject(Reason.TRUNCATED, f"the file ends inside the item at byte {origin.offset}", origin)
        if not self._objects.has_any and not self._end:
            return self._context.reject(Reason.EMPTY, "nothing stands in the file", origin)
        if not self._objects.is_closed:
            return self._context.reject(
                Reason.TRUNCATED, "the file ends before the ] that closes it, or the } around that", origin
            )
        return None


def _has_lines(head: bytes) -> bool:
    """Whether the first line is an object of its own, or too long to say: then the file is that line."""
    line, newline, _ = head.lstrip().partition(b"\n")
    if not newline or not line.startswith(b"{"):
        return line.startswith(b"{")
    try:
        return isinstance(parse_json(line), dict)
    except (ValueError, RecursionError):
        return False


def _make(item: Mapping[str, Any], context: Context, origin: Origin) -> Made:
    url, edition = address(item), edition_of(identifier(item), text_at(item, "version"))
    if (status := status_of(item)) in UNUSABLE:
        if edition is None or text_at(item, "type").lower() in OTHER_TYPES:
            return Skipped(f"{status} item")
        said = notice(status, edition, given_of(item).get("title"), filter(None, [text_at(item, "edNote", "ednote")]))
        return replace(context.reject(Reason.WITHDRAWN, f"item at byte {origin.offset}: {said}", origin, url), edition=edition)
    story = story_of(item)
    if story.has_text:
        id = versioned(identifier(item), text_at(item, "version")) or context.place(origin)
        return Record(story.document, story.media_type, origin, id, url, given=given_of(item), edition=edition)
    if (kind := text_at(item, "type").lower()) in OTHER_TYPES:
        return Skipped(f"{kind} item")
    return context.reject(Reason.MISSING_CONTENT, f"item at byte {origin.offset}: no body with text in it", origin, url)
