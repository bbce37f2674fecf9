"""Style sheet, scripts and icon: a fixed list of files, so that no path leads elsewhere."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, HTTPException, status
from fastapi.responses import FileResponse

from copydesk_ui.access import Viewer

FILES = {path.name: path for path in (Path(__file__).parent / "static").iterdir()}
CACHED = {"Cache-Control": "private, max-age=60"}  # short: after an upgrade pages and scripts fit again within a minute

router = APIRouter()


@router.get("/static/{name}")
def serve(name: str, viewer: Viewer) -> FileResponse:  # noqa: ARG001 - no route without a user
    """One of the files."""
    if name not in FILES:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such file")
    return FileResponse(FILES[name], headers=CACHED)
