"""The partitions of `clean` as they stand: of those that have not changed, what the catalogue says, of the others their manifests."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from copydesk.curate.catalogue import (
    KEPT,
    Catalogue,
    Entry,
    Listed,
    Numbers,
    Partition,
    numbers_of,
    read_catalogue,
    write_catalogue,
)
from copydesk.curate.days import SUMMARY, month_of
from copydesk.curate.notices import notices_of
from copydesk.lake.layout import known_sources, parse_path, partition_path, source_folders
from copydesk.lake.locks import in_turn
from copydesk.lake.manifest import NAME, REQUESTS, Manifest, load_many
from copydesk.schema import CLEAN
from copydesk.storage import Storage

IDS_AT_ONCE = 1 << 16

log = logging.getLogger(__name__)


def clean_partitions(storage: Storage, sources: Collection[str] | None = None) -> list[Partition]:
    """Every partition of `clean`, or those of some sources, by path."""
    found = []
    for source in known_sources(storage, CLEAN) if sources is None else sources:
        listed = _listed(storage, source)
        catalogue = _valid(storage, source, read_catalogue(storage, source), listed)
        catalogue |= _from_manifests(storage, source, {dump: folder for dump, folder in listed.items() if dump not in catalogue})
        found += [catalogue[dump].partition for dump in listed if dump in catalogue]
    return found


def keep_catalogues(storage: Storage) -> None:
    """Bring what is kept of every source up to date. That it cannot be written is no reason to fail: manifests are read then.

    Writers of one machine take turns. Of two machines the later wins, and what it did not know of the next one adds.
    """
    for source in known_sources(storage, CLEAN):
        with in_turn(storage, f"{KEPT} {source}"):
            listed, kept = _listed(storage, source), read_catalogue(storage, source)
            catalogue = _valid(storage, source, kept, listed)
            new = {dump: folder for dump, folder in listed.items() if dump not in catalogue}
            catalogue |= _settled(storage, _from_manifests(storage, source, new))
            if catalogue != kept:
                _write(storage, source, {dump: catalogue[dump] for dump in sorted(catalogue)})


def _write(storage: Storage, source: str, catalogue: Catalogue) -> None:
    try:
        write_catalogue(storage, source, catalogue)
    except OSError as error:
        log.warning("%s: what its dumps hold is not kept, so a curation reads all of them: %s", source, error)


def _listed(storage: Storage, source: str) -> dict[str, Listed]:
    """The folders of a source that have a manifest, by dump and in the order of their paths, from one listing."""
    folders: dict[str, dict[str, int]] = {}
    for file in storage.files(source_folders(CLEAN, [source])[0]):
        path = PurePosixPath(file.path)
        if values := parse_path(CLEAN, str(path.parent)):
            folders.setdefault(str(values["dump"]), {})[path.name] = file.size
    return {dump: Listed(sizes.pop(NAME), sizes) for dump, sizes in folders.items() if NAME in sizes}


def _valid(storage: Storage, source: str, catalogue: Catalogue, listed: Mapping[str, Listed]) -> Catalogue:
    """What of it is still so. Parts are named by what is in them; notices are not, and others of the same number take as many bytes."""
    still = {dump: entry for dump, entry in catalogue.items() if listed.get(dump) == entry.listed}
    read = _from_manifests(storage, source, {dump: entry.listed for dump, entry in still.items() if entry.partition.withdrawn})
    for dump, entry in read.items():
        still[dump] = replace(entry, partition=replace(entry.partition, ids=still[dump].partition.ids))
    return still


def _from_manifests(storage: Storage, source: str, listed: Mapping[str, Listed]) -> Catalogue:
    folders = [partition_path(CLEAN, {"source": source, "dump": dump}) for dump in listed]
    manifests = zip(listed.items(), load_many(storage, folders), strict=True)
    return {dump: Entry(_described(source, dump, manifest), folder) for (dump, folder), manifest in manifests if manifest}


def _described(source: str, dump: str, manifest: Manifest) -> Partition:
    months = frozenset(month_of(day) for day in manifest.summary[SUMMARY])
    rows = {part.name: part.rows for part in manifest.parts}
    return Partition(source, dump, months, rows, withdrawn=notices_of(manifest.summary))


def _settled(storage: Storage, catalogue: Catalogue) -> Catalogue:
    """Those in whose folders is what their manifests name and nothing else, with the ids of their articles."""
    found = {dump: entry for dump, entry in catalogue.items() if entry.partition.rows.keys() == entry.listed.sizes.keys()}
    with ThreadPoolExecutor(1 if storage.is_local else REQUESTS) as pool:
        ids = pool.map(partial(_ids, storage), [entry.partition for entry in found.values()])
        return {
            dump: replace(entry, partition=replace(entry.partition, ids=numbers))
            for (dump, entry), numbers in zip(found.items(), ids, strict=True)
            if numbers is not None
        }


def _ids(storage: Storage, partition: Partition) -> Numbers | None:
    """The numbers of its articles; None where it cannot be read: replaced meanwhile, or damaged, which is for whoever needs its rows to say."""
    numbers = [np.empty(0, np.uint32)]
    try:
        for name in partition.rows:
            with storage.open_random(f"{partition.folder}/{name}") as stream, pq.ParquetFile(stream) as file:
                numbers += [numbers_of(batch["article_id"]) for batch in file.iter_batches(IDS_AT_ONCE, columns=["article_id"])]
    except (OSError, pa.ArrowInvalid) as error:
        log.info("%s: its articles are not kept in short: %s", partition.folder, error)
        return None
    return np.concatenate(numbers)
