"""Days of a source run again, or for the first time, as a backfill of Airflow's own."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Annotated
from urllib.parse import urlencode

from airflow.api_fastapi.common.db.common import SessionDep
from airflow.api_fastapi.core_api.datamodels.backfills import BackfillPostBody
from airflow.api_fastapi.core_api.routes.public.backfills import create_backfill, create_backfill_dry_run
from airflow.models.backfill import ReprocessBehavior
from fastapi import APIRouter, Form, HTTPException, Request, status
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session

from copydesk.sources import Source, load_all
from copydesk_ui.access import OPERATE, Operator, dag_id_of, permitted, require
from copydesk_ui.asked import Ask
from copydesk_ui.audit import record
from copydesk_ui.guard import Posted
from copydesk_ui.lake import Given
from copydesk_ui.pages import render

AGAIN = {
    ReprocessBehavior.NONE: "days that no run tried",
    ReprocessBehavior.FAILED: "those, and days whose last run failed",
    ReprocessBehavior.COMPLETED: "every day, again",
}
AT_ONCE = 2  # runs, as many as the DAG allows

router = APIRouter(prefix="/backfills")


@dataclass(frozen=True, slots=True)
class Strays:
    """How many days lie outside those the source has dumps of, and the planned days that do not."""

    count: int
    start: str
    end: str | None
    inside: Collection[str]


@dataclass(frozen=True, slots=True)
class Wish:
    """A backfill as a form asks for it; both days are included."""

    source: str
    first: date
    last: date
    again: ReprocessBehavior

    @property
    def body(self) -> BackfillPostBody:
        """The same for Airflow's API, which takes the days of a partitioned DAG in the DAG's own zone."""
        first, last = (datetime.combine(day, time.min, UTC) for day in (self.first, self.last))
        return BackfillPostBody(
            dag_id=dag_id_of(self.source), from_date=first, to_date=last, max_active_runs=AT_ONCE, reprocess_behavior=self.again
        )


@router.get("/new")
def prepare_backfill(
    *,
    request: Request,
    operator: Operator,
    asked: Ask,
    settings: Given,
    session: SessionDep,
    again: ReprocessBehavior = ReprocessBehavior.NONE,
) -> HTMLResponse:
    """The form, and what Airflow would run if it were sent."""
    files = load_all(settings.sources)[0]
    names = sorted(permitted(operator, OPERATE, files))
    source = next((name for name in asked.sources if name in names), None)
    keys, refusal = _planned(Wish(source, asked.days.first, asked.days.last, again), session) if source else (None, None)
    return render(
        request,
        "backfill.html",
        asked=asked,
        names=names,
        source=source,
        again=again,
        choices=AGAIN,
        keys=keys,
        refusal=refusal,
        strays=_strays(files[source], keys or ()) if source else None,
    )


@router.post("", dependencies=[Posted])
def start_backfill(
    *,
    request: Request,
    operator: Operator,
    session: SessionDep,
    source: Annotated[str, Form()],
    first: Annotated[date, Form()],
    last: Annotated[date, Form()],
    again: Annotated[ReprocessBehavior, Form()],
) -> Response:
    """Ask Airflow for the runs, and go back to the calendar of these days."""
    require(operator, OPERATE, source)
    wish = Wish(source, first, last, again)
    with _refusals():
        backfill = create_backfill(wish.body, operator, session)
    record(session, operator, "create_backfill", source, first=str(first), last=str(last), again=again.value)
    query = urlencode({"first": first, "last": last, "source": source, "started": backfill.id})
    return RedirectResponse(f"{request.scope['root_path']}/?{query}", status.HTTP_303_SEE_OTHER)


def _strays(source: Source, keys: Collection[str]) -> Strays | None:
    """Which of the days the source has no dumps of, by its own file; None where it has all."""
    inside = [key for key in keys if source.start <= key <= (source.end or key)]
    return Strays(len(keys) - len(inside), source.start, source.end, inside) if len(inside) < len(keys) else None


def _planned(wish: Wish, session: Session) -> tuple[list[str], str | None]:
    """The days Airflow would run, or why it would not."""
    try:
        with _refusals():
            runs = create_backfill_dry_run(wish.body, session).backfills
    except HTTPException as refusal:
        return [], str(refusal.detail)
    return sorted(run.partition_key or "" for run in runs), None


@contextmanager
def _refusals() -> Iterator[None]:
    """What Airflow says against a backfill, in the words of its exception alone."""
    try:
        yield
    except RequestValidationError as error:
        raise HTTPException(status.HTTP_400_BAD_REQUEST, str(error.errors())) from None
