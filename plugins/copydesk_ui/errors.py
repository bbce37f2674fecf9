"""What is shown where a page cannot be: in words, and without a word about the server's inside."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from copydesk.errors import BadInput
from copydesk_ui.pages import PREFIX, render


def handle_errors(app: FastAPI) -> None:
    """Let every error of a route end in a page of ours."""
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _misunderstood)
    app.add_exception_handler(BadInput, _bad_input)
    app.add_exception_handler(OSError, _unreachable)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - what it is registered for
    is_read = request.method == "GET" and "text/html" in request.headers.get("accept", "")
    if error.status_code == HTTPStatus.UNAUTHORIZED and is_read:
        return _to_login(request)
    return _page(request, error.status_code, str(error.detail))


def _to_login(request: Request) -> Response:
    """Airflow's own way to the login, and back here."""
    airflow = request.scope.get("root_path", "").removesuffix(PREFIX)
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{airflow}/api/v2/auth/login?{urlencode({'next': request.url.path + query})}", HTTPStatus.SEE_OTHER)


def _misunderstood(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    mistakes = [f"{mistake['loc'][-1]}: {mistake['msg']}" for mistake in error.errors()]
    return _page(request, HTTPStatus.UNPROCESSABLE_ENTITY, "; ".join(mistakes))


def _bad_input(request: Request, error: Exception) -> Response:
    return _page(request, HTTPStatus.BAD_REQUEST, str(error))


def _unreachable(request: Request, error: Exception) -> Response:
    return _page(request, HTTPStatus.BAD_GATEWAY, f"The lake cannot be read: {error}")


def _page(request: Request, status: int, message: str) -> Response:
    return render(request, "error.html", status, phrase=HTTPStatus(status).phrase, message=message)
