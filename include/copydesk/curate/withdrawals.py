"""Articles that their agency took back: the versions up to that of the notice, in any dump, count as if they had not come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.curate.catalogue import Partition, numbers_of
from copydesk.curate.days import days_of, month_of
from copydesk.curate.ordering import place_of
from copydesk.curate.partitions import clean_partitions
from copydesk.curate.sightings import stream
from copydesk.schema import CLEAN
from copydesk.storage import Storage


class _Told(NamedTuple):
    """A version of an item, or a notice: of which dump, and which number it has."""

    place: tuple[bool, str]
    version: int | None


def months_of(storage: Storage, source: str, ids: Collection[str]) -> set[str]:
    """The months of publication of these articles in any dump of the source."""
    if not ids:
        return set()
    wanted = pa.array(sorted(ids), pa.string())
    dumps = [each for each in clean_partitions(storage, [source]) if each.may_hold(numbers_of(wanted))]
    files = [file for each in dumps for file in each.files(storage)]
    rows = stream(storage, CLEAN, files, ["published_at"], pc.field("article_id").isin(wanted))
    return {month_of(day) for batch in rows for day in days_of(pa.chunked_array([batch["published_at"]])).to_pylist()}


def standing(sightings: pa.Table, clean: Iterable[Partition]) -> pa.Table:
    """`sightings` without those that were taken back."""
    noticed: defaultdict[str, list[_Told]] = defaultdict(list)
    for partition in clean:
        for article, versions in partition.withdrawn.items():
            noticed[article] += [_Told(place_of(partition.dump), version) for version in versions]
    concerned = pc.indices_nonzero(pc.is_in(sightings["article_id"], value_set=pa.array([*noticed], pa.string())))
    if not len(concerned):
        return sightings
    seen: defaultdict[str, list[tuple[int, _Told]]] = defaultdict(list)
    columns = (sightings[name].take(concerned).to_pylist() for name in ("article_id", "dump", "item_version"))
    for row, article, dump, version in zip(concerned.to_pylist(), *columns, strict=True):
        seen[article].append((row, _Told(place_of(dump), version)))
    stands = np.ones(sightings.num_rows, bool)
    for article, found in seen.items():
        notices = [*_numbered(noticed[article], [told for _, told in found])]
        stands[[row for row, told in found if any(_is_taken_back(told, notice) for notice in notices)]] = False
    return sightings.filter(pa.array(stands))


def _numbered(notices: Sequence[_Told], sightings: Sequence[_Told]) -> Iterator[_Told]:
    """The notices, each without a number with the highest that came in a dump before: it takes back what was sent."""
    for notice in notices:
        before = (told.version for told in (*notices, *sightings) if told.place < notice.place)
        highest = max((version for version in before if version is not None), default=None)
        yield notice if notice.version is not None else notice._replace(version=highest)


def _is_taken_back(sighting: _Told, notice: _Told) -> bool:
    """By the numbers of both; where one has none, by their dumps, of which each has settled for itself what it has of an item."""
    if sighting.version is None or notice.version is None:
        return sighting.place < notice.place
    return sighting.version <= notice.version
