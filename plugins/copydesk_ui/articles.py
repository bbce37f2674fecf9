"""Articles: searched, looked into block by block, and corrected."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any

from airflow.api_fastapi.auth.managers.models.base_user import BaseUser
from airflow.api_fastapi.common.db.common import SessionDep
from fastapi import APIRouter, Form, HTTPException, Path, Query, Request, status
from fastapi.responses import RedirectResponse, Response

from copydesk.label_names import LABELS
from copydesk.lake.layout import known_sources
from copydesk.lake.retrying import until_undisturbed
from copydesk.schema import CLEAN
from copydesk.storage import Storage
from copydesk.views.article.corrections import WITHDRAWN, correct
from copydesk.views.article.page import inspect
from copydesk.views.document.sandbox import SANDBOX
from copydesk.views.search.article_rows import look_up
from copydesk.views.search.hits import MOST_HITS, WEB, search
from copydesk.views.search.places import ID, ITEM, Place, ids_of_address, ids_of_item, locate
from copydesk_ui.access import EDIT, READ, Editor, Viewer, permitted, require
from copydesk_ui.audit import record
from copydesk_ui.guard import Posted
from copydesk_ui.lake import Given
from copydesk_ui.pages import render

DAY = r"^(\d{4}-\d\d-\d\d|unknown)$"
LONGEST_QUESTION = 2_000

ArticleId = Annotated[str, Path(pattern=f"^{ID.pattern}$")]
Day = Annotated[str | None, Query(pattern=DAY)]
FormDay = Annotated[str | None, Form(pattern=DAY)]

router = APIRouter(prefix="/articles")


@router.get("")
def search_articles(
    *,
    request: Request,
    viewer: Viewer,
    settings: Given,
    q: Annotated[str, Query(max_length=LONGEST_QUESTION)] = "",
    first: Annotated[str, Query(pattern=r"^(\d{4}-\d\d-\d\d)?$")] = "",
    last: Annotated[str, Query(pattern=r"^(\d{4}-\d\d-\d\d)?$")] = "",
) -> Response:
    """The form, and what was found: an article itself by its id or address, a list by words of titles."""
    SANDBOX.warm_up()  # whoever searches looks into an article next
    lake, question = Storage.open(settings.lake), q.strip()
    sources = permitted(viewer, READ, known_sources(lake, CLEAN))
    if place := _named(lake, question, sources):
        return _to_article(request, place)
    hits = until_undisturbed(lambda: search(lake, question, sources, first=_date(first), last=_date(last)))
    return render(request, "articles.html", question=question, found=hits, asked=(first, last), most_hits=MOST_HITS)


@router.get("/{article_id}")
def show_article(
    *,
    request: Request,
    viewer: Viewer,
    settings: Given,
    article_id: ArticleId,
    day: Day = None,
    block: int | None = None,
    patient: bool = False,
) -> Response:
    """One article; `block` is the one that a form is shown at, and with `patient` even a huge record is labelled."""
    lake = Storage.open(settings.lake)
    place, row = _found(lake, viewer, article_id, day)
    if place.article_id != article_id:
        return _to_article(request, place)
    sources = permitted(viewer, READ, known_sources(lake, CLEAN))
    article = until_undisturbed(lambda: inspect(settings, place, row, sources, is_patient=patient))
    return render(
        request,
        "article.html",
        article=article,
        labels=LABELS,
        withdrawn=WITHDRAWN,
        open_block=block,
        may_correct=bool(permitted(viewer, EDIT, [article.source])),
    )


@router.post("/{article_id}/corrections", dependencies=[Posted])
def correct_block(
    *,
    request: Request,
    editor: Editor,
    settings: Given,
    session: SessionDep,
    article_id: ArticleId,
    ordinal: Annotated[int, Form(ge=0)],
    mark: Annotated[str, Form(pattern="^[0-9a-f]{16}$")],
    label: Annotated[str, Form(max_length=20)],
    day: FormDay = None,
) -> Response:
    """Put on record what a block is, or that an earlier correction of it does not hold."""
    place, row = _found(Storage.open(settings.lake), editor, article_id, day)
    require(editor, EDIT, row["source"])
    judged = correct(settings, row, ordinal, mark, label, by=editor.get_name(), at=datetime.now(UTC))
    event = "copydesk correct" if judged.label else "copydesk withdraw"
    record(session, editor, event, judged.source, dump=judged.dump, article_id=article_id, block=ordinal, label=judged.label)
    return _to_article(request, place, f"#block-{ordinal}")


def _named(lake: Storage, question: str, sources: set[str]) -> Place | None:
    """The article whose id or address the question is."""
    ids = [question] if ID.fullmatch(question) else ids_of_item(question, sources) if ITEM.fullmatch(question) else []
    ids += ids_of_address(question, sources) if WEB.match(question) else []
    if not ids:
        return None
    found = locate(lake, ids)
    return next(iter(found.values()), Place(question) if ID.fullmatch(question) else None)


def _found(lake: Storage, user: BaseUser, article_id: str, day: str | None) -> tuple[Place, dict[str, Any]]:
    """The article, if the lake has it and the user may see its source."""
    found = until_undisturbed(lambda: look_up(lake, article_id, day))
    if found is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, f"No article {article_id} in the lake")
    require(user, READ, found[1]["source"])
    return found


def _to_article(request: Request, place: Place, anchor: str = "") -> Response:
    """Its page, by GET."""
    query = f"?day={place.day}" if place.day else ""
    address = request.url_for("show_article", article_id=place.article_id).path
    return RedirectResponse(f"{address}{query}{anchor}", status.HTTP_303_SEE_OTHER)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise HTTPException(status.HTTP_422_UNPROCESSABLE_CONTENT, f"{text} is no day") from None
