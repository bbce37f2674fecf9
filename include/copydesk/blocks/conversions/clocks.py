"""Transcripts with the time of a recording before what was said: `[00:12] …`, `0:01:23 …`, or in a line of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from copydesk.blocks.subtitles import Cue, paragraphs
from copydesk.fields.words import ends_sentence

# In brackets, or with hours; `0:37` alone in its line: programmes and tickers have `00:15` before what is on.
CLOCK = re.compile(
    r"\s*(?:[\[(](?:(?P<h>\d{1,2}):)?(?P<m>\d{1,2}):(?P<s>\d{2})(?:[.,]\d{1,3})?[\])](?=\s|$)"
    r"|(?P<hours>\d{1,2}):(?P<minutes>\d{2}):(?P<seconds>\d{2})(?:[.,]\d{1,3})?(?=\s|$)"
    r"|(?P<minute>\d|[1-9]\d):(?P<second>\d{2})\s*$)\s*(?:[-–—]\s+)?"
)
MOST_LINES = 20_000  # of a text that is looked at
FEWEST, LEAST_SHARE = 3, 0.3  # lines that begin so, of those that are not blank: some stand below theirs
FIRST_S = 59  # by which a recording has begun to be said; what happens at 17:42 stays
LEAST_ENDS = 0.5  # of the lines, else they part sentences as subtitles do


def without_clocks(text: str) -> str:
    """The text without times that count from the beginning of a recording; as it is where they do not, or stand in few lines."""
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        return text
    found = [CLOCK.match(line) for line in lines]
    times = [_seconds(clock) for clock in found if clock]
    if len(times) < FEWEST or len(times) < LEAST_SHARE * sum(map(bool, map(str.strip, lines))) or not _counts_on(times):
        return text
    first = next(at for at, clock in enumerate(found) if clock)
    plain = [line[clock.end() :] if clock else line for line, clock in zip(lines, found, strict=True)]
    said = list(filter(str.strip, plain[first:]))
    if sum(map(ends_sentence, said)) < LEAST_ENDS * len(said):
        starts = [at for at, clock in enumerate(found) if clock]
        plain[first:] = paragraphs(_cues(plain, starts, times))
    return "\n".join(plain)


def _seconds(clock: re.Match[str]) -> int:
    hours, minutes, seconds = (
        next((int(clock[name]) for name in names if clock[name]), 0)
        for names in (("h", "hours"), ("m", "minutes", "minute"), ("s", "seconds", "second"))
    )
    return (hours * 60 + minutes) * 60 + seconds


def _counts_on(times: Sequence[int]) -> bool:
    """Whether they begin near nought and never go back."""
    return times[0] <= FIRST_S and times[-1] > times[0] and all(before <= after for before, after in pairwise(times))


def _cues(lines: Sequence[str], starts: Sequence[int], times: Sequence[int]) -> Iterator[Cue]:
    """What is said from each time on, up to the next."""
    edges = pairwise([*starts, len(lines)])
    for (start, stop), time, behind in zip(edges, times, [*times[1:], times[-1]], strict=True):
        yield Cue(time, behind, [line.strip() for line in lines[start:stop] if line.strip()])
