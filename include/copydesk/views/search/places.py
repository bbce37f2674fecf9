"""Where articles stand, by id or by address; of the rows passed over only the ids are read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from copydesk.curate.days import UNKNOWN
from copydesk.fields.identity import article_id, item_id
from copydesk.fields.urls import canonical
from copydesk.lake.layout import partition_folders
from copydesk.raw.agencies.stories import edition_of
from copydesk.schema import CLEAN, SIGNATURES
from copydesk.storage import Storage
from copydesk.views.rows import Spot, part_paths, rows_at, spots

ID = re.compile(r"[0-9a-f]{32}")
ITEM = re.compile(r"(?!https?://)\S+:\S+")  # the name of an agency's item
FRESH_DUMPS = 60  # looked into for an article that no curation has seen yet


class Place(NamedTuple):
    """Where the row of an article stands: in `articles` by its day of publication, or in `clean` by its dump, not curated yet."""

    article_id: str
    day: str | None = None
    source: str | None = None
    dump: str | None = None


def locate(lake: Storage, ids: Sequence[str], months: Iterable[str] | None = None) -> dict[str, Place]:
    """Where articles stand, by the ids that were asked for; one whose source changed its address is under its later id."""
    found: dict[str, Place] = {}
    for month in _months(lake) if months is None else months:
        missing = [each for each in ids if each not in found]
        if not missing:
            break
        paths = part_paths(lake, SIGNATURES, {"published_month": month})
        for each, spot in spots(lake, paths, missing):
            found[each] = _signed(lake, spot)
    return found


def locate_fresh(lake: Storage, wanted: str) -> Place | None:
    """Where an article stands in the last dumps, that is not in `articles`."""
    dumps = sorted((values for values, _ in partition_folders(lake, CLEAN)), key=lambda v: str(v["dump"]), reverse=True)
    for values in dumps[:FRESH_DUMPS]:
        if next(spots(lake, part_paths(lake, CLEAN, values), [wanted]), None):
            return Place(wanted, None, values["source"], values["dump"])
    return None


def ids_of_address(url: str, sources: Collection[str]) -> list[str]:
    """The ids that an article at the address has, if it is of one of the sources."""
    plain = canonical(url)
    return [article_id(source, plain, None, None, None) for source in sources] if plain else []


def ids_of_item(name: str, sources: Collection[str]) -> list[str]:
    """The ids that an agency's item of this name has, such as `urn:newsml:…`, if it is of one of the sources."""
    edition = edition_of(name, None)
    return [item_id(source, edition.item) for source in sources] if edition else []


def _months(lake: Storage) -> list[str]:
    """The months that have signatures, latest first; articles without a date last."""
    months = [str(values["published_month"]) for values, _ in partition_folders(lake, SIGNATURES)]
    return sorted(months, key=lambda month: (month != UNKNOWN, month), reverse=True)


def _signed(lake: Storage, spot: Spot) -> Place:
    (row,) = rows_at(lake, [spot], ["article_id", "published_at", "superseded_by"])
    if row["superseded_by"]:
        return locate(lake, [row["superseded_by"]]).get(row["superseded_by"], Place(row["article_id"], UNKNOWN))
    return Place(row["article_id"], _day_of(row["published_at"]))


def _day_of(moment: datetime | None) -> str:
    return moment.astimezone(UTC).date().isoformat() if moment else UNKNOWN
