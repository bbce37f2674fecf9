"""Every route of the Copydesk page, asked for by nobody in particular, and by a page of another site."""

from __future__ import annotations

import json
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from playwright.sync_api import expect

from localairflow.home import LOOPBACK

pytestmark = [pytest.mark.integration, pytest.mark.timeout(2400)]

LISTING = """
import json
from copydesk_ui.app import create
print(json.dumps([[method, route.path] for route in create().routes for method in sorted(route.methods)]))
"""
GIVEN = {
    "source": "harbour_courier",
    "dump": "2026-11-01",
    "name": "copydesk.css",
    "name:path": "index.html",
    "article_id": 32 * "a",
    "key": 32 * "a",
    "dag_id": "ingest_harbour_courier",
    "run_id": "manual",
}


@pytest.fixture(scope="module")
def routes(airflow, checkout):
    """Method and address of each, as the plugin of this Airflow has them."""
    command = [sys.executable, "-W", "ignore", "-c", LISTING]
    environment = {**airflow.home.environment(), "PYTHONPATH": str(checkout / "plugins")}  # where Airflow looks, too
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return [(method, fill(path)) for method, path in json.loads(done.stdout.splitlines()[-1])]


def fill(path):
    for name, value in GIVEN.items():
        path = path.replace(f"{{{name}}}", value)
    assert "{" not in path, f"say in GIVEN what to put for the parameters of {path}"
    return f"/copydesk{path}"


@pytest.fixture
def nobody(airflow):
    with httpx.Client(base_url=airflow.home.url, timeout=60, trust_env=False) as client:
        yield client


def test_nobody_sees_or_changes_anything_without_a_session(routes, nobody):
    answers = {(method, path): nobody.request(method, path).status_code for method, path in routes}
    assert {answer for answer in answers if answers[answer] != 401} == set()
    assert len(answers) >= 14


def test_a_browser_without_a_session_is_led_to_the_login_and_back(routes, nobody):
    for path in [path for method, path in routes if method == "GET"]:
        answer = nobody.get(path, headers={"accept": "text/html"})
        there = urlsplit(answer.headers["location"])
        assert (answer.status_code, there.path, parse_qs(there.query)) == (303, "/api/v2/auth/login", {"next": [path]})


def test_who_is_not_signed_in_comes_through_the_login_to_the_page_they_asked_for(visit, sign_in):
    tab = visit()
    tab.open("/sources")
    sign_in(tab)
    expect(tab.page.get_by_role("heading", name="Sources", exact=True)).to_be_visible()


@pytest.fixture
def other_site(airflow):
    """One on the same machine, so that the browser even sends it the session's cookie; it frames a run, and has a form to release it."""
    run = f"{airflow.home.url}{fill('/runs/{source}/{dump}')}"
    page = f'<iframe src="{run}"></iframe><form method="post" action="{run}/release"><input name="reason" value="seen"></form>'

    class Site(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_):
            """Not into the tests' output."""

    with ThreadingHTTPServer((LOOPBACK, 0), Site) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://{LOOPBACK}:{server.server_port}/"
        server.shutdown()


def test_another_site_decides_nothing_and_frames_nothing(signed_in, other_site):
    tab = signed_in()
    with tab.page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        tab.page.goto(other_site)
    with tab.page.expect_response(lambda answer: answer.url.endswith("/release")) as released:
        tab.page.locator("form").evaluate("form => form.submit()")
    assert released.value.status == 403
    expect(tab.page.locator("main")).to_contain_text("This request came from another site; nothing was changed.")
    tab.wrong.clear()  # all of it was the other site's
