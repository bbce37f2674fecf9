"""A judged run → partitions that readers see, and its row in `runs`."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from typing import Any, NamedTuple

from copydesk.curate.days import SUMMARY, WITHDRAWN, touched_months
from copydesk.curate.withdrawals import months_of
from copydesk.errors import BadInput
from copydesk.lake.layout import partition_path
from copydesk.lake.manifest import load
from copydesk.lake.merging import Group, Placed, groups_of, is_settled, merge
from copydesk.lake.publishing import Publication
from copydesk.processes.pool import ALONE, Workers
from copydesk.run import Run
from copydesk.schema import CLEAN, QUARANTINE, REMOVED, Dataset, Judged
from copydesk.steps.accounting import files_to_look_at
from copydesk.steps.recording import record_run
from copydesk.steps.rows import placed_parts
from copydesk.workdir import PUBLICATION, REPETITION, TOUCHED, VERDICT, Workdir

# `clean` last: who sees an article there finds its cut blocks and its neighbours in quarantine already.
ORDER = (QUARANTINE, REMOVED, CLEAN)
REPETITIONS = "repetition"  # folder beside the datasets
MERGED = "merged"  # folder of the run's work folder
COUNTED = ("verdict", "verdict_reasons", "records_seen", "records_accepted", "records_rejected", "touched_months")


class Job(NamedTuple):
    """Parts of a dataset that are to become one."""

    dataset: Dataset
    number: int  # among the groups of the dataset
    group: Group


def publish_run(run: Run, workers: Workers = ALONE) -> dict[str, Any]:
    """Publish the run's parts; a second call for a run that was published says the same and changes nothing."""
    work = run.work
    counts: dict[str, Any] | None = work.read_json(PUBLICATION)
    if counts is None:
        outcome = _verdict(work)
        outcome["touched_months"] = _touched(run, outcome)
        keep_repetition(run)
        _publish_datasets(run, outcome, _merged(run, workers))
        record_run(run, outcome)
        counts = {name: outcome[name] for name in COUNTED} | {"files_to_look_at": files_to_look_at(outcome["inputs"])}
        work.write_json(PUBLICATION, counts)
    work.keep_only(PUBLICATION)
    return counts


def _publish_datasets(run: Run, outcome: dict[str, Any], parts: dict[str, list[Placed]]) -> None:
    """All three of one run.

    Another run of the dump may have published meanwhile, where this one was taken for dead and was not: between its datasets. So
    each is looked at once more when the last is there. That costs a listing each, where nobody was.
    """
    summaries = {CLEAN.name: _summary(outcome)}
    with ExitStack() as open_until_all_are_there:
        publications = [open_until_all_are_there.enter_context(_collected(run, dataset, parts)) for dataset in ORDER]
        for publication in (*publications, *publications[:-1]):
            publication.publish(summaries.get(publication.dataset.name))


def _summary(outcome: dict[str, Any]) -> dict[str, Any]:
    """What the manifest of `clean` tells a curation, which then need not read the rows."""
    withdrawn = {WITHDRAWN: outcome["withdrawn"]} if outcome.get("withdrawn") else {}
    return {SUMMARY: outcome["published_days"], **withdrawn}


def _collected(run: Run, dataset: Dataset, parts: dict[str, list[Placed]]) -> Publication:
    publication = Publication(run.lake, dataset, run.values)
    for placed in parts[dataset.name]:
        publication.adopt(placed.path, placed.part)
    return publication


def _merged(run: Run, workers: Workers) -> dict[str, list[Placed]]:
    """The parts of each dataset as readers like them; what of them is to be written is written side by side."""
    groups = {dataset.name: groups_of(run.lake, dataset, placed_parts(run.work, dataset)) for dataset in ORDER}
    jobs = [Job(dataset, n, group) for dataset in ORDER for n, group in enumerate(groups[dataset.name]) if not is_settled(group)]
    for job, written in workers.each(partial(_written, run), jobs):
        groups[job.dataset.name][job.number] = written
    return {name: [placed for group in those for placed in group] for name, those in groups.items()}


def _written(run: Run, job: Job) -> Group:
    return merge(run.lake, run.work.path(f"{MERGED}/{job.dataset.name}-{job.number}"), job.dataset, job.group)


def keep_repetition(run: Run) -> None:
    """Keep how often the dump's lines stand in it: a record that is done again later is labelled as if among the others."""
    run.lake.link_file(run.work.path(REPETITION), repetition_path(run))


def repetition_path(run: Run) -> str:
    """Where those counts lie beside the datasets."""
    return f"{partition_path(CLEAN, run.values).replace(CLEAN.name, REPETITIONS, 1)}/{REPETITION}"


def _verdict(work: Workdir) -> dict[str, Any]:
    outcome: dict[str, Any] | None = work.read_json(VERDICT)
    if outcome is None or outcome["verdict"] == Judged.HOLD:
        found = "was not judged; clear the whole run, from `plan` on" if outcome is None else "is held; release or reject it"
        raise BadInput(f"{work.storage.uri_of(work.folder)}: the run {found}")
    return outcome


def _touched(run: Run, outcome: dict[str, Any]) -> list[str]:
    """Months of the new partition and of the one it replaces: a month that loses its articles must be curated again.

    Kept before anything is published, since after a kill the partition that was replaced can no longer be asked.
    """
    work = run.work
    live = load(work.storage, partition_path(CLEAN, run.values))
    old, new = live.summary if live else {}, _summary(outcome)
    months = {*touched_months(old or None, new), *(work.read_json(TOUCHED) or ())}
    withdrawn = {*old.get(WITHDRAWN, ()), *new.get(WITHDRAWN, ())}
    touched = sorted(months | months_of(run.lake, run.source.name, withdrawn))
    work.write_json(TOUCHED, touched)
    return touched
