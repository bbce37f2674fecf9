"""Articles that their agency took back: in the dump with the notice, and in those before, they count as if they had not come."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pyarrow as pa
import pyarrow.compute as pc

from copydesk.curate.catalogue import Partition, numbers_of
from copydesk.curate.days import days_of, month_of
from copydesk.curate.partitions import clean_partitions
from copydesk.curate.sightings import stream
from copydesk.curate.versions import place_of
from copydesk.schema import CLEAN
from copydesk.storage import Storage


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
    """`sightings` without those up to the last notice that the article is withdrawn; a later dump may have it again."""
    noticed: dict[str, tuple[bool, str]] = {}
    for partition in clean:
        place = place_of(partition.dump)
        for article in partition.withdrawn:
            noticed[article] = max(place, noticed.get(article, place))
    if not noticed:
        return sightings
    rows = zip(sightings["article_id"].to_pylist(), sightings["dump"].to_pylist(), strict=True)
    stands = [article not in noticed or place_of(dump) > noticed[article] for article, dump in rows]
    return sightings.filter(pa.array(stands, pa.bool_()))
