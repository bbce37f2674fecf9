"""When an article was published and last changed, from claims, date lines and its address, in order of trust."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from copydesk.blocks.table import Claim
from copydesk.fields.dates import EARLIEST, Moment, parse_date

UPDATED = re.compile(r"\b(?:updated?|modified|last (?:changed|edited)|aktualisiert|stand:|mis à jour|modifié|actualizado|aktualizacja|обновлено|ενημέρωση)\b", re.IGNORECASE)
URL_DATE = re.compile(r"/(?P<date>(?:19|20)\d\d[/-](?:0?[1-9]|1[0-2])[/-](?:[0-3]?\d))(?:[/_-]|$)|[/_-](?P<compact>20\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]))(?:[/_.-]|$)")
SLACK = timedelta(hours=36)  # a crawl day is often all that is known, and the newsroom's clock may be ahead of it
TRUST = ("given", "jsonld", "meta", "microdata", "time")


class Times(NamedTuple):
    """Publication and last change, and what said so."""

    published: Moment | None
    clue: str | None
    modified: Moment | None


def read_times(
    claims: Sequence[Claim], lines: Sequence[str], url: str | None, crawled: datetime | None, zone: str, language: str | None
) -> Times:
    """The most trusted time that the calendar and the crawl allow; `lines` are the date lines in order."""
    published, clue = next(_believable(_published(claims, lines, url), crawled, zone, language), (None, None))
    modified, _ = next(_believable(_modified(claims, lines), crawled, zone, language), (None, None))
    if published and modified and modified.at <= published.at:
        modified = None
    return Times(published, clue, modified)


def _published(claims: Sequence[Claim], lines: Sequence[str], url: str | None) -> Iterator[tuple[str, str]]:
    yield from _claimed(claims, "published_at")
    for line in lines:
        if not UPDATED.search(line):
            yield line, "date line"
    if url and (found := URL_DATE.search(url)):
        yield (found["date"] or found["compact"]).replace("/", "-"), "url"
    for line in lines:  # better the time of a change than none
        yield line, "date line"


def _modified(claims: Sequence[Claim], lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield from _claimed(claims, "modified_at")
    for line in lines:
        if found := UPDATED.search(line):
            yield line[found.start() :], "date line"


def _claimed(claims: Sequence[Claim], field: str) -> Iterator[tuple[str, str]]:
    for clue in TRUST:
        for claim in claims:
            if claim.field == field and claim.clue == clue:
                yield claim.value, clue


def _believable(
    stated: Iterator[tuple[str, str]], crawled: datetime | None, zone: str, language: str | None
) -> Iterator[tuple[Moment, str]]:
    for text, clue in stated:
        moment = parse_date(text, zone, language)
        if moment and moment.at >= EARLIEST and (crawled is None or moment.at <= crawled + SLACK):
            yield moment, clue
