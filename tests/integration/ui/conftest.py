from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Error,
    FrameLocator,
    Page,
    Request,
    StorageState,
    ViewportSize,
    expect,
    sync_playwright,
)

from localairflow.home import USER
from localairflow.server import LocalAirflow

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
PATIENCE_MS = 120_000  # two cores run the browser, tasks, scheduler and API server at once
HELD = "2026-11-01"
WIDTHS = {1280: 860, 1920: 1080}
RUN_TIMEOUT_S = 240.0


@dataclass
class Visit:
    """A tab of a browser, and everything in it that should not be."""

    page: Page
    airflow: str  # its address
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._said)
        self.page.on("pageerror", self._failed)
        self.page.on("dialog", self._asked)
        self.page.on("request", self._requested)

    @property
    def ours(self) -> FrameLocator:
        """The page as Airflow frames it."""
        return self.page.frame_locator("iframe[title=Copydesk]")

    def open(self, path: str) -> None:
        """A page of ours, in a tab of its own."""
        self.page.goto(f"{self.airflow}/copydesk{path}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":  # what a policy forbids is said so, too
            self.wrong.append(f"{message.text} ({message.location.get('url')})")

    def _failed(self, error: Error) -> None:
        self.wrong.append(f"uncaught: {error.message}")

    def _asked(self, dialog: Dialog) -> None:
        self.wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _requested(self, request: Request) -> None:
        there = urlsplit(request.url)
        if there.scheme in ("http", "https") and f"{there.scheme}://{there.netloc}" != self.airflow:
            self.wrong.append(f"request to another host: {request.url}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if executable is None:
        pytest.skip(f"no browser: none of {', '.join(CHROMIUM)} is installed")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable)  # without its sandbox, so that root may run it, too
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, airflow: LocalAirflow) -> Iterator[Callable[..., Visit]]:
    """Open a tab; nothing wrong may have happened in any of them when the test is over."""
    visits: list[tuple[BrowserContext, Visit]] = []

    def begin(state: StorageState | None = None, width: int = 1280, **options: str) -> Visit:
        size = ViewportSize(width=width, height=WIDTHS[width])
        context = browser.new_context(storage_state=state, viewport=size, locale="en-GB", timezone_id="UTC", **options)
        context.set_default_timeout(PATIENCE_MS)
        visits.append((context, Visit(context.new_page(), airflow.home.url)))
        return visits[-1][1]

    yield begin
    for context, _ in visits:
        context.close()
    assert [wrong for _, visit in visits for wrong in visit.wrong] == []


@pytest.fixture
def sign_in(airflow: LocalAirflow) -> Callable[[Visit], None]:
    """Through Airflow's own form, which the tab shows."""

    def by_form(visit: Visit) -> None:
        visit.page.get_by_label("Username").fill(USER)
        visit.page.get_by_label("Password").fill(airflow.home.password)
        visit.page.get_by_role("button", name="Sign in").click()

    return by_form


@pytest.fixture(scope="session")
def session(browser: Browser, airflow: LocalAirflow) -> StorageState:
    """What a browser keeps of a user who is signed in."""
    with browser.new_context() as context:
        answer = context.request.post(
            f"{airflow.home.url}/auth/token", data={"username": USER, "password": airflow.home.password}
        )
        token = answer.json()["access_token"]
        context.add_cookies([{"name": "_token", "value": token, "url": airflow.home.url}])
        return context.storage_state()


@pytest.fixture
def signed_in(visit: Callable[..., Visit], session: StorageState) -> Callable[..., Visit]:
    """Open a tab of a user who is signed in."""

    def begin(**options: object) -> Visit:
        return visit(session, **options)

    return begin


@pytest.fixture(scope="session")
def ingest(airflow: LocalAirflow, backfilled: object, settle: Callable[[LocalAirflow], object]) -> Callable[[str, str], None]:
    """Run a day of a source to its end, good or bad, and what follows from it."""

    def run(source: str, day: str) -> None:
        dag_id = f"ingest_{source}"
        airflow.api.wait_for_run(dag_id, airflow.api.trigger(dag_id, day), RUN_TIMEOUT_S)
        settle(airflow)

    return run


@pytest.fixture(scope="session")
def held(ingest: Callable[[str, str], None]) -> str:
    """A day that waits for somebody's decision, as part of the address of its run."""
    ingest("doubtful", HELD)
    return f"doubtful/{HELD}"


@pytest.fixture(scope="session")
def shoot() -> Callable[[Page, str], None]:
    """Keep a picture, where it is asked for (`make screenshots`)."""

    def picture(page: Page, name: str) -> None:
        if folder := os.environ.get("SCREENSHOTS"):
            page.screenshot(path=Path(folder) / f"{name}.png", animations="disabled")

    return picture
