"""Subtitles of broadcasts (SRT, WebVTT) → what is said in them, in paragraphs: times and numbers of cues part a sentence every few words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from copydesk.fields.words import ends_sentence

ARROW, OPENING_BYTES = b"-->", 600
# Times, and their share of the lines that are not blank, by which subtitles are known; else an article quotes some.
FEWEST, LEAST_SHARE = 2, 0.1
CLOCK = r"(?:(?P<{0}h>\d{{1,3}}):)?(?P<{0}m>\d\d):(?P<{0}s>\d\d)[.,](?P<{0}f>\d{{1,3}})"
TIMES = re.compile(rf"[ \t]*{CLOCK.format('a')}[ \t]*-->[ \t]*{CLOCK.format('b')}[^\n]*")
VOICE = re.compile(r"<v(?:\.[^\s>]{0,60})?\s{1,9}(?P<name>[^>]{1,60})>")
TAG = re.compile(r"</?[^<>\n]{1,60}>|\{\\[^{}\n]{1,60}\}")
SIGNATURE, BESIDE = "WEBVTT", ("NOTE", "STYLE", "REGION")  # of WebVTT, and what is not shown there
TURN = re.compile(r"[-–—]\s*(?=\S)")  # another speaker
# Behind a sentence a paragraph ends where nothing is said for so long, or where it has so many characters.
PAUSE_S, FULL_CHARS = 2.0, 400


class Cue(NamedTuple):
    """What stands on the screen for some seconds."""

    start: float  # seconds
    end: float
    lines: list[str]


def read_subtitles(text: bytes) -> bytes:
    """What is said, a paragraph a line, below what stands above the first cue; the text as it is where it has no subtitles."""
    if ARROW not in text[:OPENING_BYTES]:
        return text
    lines = text.decode("utf-8", "replace").splitlines()
    times = [at for at, line in enumerate(lines) if TIMES.fullmatch(line)]
    if len(times) < max(FEWEST, LEAST_SHARE * sum(map(bool, map(str.strip, lines)))):
        return text
    shown = _shown(lines, times)
    above = filter(str.strip, shown[: times[0]])
    return "\n".join([*above, *paragraphs(_cues(shown, times))]).encode() or text


def _shown(lines: list[str], times: list[int]) -> list[str]:
    """The lines, blank ones in the place of the head and the notes of WebVTT, and of what numbers or names cues."""
    shown, is_web = list(lines), lines[0].lstrip("\ufeff").startswith(SIGNATURE)
    is_beside, starts = is_web, set(times)
    for at, line in enumerate(lines) if is_web else ():
        is_first = at > 0 and not lines[at - 1].strip()
        is_shown = not line.strip() or at in starts
        is_beside = not is_shown and (is_beside or (is_first and line.startswith(BESIDE)))
        shown[at] = "" if is_beside else line
    for above in (at - 1 for at in times if at):
        is_apart = above == 0 or not lines[above - 1].strip()
        if lines[above].strip(" \t\ufeff").isdecimal() or (is_web and is_apart):
            shown[above] = ""
    return shown


def _cues(lines: list[str], times: list[int]) -> Iterator[Cue]:
    for at, behind in pairwise([*times, len(lines)]):
        if found := TIMES.fullmatch(lines[at]):
            said = [line.strip() for line in lines[at + 1 : behind] if line.strip()]
            yield Cue(_seconds(found, "a"), _seconds(found, "b"), said)


def _seconds(found: re.Match[str], which: str) -> float:
    hours, minutes, seconds, fraction = (found[f"{which}{part}"] or "0" for part in "hmsf")
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction}")


def paragraphs(cues: Iterator[Cue]) -> Iterator[str]:
    """What is said, parted where a sentence ends before a pause, or a paragraph is full, or another speaks."""
    said, chars, end = list[str](), 0, 0.0
    last = ""
    for cue in cues:
        for line in cue.lines:
            voice = VOICE.search(line)
            plain = TAG.sub("", line).strip()
            if not plain or plain == last:  # captions that roll show each line twice
                continue
            is_over = ends_sentence(last) and (cue.start - end >= PAUSE_S or chars >= FULL_CHARS)
            if said and (is_over or voice or TURN.match(plain)):
                yield " ".join(said)
                said, chars = [], 0
            last = plain
            said.append(f"{voice['name'].strip()}: {plain}" if voice else plain)
            chars += len(said[-1]) + 1
        end = cue.end
    if said:
        yield " ".join(said)
