"""Which days of which source are good."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from copydesk_ui.access import Viewer
from copydesk_ui.pages import render

router = APIRouter()


@router.get("/")
def show(request: Request, viewer: Viewer) -> HTMLResponse:  # noqa: ARG001 - no route without a user
    """Sources by days."""
    return render(request, "calendar.html")
