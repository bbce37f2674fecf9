"""The page of a run as a browser gets it: what it shows, who may decide on a held run, and what Data Docs may do."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from copydesk import read
from copydesk.errors import Held
from copydesk.pipeline import run_partition
from copydesk.run import Run
from copydesk.settings import Settings
from copydesk.sources import load

if TYPE_CHECKING:
    from starlette.testclient import TestClient

DAY = "2026-11-03"
PAGE = f"/copydesk/runs/paper/{DAY}"
TEXT = (
    "The harbour office counted {n} boats on Monday, more than in any week since the bridge was mended. "
    "Fishermen said that they would rather have counted fish, of which nobody had seen any."
)
SOURCE = """name = "paper"
raw = "paper/{key}/*"
format = "jsonl"
[record]
published_at = "published"
"""


def record(n: int, title: str, text: str) -> dict[str, str]:
    body = f"<article><h1>{title}</h1><p>{text.format(n=n)}</p><p>{text.format(n=n + 1)}</p></article>"
    return {"url": f"https://paper.example/{n}", "content": body, "published": "2026-11-03T10:00:00Z"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake with a run that is held, for four of its six records are too short."""
    root = tmp_path_factory.mktemp("press")
    (root / "sources").mkdir()
    (root / "sources" / "paper.toml").write_text(SOURCE)
    records = [record(1, "Boats &lt;script&gt;alert(1)&lt;/script&gt; counted", TEXT), record(2, "Fish are not counted", TEXT)]
    records += [record(n, f"Too short to be news {n}", "Nothing.") for n in range(3, 7)]
    (root / "raw" / "paper" / DAY).mkdir(parents=True)
    (root / "raw" / "paper" / DAY / "all.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in records))
    settings = Settings(raw=str(root / "raw"), lake=str(root / "lake"), sources=str(root / "sources"), processes=1)
    with pytest.raises(Held):
        run_partition(Run(load(root / "sources" / "paper.toml"), DAY, "manual__one", settings))
    return root


@pytest.fixture(autouse=True)
def press(made: Path, roots: Path) -> None:
    """A copy of it, where the settings say."""
    for folder in ("raw", "lake", "sources"):
        shutil.copytree(made / folder, roots / folder)


@pytest.fixture
def decide(airflow: Any) -> Callable[..., Any]:
    """Send a form of the page."""

    def send(role: str, what: str = "release", headers: dict[str, str] | None = None, **form: str) -> Any:
        given = {"token": airflow.token(role), "run_id": "manual__one", "reason": "looked at all six", **form}
        return airflow.client(role).post(f"{PAGE}/{what}", data=given, headers=headers)

    return send


def verdicts() -> list[tuple[str, str | None]]:
    rows = sorted(read("runs").to_pylist(), key=lambda row: row["finished_at"])
    return [(row["verdict"], row["decided_by"]) for row in rows]


def test_a_held_run_is_told_with_its_numbers_and_its_cause(client: TestClient) -> None:
    text = client.get(PAGE).text

    assert 'aria-label="6 seen is 2 accepted and 4 in quarantine"' in text
    assert "adds up" in text
    assert "quarantined_share is 0.666667, at most 0.2 expected" in text
    assert "at most 20 %" in text
    assert "all.jsonl" in text
    assert "/dags/ingest_paper/runs/manual__one" in text
    assert f"/copydesk/docs/paper/{DAY}/index.html" in text
    assert "Fish are not counted" in text


def test_what_articles_say_is_text_and_nothing_more(client: TestClient) -> None:
    text = client.get(PAGE).text

    assert "<script>alert" not in text
    assert "style=" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; counted" in text


def test_only_who_may_edit_is_offered_the_decision(airflow: Any) -> None:
    assert "Release: publish it as it is" in airflow.client("op").get(PAGE).text
    seen = airflow.client("viewer").get(PAGE).text
    assert "<form" not in seen
    assert "needs the right to edit runs" in seen


def test_a_release_is_on_record_with_the_name_of_the_user(decide: Callable[..., Any], client: TestClient) -> None:
    answer = decide("op")

    assert (answer.status_code, answer.headers["location"].endswith(PAGE)) == (303, True)
    assert verdicts() == [("hold", None), ("released", "olga")]
    assert read("clean").num_rows == 2
    text = client.get(PAGE).text
    assert "Released by olga" in text
    assert "looked at all six" in text
    assert "Release: publish" not in text
    [name] = {row["title"] for row in read("clean").to_pylist()} - {"Fish are not counted"}
    assert "script" in name


def test_a_rejection_leaves_nothing_to_publish(decide: Callable[..., Any], client: TestClient) -> None:
    assert decide("admin", "reject").status_code == 303
    assert verdicts() == [("hold", None), ("rejected", "ada")]
    assert read("runs").num_rows == 2
    assert "Rejected by ada" in client.get(PAGE).text
    assert decide("admin").status_code == 409


@pytest.mark.parametrize("what", ["release", "reject"])
def test_who_may_only_look_decides_nothing(decide: Callable[..., Any], what: str) -> None:
    assert decide("viewer", what).status_code == 403
    assert verdicts() == [("hold", None)]


@pytest.mark.parametrize(
    ("headers", "form"),
    [
        ({"Origin": "https://evil.example"}, {}),
        ({"Sec-Fetch-Site": "cross-site"}, {}),
        ({}, {"token": ""}),
        ({}, {"token": "made.up.elsewhere"}),
    ],
)
def test_another_site_decides_nothing(decide: Callable[..., Any], headers: dict[str, str], form: dict[str, str]) -> None:
    assert decide("admin", "release", headers, **form).status_code == 403
    assert verdicts() == [("hold", None)]


def test_the_token_of_another_user_is_refused(airflow: Any, decide: Callable[..., Any]) -> None:
    assert decide("op", token=airflow.token("admin")).status_code == 403
    assert verdicts() == [("hold", None)]


def test_a_decision_wants_a_reason_and_the_run_that_was_looked_at(decide: Callable[..., Any]) -> None:
    assert decide("admin", reason="  ").status_code == 400
    assert decide("admin", run_id="manual__older").status_code == 409
    assert verdicts() == [("hold", None)]


def test_an_earlier_row_of_a_dump_can_be_looked_at(decide: Callable[..., Any], client: TestClient) -> None:
    decide("admin")
    [held] = [
        part
        for part in client.get(PAGE).text.split('href="')
        if part.startswith(f"{PAGE}?run=") and "aria-current" not in part[:200]
    ]
    text = client.get(held.split('"')[0]).text

    assert "Why it is held" in text
    assert "<form" not in text


@pytest.mark.parametrize(
    "path", ["/runs/paper/2020-01-01", "/runs/paper/..%2f..", f"/runs/paper/{DAY}?run=../../x", "/runs/nobody/unknown"]
)
def test_a_run_that_is_not_there_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(f"/copydesk{path}").status_code == 404


def test_data_docs_can_do_nothing(client: TestClient) -> None:
    answer = client.get(f"/copydesk/docs/paper/{DAY}/index.html")
    policy = answer.headers["content-security-policy"].split("; ")

    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert {"sandbox", "default-src 'none'"} <= set(policy)
    assert not any(rule.startswith(("script-src", "connect-src")) for rule in policy)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "Verdict: hold" in answer.text


@pytest.mark.parametrize(
    "name",
    [
        "..%2f..%2f..%2f..%2fsources%2fpaper.toml",
        "%2e%2e/index.html",
        "/etc/passwd",
        "//etc/passwd",
        "index.html/%2e%2e",
        "index.html%00",
        "judged-20200101T000000.html",
    ],
)
def test_no_other_file_is_served_as_data_docs(client: TestClient, name: str) -> None:
    answer = client.get(f"/copydesk/docs/paper/{DAY}/{name}")

    assert answer.status_code == 404
    assert 'name = "paper"' not in answer.text


def test_a_dump_of_archives_or_none_leads_nowhere_else(client: TestClient) -> None:
    for source, dump in (("..", "sources"), ("%2e%2e", "%2e%2e"), ("paper", "..")):
        assert client.get(f"/copydesk/docs/{source}/{dump}/index.html").status_code in (403, 404)


def test_articles_that_cannot_be_read_do_not_hide_the_run(decide: Callable[..., Any], client: TestClient, roots: Path) -> None:
    decide("admin")
    for file in (roots / "lake" / "clean").rglob("*.parquet"):
        file.unlink()
    answer = client.get(PAGE)

    assert answer.status_code == 200
    assert "cannot be read" in answer.text
