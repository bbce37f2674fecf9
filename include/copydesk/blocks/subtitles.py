"""Subtitles of broadcasts (SRT, WebVTT) → what is said in them, in paragraphs: times and numbers of cues part a sentence every few words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

ARROW, OPENING_BYTES = b"-->", 600
FEWEST = 2  # times, by which subtitles are known
CLOCK = r"(?:(?P<{0}h>\d{{1,3}}):)?(?P<{0}m>\d\d):(?P<{0}s>\d\d)[.,](?P<{0}f>\d{{1,3}})"
TIMES = re.compile(rf"[ \t]*{CLOCK.format('a')}[ \t]*-->[ \t]*{CLOCK.format('b')}[^\n]*")
VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+(?P<name>[^>]{1,60})>")
TAG = re.compile(r"</?[^<>\n]{1,60}>|\{\\[^{}\n]{1,60}\}")
ENDS = re.compile(r"[.!?。！？…][\"'”’»)]*$")
TURN = re.compile(r"[-–—]\s*(?=\S)")  # another speaker
PAUSE_S, FULL_CHARS = (
    2.0,
    400,
)  # behind a sentence a paragraph ends where nothing is said for so long, or where it has so many characters


class Cue(NamedTuple):
    """What stands on the screen for some seconds."""

    start: float  # seconds
    end: float
    lines: list[str]


def read_subtitles(text: bytes) -> bytes:
    """What is said, a paragraph a line; the text as it is where it has no subtitles."""
    if ARROW not in text[:OPENING_BYTES]:
        return text
    lines = text.decode("utf-8", "replace").splitlines()
    if sum(TIMES.fullmatch(line) is not None for line in lines) < FEWEST:
        return text
    return "\n".join(_paragraphs(_cues(lines))).encode() or text


def _cues(lines: list[str]) -> Iterator[Cue]:
    """The cues; what stands above the first belongs to none."""
    cue: Cue | None = None
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        if found := TIMES.fullmatch(line):
            if cue:
                yield cue
            cue = Cue(_seconds(found, "a"), _seconds(found, "b"), [])
        elif cue and line.strip() and not TIMES.fullmatch(after):  # the number of the next cue
            cue.lines.append(line.strip())
    if cue:
        yield cue


def _seconds(found: re.Match[str], which: str) -> float:
    hours, minutes, seconds, fraction = (found[f"{which}{part}"] or "0" for part in "hmsf")
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction}")


def _paragraphs(cues: Iterator[Cue]) -> Iterator[str]:
    said, end, last = "", 0.0, ""
    for cue in cues:
        for line in cue.lines:
            voice = VOICE.search(line)
            plain = TAG.sub("", line).strip()
            if not plain or plain == last:  # captions that roll show each line twice
                continue
            last = plain
            is_over = ENDS.search(said) is not None and (cue.start - end >= PAUSE_S or len(said) >= FULL_CHARS)
            if said and (is_over or voice or TURN.match(plain)):
                yield said
                said = ""
            plain = f"{voice['name'].strip()}: {plain}" if voice else plain
            said = f"{said} {plain}" if said else plain
        end = cue.end
    if said:
        yield said
