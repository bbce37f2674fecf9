"""Templates become pages; whatever they are given is text until a template says otherwise."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from rich.filesize import decimal

from copydesk.views.visible import visible
from copydesk_ui.guard import token_for

PREFIX = "/copydesk"  # where Airflow mounts the app
TEMPLATES = Path(__file__).parent / "templates"

environment = Environment(
    loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


def number(count: int | None) -> str:
    """With separators of thousands; nothing where nothing is known."""
    return "" if count is None else f"{count:,}"


def short(count: int) -> str:
    """In four characters at most, for where there is no room: 999, 1.2k, 34k, 5.6M."""
    for unit, size in (("M", 1_000_000), ("k", 1_000)):
        if count >= size:
            return f"{count / size:.1f}{unit}" if count < 10 * size else f"{count // size}{unit}"
    return str(count)


def moment(at: datetime | None) -> str:
    """To the minute, in UTC; nothing where there is none."""
    return "" if at is None else f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


environment.filters |= {"number": number, "short": short, "moment": moment, "bytes": decimal, "visible": visible}


def render(request: Request, template: str, status_code: int = 200, **values: Any) -> HTMLResponse:
    """The page a template makes of the values.

    Every template also knows `root` (the address of our pages), `airflow` (that of Airflow's), `path` (of this page below `root`),
    `user`, and `token` (what a form has to carry); and the filters
    `number`, `short`, `moment`, `bytes` and `visible`.
    """
    root = request.scope.get("root_path", "")
    user = getattr(request.state, "copydesk_user", None)  # absent where an error page is shown to nobody
    known = {
        "root": root,
        "airflow": root.removesuffix(PREFIX),
        "path": request.scope["path"].removeprefix(root),
        "user": user and user.get_name(),
        "token": user and token_for(user),
    }
    return HTMLResponse(environment.get_template(template).render(**known, **values), status_code)
