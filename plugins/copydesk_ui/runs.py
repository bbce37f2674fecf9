"""One run of a dump: what it read, what became of it, why it was judged as it was; and what a person decides where it is held."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from airflow.api_fastapi.common.db.common import SessionDep
from fastapi import APIRouter, Form, HTTPException, Request, status
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from copydesk.lake.run_files import RunFiles
from copydesk.run import Run
from copydesk.views.run import decisions
from copydesk.views.run.data_docs import docs_pages
from copydesk.views.run.first_articles import first_articles, held_articles
from copydesk.views.run.page import run_page
from copydesk_ui.access import EDIT, Editor, Viewer, permitted
from copydesk_ui.audit import record
from copydesk_ui.guard import Posted
from copydesk_ui.lake import Given, Runs
from copydesk_ui.pages import render

Text = Annotated[str, Form()]

router = APIRouter(prefix="/runs")


@router.get("/{source}/{dump}")
def show_run(
    *, request: Request, viewer: Viewer, settings: Given, runs: Runs, source: str, dump: str, run: str | None = None
) -> HTMLResponse:
    """The last run of the dump, or the one of that name."""
    page = run_page(runs, settings, source, dump, run)
    if page is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, f"No such run of {source} {dump}")
    held = decisions.held_run(settings, source, dump) if page.is_waiting and page.source else None
    articles, count, trouble = _articles(runs, held, source, dump)
    return render(
        request,
        "run.html",
        page=page,
        held=held,
        is_begun=held is not None and decisions.is_begun(held),
        may_decide=bool(permitted(viewer, EDIT, [source])),
        articles=articles,
        article_count=count,
        article_trouble=trouble,
        docs=docs_pages(runs.storage, source, dump),
        max_reason_chars=decisions.MAX_REASON_CHARS,
    )


def _articles(runs: RunFiles, held: Run | None, source: str, dump: str) -> tuple[list[dict[str, Any]], int, str | None]:
    """Some of the articles, how many there are, and why they cannot be read: that is no reason to hide the run."""
    try:
        return *(held_articles(held) if held else first_articles(runs.storage, source, dump)), None
    except OSError as error:
        return [], 0, str(error)


@router.post("/{source}/{dump}/release", dependencies=[Posted])
def release_run(
    *, request: Request, editor: Editor, settings: Given, session: SessionDep, source: str, dump: str, run_id: Text, reason: Text
) -> Response:
    """Publish the run that is held, as it is."""
    decided = decisions.decision(editor.get_name(), reason)
    with _conflicts():
        decisions.release(settings, source, dump, run_id, decided)
    record(session, editor, "copydesk release", source, dump=dump, run_id=run_id, reason=decided.reason)
    return _back(request, source, dump)


@router.post("/{source}/{dump}/reject", dependencies=[Posted])
def reject_run(
    *, request: Request, editor: Editor, settings: Given, session: SessionDep, source: str, dump: str, run_id: Text, reason: Text
) -> Response:
    """Do away with what the run that is held made."""
    decided = decisions.decision(editor.get_name(), reason)
    with _conflicts():
        decisions.reject(settings, source, dump, run_id, decided)
    record(session, editor, "copydesk reject", source, dump=dump, run_id=run_id, reason=decided.reason)
    return _back(request, source, dump)


@contextmanager
def _conflicts() -> Iterator[None]:
    """Who was overtaken is told so, and looks again."""
    try:
        yield
    except decisions.NotHeld as error:
        raise HTTPException(status.HTTP_409_CONFLICT, str(error)) from None


def _back(request: Request, source: str, dump: str) -> Response:
    """The page again, by GET: loading it anew decides nothing twice."""
    return RedirectResponse(request.url_for("show_run", source=source, dump=dump).path, status.HTTP_303_SEE_OTHER)
