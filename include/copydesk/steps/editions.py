"""Of an agency's item the last version of a dump counts, and none where that says it is withdrawn, in whatever order they came.

Each shard notes which versions it has met; with all shards there it is settled which records are set aside.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from typing import Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from copydesk.blocks.table import Segmented
from copydesk.fields.given import GIVEN, ITEM, VERSION
from copydesk.fields.identity import item_id
from copydesk.labels.texts.characters import Flags, Hashes
from copydesk.records import Reason, Reject, origin_columns
from copydesk.run import Run
from copydesk.steps.plan import shard_numbers
from copydesk.workdir import Workdir

NAME, ASIDE, WITHDRAWN = "editions.arrow", "aside.arrow", "withdrawn.json"
PLACE = ("origin_uri", "origin_member", "origin_ordinal", "origin_offset")  # of a record, and of no other
UNNUMBERED = -1
KEPT = pa.schema(
    [
        ("item", pa.uint64()),
        ("version", pa.int64()),
        ("place", pa.uint64()),
        ("notice", pa.string()),  # article_id, where it is withdrawn
    ]
)
MET = pa.schema([*KEPT, ("uri", pa.string()), ("ordinal", pa.int64())])  # by which they are put in the order of the files
SET_ASIDE = pa.schema([("place", pa.uint64()), ("is_withdrawn", pa.bool_())])

NO_EDITIONS = MET.empty_table()
AGENCIES = frozenset({"ninjs", "nitf", "newsml"})  # formats whose items come in versions


@contextmanager
def noting(work: Workdir, shard: int) -> Iterator[Callable[[pa.Table], None]]:
    """Take the editions of a shard's batches, and keep them in the order of the files."""
    held: list[pa.Table] = [NO_EDITIONS]
    yield held.append
    met = pa.concat_tables(held)
    if met.num_rows:
        with work.writing_tables(work.shard(shard, NAME), KEPT) as write:
            write(met.sort_by([("uri", "ascending"), ("ordinal", "ascending")]))


def editions_of(part: Segmented, source: str) -> pa.Table:
    """The versions that are among the documents of a batch, and the notices among its rejects."""
    return pa.concat_tables([_of_documents(part.documents, source), _of_notices([*part.rejects.values()], source)])


def settle(run: Run) -> None:
    """Leaves which records of the run are set aside, and which versions of articles are withdrawn."""
    work = run.work
    if run.source.format not in AGENCIES:  # on object storage a look for each shard is a request
        return
    met = pa.concat_tables(
        [KEPT.empty_table(), *(table for n in shard_numbers(work) for table in _read(work, work.shard(n, NAME)))]
    )
    if not met.num_rows:
        return
    item, is_notice = met["item"].to_numpy(), pc.is_valid(met["notice"]).to_numpy()
    version = _numbered(item, met["version"].to_numpy(), is_notice)
    # A notice takes back its own version wherever that lies; without numbers what comes last counts.
    order = np.lexsort((np.arange(len(item)), is_notice & (version != UNNUMBERED), version, item))
    last = order[np.append(item[order][1:] != item[order][:-1], True)[: len(order)]]
    standing = last[np.searchsorted(item[last], item)]  # the last version of the item of each
    is_withdrawn = is_notice[standing]
    is_earlier = (version < version[standing]) | ((version == UNNUMBERED) & (np.arange(len(item)) != standing))
    is_aside = ~is_notice & (is_withdrawn | is_earlier)
    with work.writing_tables(ASIDE, SET_ASIDE) as write:
        write(pa.table([met["place"].filter(pa.array(is_aside)), is_withdrawn[is_aside]], schema=SET_ASIDE))
    work.write_json(WITHDRAWN, _noticed(met.filter(pa.array(is_notice)), version[is_notice]))


def _numbered(item: Hashes, version: NDArray[np.int64], is_notice: Flags) -> NDArray[np.int64]:
    """The versions, of a notice without one that of the highest before it: it takes back what was sent."""
    version, highest = version.copy(), dict[int, int]()
    unnumbered = is_notice & (version == UNNUMBERED)
    for at in np.flatnonzero(np.isin(item, item[unnumbered])).tolist():
        so_far = highest.get(item[at], UNNUMBERED)
        version[at] = so_far if unnumbered[at] else version[at]
        highest[item[at]] = max(so_far, version[at])
    return version


