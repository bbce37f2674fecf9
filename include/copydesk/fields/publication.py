"""When an article was published and last changed, from claims, date lines and its address, in order of trust."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from copydesk.blocks.table import Claim
from copydesk.fields.dates import EARLIEST, Moment, parse_date

# What follows in a date line says of the time behind it.
MARKERS = re.compile(
    r"\b(?:(?P<updated>(?:last |zuletzt )?(?:updated?|modified|changed|edited|aktualisiert|geändert|mise? à jour|actualisée?|modifiée?"
    r"|actualizad[oa]|actualización|aktualizacja|обновлено|ενημέρωση)|stand(?=:))"
    r"|(?P<published>(?:first )?(?:published|posted|veröffentlicht|publiée?|publicad[oa]|opublikowano|опубликовано|δημοσίευση))\b)",
    re.IGNORECASE,
)
URL_DATE = re.compile(
    r"/(?P<date>(?:19|20)\d\d[/-](?:0?[1-9]|1[0-2])[/-](?:[0-3]?\d))(?:[/_-]|$)"
    r"|[/_-](?P<compact>20\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]))(?:[/_.-]|$)"
)
SLACK = timedelta(hours=36)  # a crawl day is often all that is known, and the newsroom's clock may be ahead of it
MAX_LINE_CHARS = 1000  # a longer line is no date line
PUBLISHED, MODIFIED = "published_at", "modified_at"  # fields of claims
TRUST = ("given", "jsonld", "meta", "microdata", "time")


class Times(NamedTuple):
    """Publication and last change, and what said so."""

    published: Moment | None
    clue: str | None
    modified: Moment | None


class Reader(NamedTuple):
    """How the times of one document are read."""

    crawled: datetime | None  # nothing was published later
    zone: str  # of times that carry none
    language: str | None

    def believe(self, stated: Iterator[tuple[str, str]]) -> tuple[Moment, str] | tuple[None, None]:
        """The first time that the calendar and the crawl allow, and its clue."""
        for text, clue in stated:
            moment = parse_date(text, self.zone, self.language)
            if moment and moment.at >= EARLIEST and (self.crawled is None or moment.at - SLACK <= self.crawled):
                return moment, clue
        return None, None


def read_times(claims: Sequence[Claim], lines: Sequence[str], url: str | None, reader: Reader) -> Times:
    """The most trusted times of publication and last change; `lines` are the date lines in order."""
    published, clue = reader.believe(_published(claims, lines, url))
    modified, _ = reader.believe(_modified(claims, lines))
    if published and modified and modified.at <= published.at:
        modified = None
    return Times(published, clue, modified)


def _published(claims: Sequence[Claim], lines: Sequence[str], url: str | None) -> Iterator[tuple[str, str]]:
    yield from _claimed(claims, PUBLISHED)
    for line in lines:
        for text, is_change in split_line(line):
            if not is_change:
                yield text, "date line"
    if url and (found := URL_DATE.search(url)):
        yield (found["date"] or found["compact"]).replace("/", "-"), "url"
    for line in lines:  # better the time of a change than none
        yield line, "date line"


def _modified(claims: Sequence[Claim], lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield from _claimed(claims, MODIFIED)
    for line in lines:
        for text, is_change in split_line(line):
            if is_change:
                yield text, "date line"


def split_line(line: str) -> Iterator[tuple[str, bool]]:
    """The statements of `Published 1 May, updated 2 May`, and whether each says when the article was changed."""
    line = line[:MAX_LINE_CHARS]
    start, is_change = 0, False
    for marker in MARKERS.finditer(line):
        if line[start : marker.start()].strip():
            yield line[start : marker.start()], is_change
        start, is_change = marker.end(), marker["updated"] is not None
    yield line[start:], is_change


def says_change(line: str) -> bool:
    """Whether the line says when the article was changed, and nothing else."""
    return all(is_change for _, is_change in split_line(line))


def _claimed(claims: Sequence[Claim], field: str) -> Iterator[tuple[str, str]]:
    for clue in TRUST:
        for claim in claims:
            if claim.field == field and claim.clue == clue:
                yield claim.value, clue
