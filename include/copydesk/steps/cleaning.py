"""A shard's documents and blocks → articles that pass, rows that do not, and the blocks that were cut."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator, Sequence
from dataclasses import fields
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.blocks.table import BLOCKS, Segmented
from copydesk.labels.texts.characters import Flags
from copydesk.lake.parts import text_bytes
from copydesk.processes.killable import Died
from copydesk.quality.expected import Outcome
from copydesk.quality.figures import FACTS, facts_of
from copydesk.quality.quarantine import from_rejects, from_rows
from copydesk.quality.rows import check_rows
from copydesk.quality.verdict import merge_outcomes
from copydesk.records import Origin, Reason, Reject, Stage
from copydesk.run import Run
from copydesk.schema import CLEAN, REMOVED
from copydesk.steps.editions import Aside
from copydesk.steps.isolation import allowed_seconds, isolate, refused
from copydesk.steps.plan import VALIDATE_SECONDS, not_after
from copydesk.steps.refusals import refuse
from copydesk.steps.repeats import Met
from copydesk.steps.shards import FACTS_FILE, Sorted, keeping
from copydesk.steps.working import OWNER, WORKER, make_articles, make_shard, segmented

# Text validated at once, a large shard of pages: Great Expectations takes an eighth of a second however few the rows.
CHECKED_BYTES = 48 << 20
# Short articles reach this number first. Half as many cost a run of 100,000 three per cent more time, and took 60 MB less.
CHECKED_ROWS = 6_000


class Made(NamedTuple):
    """What some documents became: articles, the blocks that were cut from them, and those that killed their worker."""

    articles: pa.Table
    cut: pa.Table
    rejects: list[Reject]


class Checked(NamedTuple):
    """What became of some rows, what figures need of them, how the expectations fared, and the seconds of CPU it took to ask them."""

    rows: Sorted
    facts: pa.Table
    outcomes: list[Outcome]
    seconds: float


NOTHING = Made(CLEAN.schema.empty_table(), REMOVED.schema.empty_table().append_column(OWNER, pa.array([], pa.int64())), [])


def clean_shard(run: Run, shard: int) -> dict[str, Any]:
    """Leaves the parts of `clean`, `quarantine` and `removed` in the work folder; its counts."""
    WORKER.start()
    work, met, aside = run.work, Met(), Aside.of(run)
    outcomes: list[list[Outcome]] = []
    validate_seconds = 0.0
    counts = dict.fromkeys(("accepted", "rejected", "removed"), 0)
    with keeping(work, shard) as keep, work.writing_tables(work.shard(shard, FACTS_FILE), FACTS) as note:

        def take(rows: Sorted) -> None:
            keep(rows)
            for name, table in zip(counts, rows, strict=True):
                counts[name] += table.num_rows

        for rejects in work.read_tables(work.shard(shard, "rejects.arrow")):
            take(Sorted(quarantine=rejects))
        for made in _stretches(made_of(run, shard)):
            checked = _checked(run, made, met, aside)
            take(checked.rows)
            note(checked.facts)
            outcomes.append(checked.outcomes)
            validate_seconds += checked.seconds
            del made, checked  # or they would be held while the next ones are made
    work.write_json(work.shard(shard, "outcomes.json"), merge_outcomes(outcomes))
    return {**counts, VALIDATE_SECONDS: round(validate_seconds, 3)}


def _checked(run: Run, made: Made, met: Met, aside: Aside) -> Checked:
    articles = made.articles
    set_aside = aside.among(articles)
    counts = ~np.any([*set_aside.values()], axis=0) if set_aside else np.ones(articles.num_rows, bool)
    has_body = pc.is_valid(articles["body"]).to_numpy() & counts
    is_repeated = np.zeros(articles.num_rows, bool)
    is_repeated[has_body] = met.meet(articles["article_id"].filter(pa.array(has_body)))
    is_checked = has_body & ~is_repeated
    candidates, checked = _filtered(articles, is_checked), np.flatnonzero(is_checked)
    started = time.process_time()  # others work meanwhile, on cores that the clock on the wall would count
    check = check_rows(candidates, run.source, not_after(run))
    seconds = time.process_time() - started
    quarantine = [
        from_rejects(made.rejects, run.source.name),
        *(refuse(articles.filter(pa.array(those)), Stage.ASSEMBLE, reason) for reason, those in set_aside.items()),
        refuse(articles.filter(pa.array(counts & ~has_body)), Stage.ASSEMBLE, Reason.NO_ARTICLE),
        from_rows(candidates, check),
        refuse(articles.filter(pa.array(is_repeated)), Stage.VALIDATE, Reason.DUPLICATE_ID),
    ]
    accepted = _filtered(candidates, check.accepted)
    is_left = pc.is_in(made.cut[OWNER], pa.array(checked[check.accepted]))
    removed = _filtered(made.cut, is_left.to_numpy()).drop_columns(OWNER)
    facts = facts_of(check.judged).filter(pa.array(check.accepted))
    return Checked(Sorted(accepted, pa.concat_tables(quarantine), removed), facts, check.outcomes, seconds)


def _filtered(table: pa.Table, is_wanted: Flags) -> pa.Table:
    """Some of the rows; they are not copied where all are wanted."""
    return table if is_wanted.all() else table.filter(pa.array(is_wanted))


def _stretches(parts: Iterator[Made]) -> Iterator[Made]:
    """Parts put together up to what is checked at once; at least one, be it empty."""
    held: list[Made] = []
    size = rows = 0
    for part in parts:
        held.append(part)
        size += text_bytes(part.articles) + text_bytes(part.cut)
        rows += part.articles.num_rows
        del part
        if size >= CHECKED_BYTES or rows >= CHECKED_ROWS:
            yield _together(held)
            size = rows = 0
    if held:
        yield _together(held)


def _together(parts: list[Made]) -> Made:
    """One of several, which are let go; its cut blocks know the rows of their articles anew."""
    firsts = np.cumsum([0, *(part.articles.num_rows for part in parts)]).tolist()
    cut = [
        part.cut.set_column(part.cut.num_columns - 1, OWNER, pc.add(part.cut[OWNER], first))
        for part, first in zip(parts, firsts, strict=False)
    ]
    made = Made(
        pa.concat_tables([part.articles for part in parts]),
        pa.concat_tables(cut),
        [reject for part in parts for reject in part.rejects],
    )
    parts.clear()
    return made


def made_of(run: Run, shard: int) -> Iterator[Made]:
    """The shard's documents as articles, a batch at a time; nothing at first, so that an empty shard is checked too."""
    yield NOTHING
    call, done = secrets.token_hex(8), 0
    # What a batch may take, of which nothing is heard meanwhile.
    patience = allowed_seconds(run.settings, run.settings.batch_records)
    while True:
        try:
            job = partial(make_shard, run, shard, call, done)
            for articles, cut in WORKER.ask_for_many(patience, job):
                done += 1
                yield Made(articles, cut, [])
        except Died:
            part = next(islice(segmented(run, shard), done, None), None)
            if part is None:
                return
            yield from _worked(run, call, part)
            done += 1
        else:
            return


