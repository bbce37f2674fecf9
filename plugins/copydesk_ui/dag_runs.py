"""From a run of one of our DAGs to what became of its dump or month: a tab of the run in Airflow's UI."""

from __future__ import annotations

from urllib.parse import quote

from airflow.api_fastapi.common.db.common import SessionDep
from fastapi import APIRouter, HTTPException, Request, status
from fastapi.responses import RedirectResponse, Response

from copydesk_ui.access import READ, Viewer, require
from copydesk_ui.metadata import dump_of

router = APIRouter(prefix="/dag-runs")


@router.get("/{dag_id}/{run_id}")
def show_dump(*, request: Request, viewer: Viewer, session: SessionDep, dag_id: str, run_id: str) -> Response:
    """The page of the dump that the run ingests, or of the month it curates."""
    dump = dump_of(session, dag_id, run_id)
    if dump is None:
        raise HTTPException(
            status.HTTP_404_NOT_FOUND, f"{dag_id} {run_id} ingests no dump and curates no month, so there is nothing to show"
        )
    source, key = dump
    require(viewer, READ, source)
    return RedirectResponse(f"{request.scope['root_path']}/runs/{quote(source)}/{quote(key)}", status.HTTP_303_SEE_OTHER)
