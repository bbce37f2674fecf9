from __future__ import annotations

from dataclasses import dataclass, field

import pytest

ROLES = (None, "viewer", "user", "op", "admin")
SEE, OPERATE, EDIT = "see", "operate", "edit"
MAY = {SEE: ("viewer", "user", "op", "admin"), OPERATE: ("user", "op", "admin"), EDIT: ("user", "op", "admin")}
DAY = "2026-11-03"
ARTICLE = 32 * "a"
CORRECTION = {"ordinal": "0", "mark": 16 * "a", "label": "rail"}


@dataclass(frozen=True)
class Call:
    """One way to call a route, in a lake that is empty, and what whoever may gets for it."""

    path: str
    right: str = SEE
    answer: int = 200
    form: dict[str, str] = field(default_factory=dict)


CALLS = {
    "GET /": Call("/"),
    "GET /sources": Call("/sources"),
    "GET /static/{name}": Call("/static/copydesk.css"),
    "GET /backfills/new": Call("/backfills/new", OPERATE),
    "POST /backfills": Call(
        "/backfills", OPERATE, 404, {"source": "lbc", "first": DAY, "last": DAY, "again": "none"}
    ),  # the DAG is not there yet
    "GET /articles": Call("/articles"),
    "GET /articles/{article_id}": Call(f"/articles/{ARTICLE}", answer=404),
    "POST /articles/{article_id}/corrections": Call(f"/articles/{ARTICLE}/corrections", EDIT, 404, CORRECTION),
    "GET /quarantine/{source}/{dump}": Call(f"/quarantine/lbc/{DAY}"),
    "GET /quarantine/{source}/{dump}/{key}": Call(f"/quarantine/lbc/{DAY}/{ARTICLE}", answer=404),
    "GET /runs/{source}/{dump}": Call(f"/runs/lbc/{DAY}", answer=404),
    "POST /runs/{source}/{dump}/release": Call(f"/runs/lbc/{DAY}/release", EDIT, 409, {"run_id": "a", "reason": "seen"}),
    "POST /runs/{source}/{dump}/reject": Call(f"/runs/lbc/{DAY}/reject", EDIT, 409, {"run_id": "a", "reason": "seen"}),
    "GET /dag-runs/{dag_id}/{run_id}": Call("/dag-runs/ingest_lbc/manual", answer=404),
    "GET /docs/{source}/{dump}/{name:path}": Call(f"/docs/lbc/{DAY}/index.html", answer=404),
}


def routes() -> list[str]:
    from copydesk_ui.app import create

    return [f"{method} {route.path}" for route in create().routes for method in sorted(route.methods)]


@pytest.fixture(autouse=True)
def source(write_source, tmp_path):
    write_source("lbc")
    for folder in ("raw", "lake"):
        (tmp_path / folder).mkdir()


def status(airflow, role, call, method, **headers):
    form = {"token": airflow.token(role), **call.form} if role else call.form
    given = {"data": form} if method == "POST" else {}
    return airflow.client(role).request(method, f"/copydesk{call.path}", headers=headers, **given).status_code


def test_every_route_stands_in_the_table_of_rights(airflow):
    assert sorted(CALLS) == sorted(routes())


def expected(call, role):
    return 401 if role is None else call.answer if role in MAY[call.right] else 403


def table_of_rights():
    """As docs/ui_rights.md has it: what whoever may gets depends on the lake, so `yes` stands for it."""
    yield "| route | nobody signed in | viewer | user | op | admin |"
    yield "|---|---|---|---|---|---|"
    for route, call in CALLS.items():
        answers = [str(status) if (status := expected(call, role)) in (401, 403) else "yes" for role in ROLES]
        yield f"| `{route}` | {' | '.join(answers)} |"


def test_the_docs_have_the_table_of_rights(checkout):
    assert "\n".join(table_of_rights()) in (checkout / "docs" / "ui_rights.md").read_text()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("route", CALLS)
def test_a_route_answers_whoever_has_the_right_and_nobody_else(airflow, route, role):
    call = CALLS[route]
    assert status(airflow, role, call, route.split()[0]) == expected(call, role)


@pytest.mark.parametrize("route", [route for route in CALLS if route.startswith("POST")])
class TestAPostThatNoPageOfOursMade:
    def test_is_refused_without_a_token(self, airflow, route):
        call = CALLS[route]
        assert airflow.client("admin").post(f"/copydesk{call.path}", data=call.form).status_code == 403

    def test_is_refused_with_the_token_of_another_user(self, airflow, route):
        call = CALLS[route]
        form = call.form | {"token": airflow.token("op")}
        assert airflow.client("admin").post(f"/copydesk{call.path}", data=form).status_code == 403

    @pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
    def test_is_refused_from_another_site(self, airflow, route, site):
        assert status(airflow, "admin", CALLS[route], "POST", **{"sec-fetch-site": site}) == 403

    def test_from_a_page_of_ours_it_is_let_through(self, airflow, route):
        call = CALLS[route]
        headers = {"sec-fetch-site": "same-origin", "origin": "null"}  # what a browser sends of a page without referrer
        assert status(airflow, "admin", call, "POST", **headers) == call.answer

    def test_is_refused_from_another_origin(self, airflow, route):
        assert status(airflow, "admin", CALLS[route], "POST", origin="https://elsewhere.example") == 403


@pytest.mark.parametrize("role", [None, "admin"])
@pytest.mark.parametrize("route", [route for route in CALLS if route.startswith("POST")])
def test_a_form_that_is_none_of_ours_is_turned_down_unread(airflow, route, role):
    def endless():
        yield b"token="
        raise AssertionError("was read")

    path, client = f"/copydesk{CALLS[route].path}", airflow.client(role)
    form = {"content-type": "application/x-www-form-urlencoded"}
    too_long = client.post(path, content=endless(), headers={**form, "content-length": str(1 << 30)})
    assert too_long.status_code == 413
    assert "default-src 'none'" in too_long.headers["content-security-policy"]
    assert client.post(path, content=endless(), headers=form).status_code == 411, "nobody knows how long"


def test_no_answer_names_the_host_that_the_request_named(airflow):
    answer = airflow.client("admin").get(f"/copydesk/articles?q={ARTICLE}", headers={"host": "elsewhere.example"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/copydesk/articles/{ARTICLE}")


@pytest.mark.parametrize("route", [route for route in CALLS if route.startswith("GET")])
def test_every_answer_is_guarded_against_what_the_text_of_articles_may_hold(airflow, route):
    headers = airflow.client("admin").get(f"/copydesk{CALLS[route].path}").headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy.partition("script-src")[2].partition(";")[0]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_a_reader_who_is_not_signed_in_is_led_to_the_login_and_back(airflow):
    answer = airflow.client().get("/copydesk/?first=2026-11-01", headers={"accept": "text/html"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/api/v2/auth/login?next=%2Fcopydesk%2F%3Ffirst%3D2026-11-01"


def test_a_forged_session_is_none(airflow):
    client = airflow.client()
    client.cookies.set("_token", airflow.jwt("admin")[:-4] + "AAAA")
    assert client.get("/copydesk/").status_code in (401, 403)


@pytest.mark.parametrize("path", ["/%2e%2e%2f%2e%2e%2fguard.py", "/..%2fguard.py", "/copydesk.css%00"])
def test_no_path_leads_out_of_the_static_files(airflow, path):
    assert airflow.client("admin").get(f"/copydesk/static{path}").status_code == 404