def _worked(run: Run, call: str, part: Segmented) -> Iterator[Made]:
    """A batch that killed its worker as articles, and the rejects of those documents that cannot be."""

    def work(rows: Sequence[int]) -> tuple[pa.Table, pa.Table]:
        chosen = part if len(rows) == part.documents.num_rows else _chosen(part, rows)
        return WORKER.ask(allowed_seconds(run.settings, len(rows)), partial(make_articles, run, call, chosen))

    found, deaths = isolate(range(part.documents.num_rows), work)
    killers = part.documents.take(pa.array(list(deaths), pa.int32())).to_pylist()
    rejects = [_refused(run, row, death) for row, death in zip(killers, deaths.values(), strict=True)]
    yield NOTHING._replace(rejects=rejects)
    for articles, cut in found:
        yield Made(articles, cut, [])


def _chosen(part: Segmented, rows: Sequence[int]) -> Segmented:
    """Some of the documents with their blocks, as if there were no others."""
    wanted = pa.array(rows, pa.int32())
    place = pc.index_in(part.blocks["document"], wanted)
    blocks = part.blocks.set_column(0, BLOCKS.field("document"), place).filter(pc.is_valid(place))
    return Segmented(part.documents.take(wanted), blocks, {})


def _refused(run: Run, document: dict[str, Any], death: Died) -> Reject:
    origin = Origin(**{field.name: document[f"origin_{field.name}"] for field in fields(Origin)})
    return refused(death, Stage.ASSEMBLE, run.settings, origin, document["url"])
