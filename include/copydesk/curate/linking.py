"""The links of a month's copies to earlier articles, and which months a change of them concerns."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from copydesk.curate.copies import first_partners
from copydesk.curate.days import months_before, window_before, within
from copydesk.curate.sightings import files_of, stream
from copydesk.curate.signing import signatures
from copydesk.curate.sketches import SKETCH
from copydesk.curate.stories import Load, Stories
from copydesk.lake.layout import partition_path
from copydesk.lake.manifest import Manifest, load
from copydesk.lake.publishing import Publication, replace_partition
from copydesk.schema import SIGNATURES, STORY_LINKS
from copydesk.storage import Storage

INPUTS = "signatures"  # in the summary of a manifest: which signatures of which months the links were made from
OWED = "owed"  # months whose articles must be published again since the links changed; after a kill, they still must be


def link_month(storage: Storage, month: str) -> Manifest | None:
    """Bring `story_links` of the month up to date with the signatures it depends on; None where there is nothing to link."""
    inputs = _inputs(storage, month)
    live = links_manifest(storage, month)
    if (live is None and month not in inputs) or (live is not None and live.summary[INPUTS] == inputs):
        return live
    stories = signatures(
        storage,
        months_before(month),
        ["article_id", "source", "published_at", *SKETCH.names],
        window_before(month) & pc.field("superseded_by").is_null(),
    )
    links = first_partners(stories, _in_month(stories, month))
    owed = _concerned(links_of(storage), month, links).union(live.summary[OWED] if live else ())
    return replace_partition(storage, STORY_LINKS, {"published_month": month}, links, {INPUTS: inputs, OWED: sorted(owed)})


def owed_by(manifests: Iterable[Manifest | None]) -> set[str]:
    """The months that must be published again."""
    return {month for manifest in manifests if manifest for month in manifest.summary[OWED]}


def settle(storage: Storage, month: str, manifest: Manifest) -> None:
    """Say that the month's links owe nothing any more, unless they are not those of `manifest` by now."""
    if manifest.summary[OWED] and links_manifest(storage, month) == manifest:
        with Publication(storage, STORY_LINKS, manifest.values) as publication:
            for part in manifest.parts:
                publication.adopt(f"{publication.folder}/{part.name}", part)
            publication.publish({**manifest.summary, OWED: []})


def links_of(storage: Storage) -> Load:
    """What gives the links of a month as they are published."""

    def load_links(month: str) -> pa.Table:
        manifest = links_manifest(storage, month)
        files = files_of(storage, STORY_LINKS, manifest) if manifest else []
        names = STORY_LINKS.schema.names
        return pa.Table.from_batches(stream(storage, STORY_LINKS, files, names, pc.scalar(True)), STORY_LINKS.schema)

    return load_links


def links_manifest(storage: Storage, month: str) -> Manifest | None:
    """The manifest of a month's links."""
    return load(storage, partition_path(STORY_LINKS, {"published_month": month}))


def _inputs(storage: Storage, month: str) -> dict[str, list[str]]:
    """The signatures of each month that the links of `month` depend on, by the names of their files."""
    manifests = {each: load(storage, partition_path(SIGNATURES, {"published_month": each})) for each in months_before(month)}
    return {each: [part.name for part in manifest.parts] for each, manifest in manifests.items() if manifest}


def _in_month(stories: pa.Table, month: str) -> pa.Array:
    """Which of them were published in the month."""
    numbered = stories.select(["published_at"]).append_column("row", pa.array(range(stories.num_rows), pa.int64()))
    return pc.is_in(numbered["row"], value_set=numbered.filter(within(month))["row"].combine_chunks()).combine_chunks()


def _concerned(published: Load, month: str, links: pa.Table) -> set[str]:
    """The months of all articles of the stories in which links of the month came, went or changed."""
    before, after = (set(map(tuple, (row.values() for row in table.to_pylist()))) for table in (published(month), links))
    changed = {(month, str(row[0])) for row in before ^ after}
    new = Stories(lambda each: links if each == month else published(each))
    return Stories(published).months(changed) | new.months(changed)
