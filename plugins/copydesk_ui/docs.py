"""Data Docs of a partition, served to those who may see its runs, as a page that can do nothing."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Response, status

from copydesk.views.run.data_docs import read_docs
from copydesk_ui.access import Viewer
from copydesk_ui.lake import Runs

# Great Expectations writes article text into it: no script, no form, no request, and an origin of its own that has no session.
POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'self'"

router = APIRouter(prefix="/docs")


@router.get("/{source}/{dump}/{name:path}")
def show_docs(viewer: Viewer, runs: Runs, source: str, dump: str, name: str) -> Response:  # noqa: ARG001 - no route without a user
    """A page of the Data Docs by its name."""
    page = read_docs(runs.storage, source, dump, name)
    if page is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, f"No such page of the Data Docs of {source} {dump}")
    return Response(page, media_type="text/html", headers={"Content-Security-Policy": POLICY})