def _noticed(notices: pa.Table, numbered: NDArray[np.int64]) -> dict[str, list[int | None]]:
    """By article the highest version that is taken back, and None where a notice has no number: then what other dumps had, too."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for article, given, version in zip(
        notices["notice"].to_pylist(), notices["version"].to_pylist(), numbered.tolist(), strict=True
    ):
        found[article].update((given, version))
    return {article: _highest(versions) + [None] * (UNNUMBERED in versions) for article, versions in sorted(found.items())}


def _highest(versions: set[int]) -> list[int | None]:
    return [max(versions)] if max(versions) != UNNUMBERED else []


def noticed(work: Workdir) -> dict[str, list[int | None]]:
    """The versions that the dump's notices take back, by article_id, as `curate.notices` has them."""
    versions: dict[str, list[int | None]] = work.read_json(WITHDRAWN) or {}
    return versions


class Aside:
    """The records of a run that are set aside."""

    def __init__(self, places: Hashes, is_withdrawn: Flags) -> None:
        order = np.argsort(places)
        self._places, self._is_withdrawn = places[order], is_withdrawn[order]

    @classmethod
    def of(cls, run: Run) -> Self:
        """As it was settled; none where nothing was, as in a replay."""
        kept = _read(run.work, ASIDE) if run.source.format in AGENCIES else ()
        table = pa.concat_tables([SET_ASIDE.empty_table(), *kept])
        return cls(table["place"].to_numpy(), table["is_withdrawn"].to_numpy())

    def among(self, articles: pa.Table) -> Mapping[Reason, Flags]:
        """Which of the articles are set aside, for each reason."""
        if not len(self._places):
            return {}
        places = _places(articles)
        at = np.minimum(np.searchsorted(self._places, places), len(self._places) - 1)
        is_aside, is_withdrawn = self._places[at] == places, self._is_withdrawn[at]
        return {Reason.SUPERSEDED: is_aside & ~is_withdrawn, Reason.WITHDRAWN: is_aside & is_withdrawn}


def _read(work: Workdir, name: str) -> Iterator[pa.Table]:
    """The tables of a file that is there only where it has any."""
    if work.storage.size(work.path(name)) is not None:
        yield from work.read_tables(name)


def _of_documents(documents: pa.Table, source: str) -> pa.Table:
    """The versions among documents, as they were read into claims."""
    claims = documents["claims"].combine_chunks()
    owner, flat = pc.list_parent_indices(claims), pc.list_flatten(claims)
    is_given = pc.equal(pc.struct_field(flat, "clue"), GIVEN)
    told: list[dict[int, str]] = []
    for field in (ITEM, VERSION):
        wanted = pc.and_(is_given, pc.equal(pc.struct_field(flat, "field"), field))
        values = pc.struct_field(flat, "value").filter(wanted).to_pylist()
        told.append(dict(zip(owner.filter(wanted).to_pylist(), values, strict=True)))
    items, versions = told
    rows = documents.select(PLACE).take(pa.array(list(items), pa.int64()))
    numbers = [int(versions.get(row, UNNUMBERED)) for row in items]
    return _met([item_id(source, item) for item in items.values()], numbers, rows, [None] * len(items))


def _of_notices(rejects: Sequence[Reject], source: str) -> pa.Table:
    found = [(reject, reject.edition) for reject in rejects if reject.edition]
    rows = [{name: value for name, value in origin_columns(reject.origin).items() if name in PLACE} for reject, _ in found]
    ids = [item_id(source, edition.item) for _, edition in found]
    versions = [UNNUMBERED if edition.version is None else edition.version for _, edition in found]
    schema = pa.schema([(name, pa.int64() if name in PLACE[2:] else pa.string()) for name in PLACE])
    return _met(ids, versions, pa.Table.from_pylist(rows, schema), ids)


def _met(ids: list[str], versions: list[int], rows: pa.Table, notices: Sequence[str | None]) -> pa.Table:
    columns: list[Any] = [
        pa.array([int(one[:16], 16) for one in ids], pa.uint64()),
        pa.array(versions, pa.int64()),
        _places(rows),
        pa.array(notices, pa.string()),
        rows["origin_uri"].cast(pa.string()),
        rows["origin_ordinal"].cast(pa.int64()),
    ]
    return pa.table(columns, schema=MET)


def _places(rows: pa.Table) -> Hashes:
    parts = zip(*(rows[name].to_pylist() for name in PLACE), strict=True)
    hashes = (int.from_bytes(blake2b(repr(part).encode(), digest_size=8).digest(), "big") for part in parts)
    return np.fromiter(hashes, np.uint64, rows.num_rows)
