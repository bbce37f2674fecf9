"""What keeps hostile pages and hostile text away: response headers, a limit of forms, and proof that a POST comes from a page of ours."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from airflow.api_fastapi.auth.managers.models.base_user import BaseUser
from airflow.api_fastapi.auth.tokens import get_signing_key
from airflow.api_fastapi.core_api.security import GetUserDep
from airflow.configuration import conf
from fastapi import Depends, Form, HTTPException, Request, status
from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_FORM_BYTES = 64 << 10  # the longest reason takes a fifth of that, in whatever script
TOKEN_AGE_S = 12 * 3600  # a page left open over a working day can still be sent
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'self'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class Headers:
    """Adds the headers above to every response that does not set its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does, with more headers."""

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_guarded)


class FormLimit:
    """Turns down a body longer than any form of ours, unread: FastAPI reads a form before it asks who sends it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does, or not at all."""
        length = MutableHeaders(scope=scope).get("content-length") if scope["type"] == "http" else "0"
        if length is None and scope["method"] == "POST":
            await _turned_down(status.HTTP_411_LENGTH_REQUIRED, "Say how long the form is.")(scope, receive, send)
        elif int(length or 0) > MAX_FORM_BYTES:
            await _turned_down(status.HTTP_413_CONTENT_TOO_LARGE, "That is longer than any form of this page.")(
                scope, receive, send
            )
        else:
            await self.app(scope, receive, send)


def _turned_down(code: int, why: str) -> PlainTextResponse:
    return PlainTextResponse(f"{why}\n", code, {"Connection": "close"})  # what is still being sent is not for the next request


def token_for(user: BaseUser) -> str:
    """What a form of ours carries in the hidden field `token`; good for this user and for some hours."""
    return _serializer().dumps(user.get_id())


def check_posted(request: Request, user: GetUserDep, token: Annotated[str, Form()] = "") -> None:
    """403 for a POST that another site caused, or that no page of ours made for this user."""
    if not _is_same_origin(request):
        raise HTTPException(status.HTTP_403_FORBIDDEN, "This request came from another site; nothing was changed.")
    try:
        owner = _serializer().loads(token, max_age=TOKEN_AGE_S)
    except BadSignature:
        owner = None
    if owner is None or owner != user.get_id():
        raise HTTPException(status.HTTP_403_FORBIDDEN, "The page was too old, or was another user's; load it again and repeat.")


Posted = Depends(check_posted)


def _is_same_origin(request: Request) -> bool:
    """What the browser says of where the request began; one that says nothing still has to know the token."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:  # from https and this machine alone
        return site == "same-origin"
    # Of a page that sends no referrer, as ours are, browsers give `null` as the origin.
    return origin in (None, "null") or urlsplit(origin)[:2] in _own_origins(request)


def _own_origins(request: Request) -> set[tuple[str, str]]:
    addresses = (str(request.base_url), conf.get("api", "base_url", fallback=""))
    return {(scheme, host) for scheme, host, *_ in map(urlsplit, addresses)}


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(get_signing_key("api", "secret_key"), salt="copydesk form")
