"""Sources by days: which are good, which want a person, which are missing."""

from __future__ import annotations

from dataclasses import replace

from airflow.api_fastapi.common.db.common import SessionDep
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from copydesk.lake.layout import known_sources
from copydesk.schema import RUNS
from copydesk.sources import CURATE, load_all
from copydesk.views.calendar.arrivals import Arrivals, look_for_arrivals
from copydesk.views.calendar.page import Known, make_calendar
from copydesk.views.calendar.states import State
from copydesk_ui import metadata
from copydesk_ui.access import OPERATE, READ, Viewer, dag_id_of, has_right, permitted
from copydesk_ui.asked import Ask
from copydesk_ui.lake import Given, Runs
from copydesk_ui.pages import render

FEW_DAYS = 31  # so many have room for a number each
LISTED = 50  # of the days that want a person
QUICK = {"30 days": 30, "3 months": 91, "1 year": 365}

router = APIRouter()


@router.get("/")
def show_calendar(
    *, request: Request, viewer: Viewer, asked: Ask, settings: Given, runs: Runs, session: SessionDep, started: int | None = None
) -> HTMLResponse:
    """The calendar; raw files are listed only where that is asked for, as the page does by itself once it is shown."""
    files, errors = load_all(settings.sources)
    names = permitted(viewer, READ, {*files, *known_sources(runs.storage, RUNS)} - {CURATE})
    shown = names.intersection(asked.sources) if asked.sources else names
    known = Known(
        sources={name: file for name, file in files.items() if name in shown},
        lines=runs.lines(asked.days.first, asked.days.last, sorted(shown)),
        attempts=metadata.attempts(session, shown, asked.days),
        arrivals=Arrivals(),
        now=asked.now,
    )
    if asked.wants_arrivals:
        arrivals = look_for_arrivals(runs.storage, settings.raw, known.sources, asked.days, known.lines)
        known = replace(known, arrivals=arrivals)
    return render(
        request,
        "calendar.html",
        asked=asked,
        calendar=make_calendar(asked.days, known),
        names=sorted(names),
        wrong_files=len(errors),
        remarks=known.arrivals.remarks,
        listed=LISTED,
        quick=QUICK,
        state_of=State,
        has_room=len(asked.days) <= FEW_DAYS,
        may_backfill=has_right(viewer, OPERATE),
        dag_id_of=dag_id_of,
        started=started,
    )
