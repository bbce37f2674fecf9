"""What is done with documents in a process that may be killed: cut into blocks, labelled, made into articles."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from copydesk.assembly.article import assemble
from copydesk.assembly.document import Origination
from copydesk.blocks.segment import segment
from copydesk.blocks.table import BLOCKS, DOCUMENTS, Segmented, joined
from copydesk.label_names import IS_KEPT, LABELS
from copydesk.labels.batching import together
from copydesk.labels.explanation import reasons
from copydesk.labels.labelling import Labelled, label
from copydesk.labels.learned_file import load_learned
from copydesk.labels.networks.hand_set import load_hand_set
from copydesk.labels.read_lines import rows_of
from copydesk.labels.repetition import Counts, count_lines
from copydesk.processes.killable import Killable
from copydesk.processes.limits import arm
from copydesk.records import Record, Reject
from copydesk.run import Run
from copydesk.schema import REMOVED
from copydesk.sites.book import rule_book
from copydesk.steps.editions import AGENCIES, NO_EDITIONS, editions_of
from copydesk.steps.isolation import allowed_seconds
from copydesk.storage import Storage
from copydesk.workdir import REPETITION, Packed, Workdir, packed

OWNER = "row"  # the row of the article that a cut block is from: two records with one id must not mix


class CutPart(NamedTuple):
    """What a batch was cut into."""

    records: int
    documents: Packed
    blocks: Packed
    lines: pa.Table  # how often each stands in it
    rejects: list[Reject]
    editions: pa.Table  # of agencies' items, which are in it


def prepare() -> None:
    """Read what every document needs, before any document's time runs."""
    load_hand_set()
    load_learned()
    rule_book()


WORKER = Killable(prepare)


def cut(run: Run, batch: list[Record | Reject]) -> CutPart:
    """A batch cut into blocks, and packed: so it is a third of the size that passes from one process to another."""
    part = segment(batch, run.settings.max_html_depth, run.source.name, run.key)
    lines = count_lines(part.documents, part.blocks)
    tables = packed(part.documents, DOCUMENTS), packed(part.blocks, BLOCKS)
    editions = editions_of(part, run.source.name) if run.source.format in AGENCIES else NO_EDITIONS
    return CutPart(part.documents.num_rows, *tables, lines, list(part.rejects.values()), editions)


def make_articles(run: Run, call: str, part: Segmented) -> tuple[pa.Table, pa.Table]:
    """A row for each document, with a body or without, and the blocks that are in no body; `call` is another one for each shard."""
    work = run.work
    labelled = label(part.documents, part.blocks, _counts(run.settings.lake, work.folder, call), favor=run.source.favor)
    articles = assemble(part, labelled, Origination(run.source.name, run.source.timezone, run.source.language))
    return articles, _removed(part, labelled, articles["article_id"])


def make_shard(run: Run, shard: int, call: str, first: int) -> Iterator[tuple[pa.Table, pa.Table]]:
    """The same for each part of a shard from the given one on, in the time that its documents may take."""
    for part in islice(segmented(run, shard), first, None):
        arm(allowed_seconds(run.settings, part.documents.num_rows))
        yield make_articles(run, call, part)


def segmented(run: Run, shard: int) -> Iterator[Segmented]:
    """What a shard was cut into, its batches brought together to what is labelled at once: few pages fill a batch."""
    work = run.work
    documents = work.read_tables(work.shard(shard, "documents.arrow"))
    blocks = work.read_tables(work.shard(shard, "blocks.arrow"))
    parts = (Segmented(*batch, {}) for batch in zip(documents, blocks, strict=True))
    yield from map(joined, together(parts, lambda part: part, run.settings.batch_records))


@lru_cache(1)
def _counts(lake: str, folder: str, _call: str) -> Counts:
    """The counts of the dump, read once a call: the next one may find that they were counted again."""
    return Counts.of(Workdir(Storage.open(lake), folder).read_tables(REPETITION))


def _removed(part: Segmented, labelled: Labelled, ids: pa.ChunkedArray) -> pa.Table:
    """Every block that is not in a body, and every line that was read by its label, with why: nothing leaves a document unseen."""
    rows = np.flatnonzero(~IS_KEPT[labelled.labels].astype(bool))
    taken = part.blocks.select(["document", "ordinal", "text"]).take(rows)
    names = pa.DictionaryArray.from_arrays(labelled.labels[rows].astype(np.int32), LABELS)
    told = {"label": names, "probability": labelled.probabilities[rows], "reasons": reasons(labelled, rows)}
    cut = _as_removed({**dict(zip(taken.column_names, taken.columns, strict=True)), **told}, ids)
    lines = rows_of(part.documents)
    if not lines.num_rows:
        return cut
    read = _as_removed(dict(zip(lines.column_names, lines.columns, strict=True)), ids)
    return pa.concat_tables([cut, read]).sort_by([(OWNER, "ascending"), ("ordinal", "ascending")])


def _as_removed(columns: dict[str, Any], ids: pa.ChunkedArray) -> pa.Table:
    """The columns as rows of `removed`, and the row of the article of each."""
    document = columns["document"]
    columns = {**columns, "article_id": ids.take(document)}
    found = pa.table({name: columns[name] for name in REMOVED.schema.names}).cast(REMOVED.schema)
    return found.append_column(OWNER, document.cast(pa.int64()))
