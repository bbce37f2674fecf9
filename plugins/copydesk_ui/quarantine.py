"""Records that were not accepted: those of a dump, and one with what it failed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query, Request, status
from fastapi.responses import HTMLResponse

from copydesk.lake.retrying import until_undisturbed
from copydesk.views.document.origins import run_of
from copydesk.views.document.sandbox import SANDBOX
from copydesk.views.quarantine import listed, refused
from copydesk_ui.access import Viewer
from copydesk_ui.lake import Given
from copydesk_ui.pages import render

Reason = Annotated[str | None, Query(max_length=100, pattern=r"^[a-z0-9_:]*$")]

router = APIRouter(prefix="/quarantine")


@router.get("/{source}/{dump}")
def list_quarantine(
    *,
    request: Request,
    viewer: Viewer,  # noqa: ARG001 - no route without a user
    settings: Given,
    source: str,
    dump: str,
    reason: Reason = None,
) -> HTMLResponse:
    """The first records of the dump that were not accepted, all or those with a reason."""
    SANDBOX.warm_up()
    run = run_of(settings, source, dump)
    listing = until_undisturbed(lambda: listed(run, reason or None))
    return render(request, "quarantine.html", source=source, dump=dump, reason=reason, listing=listing)


@router.get("/{source}/{dump}/{key}")
def show_refused(
    *,
    request: Request,
    viewer: Viewer,  # noqa: ARG001 - no route without a user
    settings: Given,
    source: str,
    dump: str,
    key: Annotated[str, Path(pattern="^[0-9a-f]{32}$")],
    patient: bool = False,
) -> HTMLResponse:
    """One of them: what it failed in words, and the raw record."""
    run = run_of(settings, source, dump)
    found = until_undisturbed(lambda: refused(run, key, is_patient=patient))
    if found is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, f"No such record in quarantine of {source} {dump}")
    return render(request, "refused.html", record=found)
