"""The sources: what their files say, what is wrong with them, and when they run."""

from __future__ import annotations

from airflow.api_fastapi.common.db.common import SessionDep
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from copydesk.lake.layout import known_sources
from copydesk.schema import RUNS
from copydesk.sources import CURATE
from copydesk.views.sources import read_source_files, what_was_ingested
from copydesk_ui import metadata
from copydesk_ui.access import READ, Viewer, dag_id_of, permitted
from copydesk_ui.lake import Given, Runs
from copydesk_ui.pages import render

router = APIRouter()


@router.get("/sources")
def show_sources(request: Request, viewer: Viewer, settings: Given, runs: Runs, session: SessionDep) -> HTMLResponse:
    """Each source file, right or wrong, with its last and next run."""
    files = read_source_files(settings.sources)
    in_lake = set(known_sources(runs.storage, RUNS)) - {CURATE}
    seen = permitted(viewer, READ, {*(file.name for file in files), *in_lake})
    return render(
        request,
        "sources.html",
        folder=settings.sources,
        files=[file for file in files if file.name in seen],
        without_file=sorted(in_lake.intersection(seen) - {file.name for file in files}),
        last=metadata.last_attempts(session, seen),
        schedules=metadata.schedules(session, seen),
        ingested={name: what_was_ingested(runs, name) for name in seen},
        dag_id_of=dag_id_of,
    )
