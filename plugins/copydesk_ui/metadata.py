"""What Airflow's own database knows of the runs of sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from airflow.models.dag import DagModel
from airflow.models.dagrun import DagRun
from airflow.utils.state import DagRunState
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from copydesk.sources import CURATE
from copydesk.views.calendar.days import Range
from copydesk.views.calendar.states import Attempt
from copydesk_ui.access import INGEST, dag_id_of

# A backfill that is cancelled leaves the runs it had queued as failed ones that never began: they did nothing, so what was before counts.
BEGAN_OR_MAY = or_(DagRun.state != DagRunState.FAILED, DagRun.start_date.is_not(None))


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a source is run next, and whether it is at all."""

    is_paused: bool
    next_key: str | None
    next_at: datetime | None


def attempts(session: Session, sources: Iterable[str], days: Range) -> dict[tuple[str, str], Attempt]:
    """By source and dump day, Airflow's last run of it."""
    dags = {dag_id_of(source): source for source in sources}
    columns = DagRun.dag_id, DagRun.partition_key, DagRun.run_id, DagRun.state, DagRun.queued_at, DagRun.run_after
    keys = DagRun.partition_key.between(days.first.isoformat(), days.last.isoformat())
    rows = session.execute(select(*columns).where(DagRun.dag_id.in_(dags), keys, BEGAN_OR_MAY).order_by(DagRun.id))
    return {
        (dags[dag_id], key): Attempt(run_id, str(state), queued_at or run_after)
        for dag_id, key, run_id, state, queued_at, run_after in rows
    }


def dump_of(session: Session, dag_id: str, run_id: str) -> tuple[str, str] | None:
    """Source and key of the dump a run ingests, or of the month it curates; None where it does neither."""
    query = select(DagRun.partition_key, DagRun.conf).where(DagRun.dag_id == dag_id, DagRun.run_id == run_id)
    row = session.execute(query).first()
    if row is None:
        return None
    if dag_id == dag_id_of("archive"):
        given = row.conf or {}
        return (str(given["source"]), str(given["key"])) if given.keys() >= {"source", "key"} else None
    if dag_id.startswith(INGEST) or dag_id == CURATE:
        return (dag_id.removeprefix(INGEST), row.partition_key) if row.partition_key else None
    return None


def schedules(session: Session, sources: Iterable[str]) -> dict[str, Schedule]:
    """By source; none of a source whose file Airflow has not read yet."""
    dags = {dag_id_of(source): source for source in sources}
    columns = DagModel.dag_id, DagModel.is_paused, DagModel.next_dagrun_partition_key, DagModel.next_dagrun_create_after
    rows = session.execute(select(*columns).where(DagModel.dag_id.in_(dags), DagModel.is_stale.is_(False)))
    return {dags[dag_id]: Schedule(is_paused, key, at) for dag_id, is_paused, key, at in rows}


def last_attempts(session: Session, sources: Iterable[str]) -> dict[str, tuple[str, Attempt]]:
    """By source, Airflow's last run and the dump it was of."""
    dags = {dag_id_of(source): source for source in sources}
    last = select(func.max(DagRun.id)).where(DagRun.dag_id.in_(dags), BEGAN_OR_MAY).group_by(DagRun.dag_id)
    columns = DagRun.dag_id, DagRun.partition_key, DagRun.run_id, DagRun.state, DagRun.queued_at, DagRun.run_after
    rows = session.execute(select(*columns).where(DagRun.id.in_(last)))
    return {
        dags[dag_id]: (key or "", Attempt(run_id, str(state), queued_at or run_after))
        for dag_id, key, run_id, state, queued_at, run_after in rows
    }
