"""Pages of articles and of what is in quarantine, as a browser gets them: harmless whatever an article says, and closed to others."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import copydesk
from copydesk.labels.corrections import every_correction
from copydesk.pipeline import curate, run_partition
from copydesk.run import Run
from copydesk.settings import Settings
from copydesk.sources import load
from copydesk.storage import Storage
from timing import done_within

if TYPE_CHECKING:
    from starlette.testclient import TestClient

DAY = "2026-11-03"
SOURCE = """name = "paper"
raw = "paper/{key}/*"
format = "jsonl"
[record]
published_at = "published"
authors = "by"
[quality]
max_quarantined_share = 1.0
min_words = 5
"""
SENTENCE = "The harbour office counted {n} boats on Monday, more than in any week since the bridge was mended, it said. "
ATTACKS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "{{ 7043 * 7043 }} {% raw %}",
    "</pre></li></ol></main><svg onload=alert(1)>",
    "safe\u202etxet desrever\u2066 and \u200fmore",
]
HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\x00]")
LABELLED = re.compile(r'id="block-(\d+)" class="block l-(\w+)')


def as_text(markup: str) -> str:
    return markup.replace("&", "&amp;").replace("<", "&lt;")


def hostile() -> dict[str, str]:
    """An article of which every field is an attack."""
    paragraphs = "".join(f"<p>{SENTENCE.format(n=n)}{as_text(attack)}</p>" for n, attack in enumerate(ATTACKS))
    rail = "".join(
        f'<li><a href="{url}" onclick="alert(1)">Gulls steal the mayor\'s hat again {as_text(ATTACKS[0])}</a></li>'
        for url in ("javascript:alert(1)", "data:text/html,x", "https://paper.example/2")
    )
    title = f"Boats counted {as_text(ATTACKS[1])} \u202eetihw"
    picture = '<img src="https://tracker.example/x.png" alt="Boats at anchor &quot; onerror=alert(1)">'
    body = (
        f"<article><h1>{title}</h1>{picture}{paragraphs}</article><aside class=related><h2>Most read</h2><ul>{rail}</ul></aside>"
    )
    script = "<script>document.write('x')</script>"
    return {
        "url": "https://paper.example/hostile",
        "content": f"<html><body onload=alert(1)>{script}{body}</body></html>",
        "published": f"{DAY}T10:00:00Z",
        "by": "<b>Ada</b>",
    }


def huge() -> dict[str, str]:
    """An article of five megabytes, which is more than is accepted."""
    paragraphs = "".join(f"<p>{SENTENCE.format(n=n) * 20}</p>" for n in range(2300))
    content = f"<article><h1>Boats counted for years and years</h1>{paragraphs}</article>"
    return {"url": "https://paper.example/huge", "content": content, "published": f"{DAY}T11:00:00Z"}


def plain(n: int) -> dict[str, str]:
    text = "".join(f"<p>{SENTENCE.format(n=n + i)}</p>" for i in range(3))
    content = f"<article><h1>Boats counted, part {n}</h1>{text}</article>"
    return {"url": f"https://paper.example/{n}", "content": content, "published": f"{DAY}T12:00:00Z"}


def listed() -> dict[str, str]:
    """An article with a list of elements, and one whose items have bullets of their own, as in texts."""
    before, after = (f"<p>{SENTENCE.format(n=n)}</p>" for n in (40, 50))
    items = "<ul><li>forty boats from the north bank</li><li>• nine boats from the south bank</li></ul>"
    content = f"<article><h1>Boats counted by their banks</h1>{before}{items}{after}</article>"
    return {"url": "https://paper.example/listed", "content": content, "published": f"{DAY}T13:00:00Z"}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A lake with a hostile article, a huge one and two ordinary ones, and hostile records in quarantine."""
    root = tmp_path_factory.mktemp("paper")
    folder = root / "raw" / "paper" / DAY
    folder.mkdir(parents=True)
    refused = {**hostile(), "url": "javascript:alert(1)//<script>", "published": ""}
    rows = [hostile(), huge(), plain(1), plain(2), listed(), refused]
    (folder / "a.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows) + '{"<script>alert(1)</script>', "utf-8")
    (root / "sources").mkdir()
    (root / "sources" / "paper.toml").write_text(SOURCE)
    settings = Settings(raw=str(root / "raw"), lake=str(root / "lake"), sources=str(root / "sources"), processes=1)
    run_partition(Run(load(root / "sources" / "paper.toml"), DAY, "one", settings))
    curate(DAY[:7], settings)
    return settings


@pytest.fixture(autouse=True)
def environment(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("raw", "lake", "sources"):
        monkeypatch.setenv(f"COPYDESK_{name.upper()}", getattr(settings, name))


@pytest.fixture(scope="module")
def ids(settings: Settings) -> dict[str, str]:
    """article_id by the last part of the address."""
    rows = copydesk.read(columns=["article_id", "url"], root=settings.lake).to_pylist()
    return {Path(row["url"]).name: row["article_id"] for row in rows}


class Elements(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def check_harmless(page: str) -> None:
    """No element or attribute that acts, but our own scripts; no link that is none of the web; nothing hidden."""
    found = Elements(page).tags
    assert {attributes["src"] for tag, attributes in found if tag == "script"} <= {
        f"/copydesk/static/{name}.js" for name in ("theme", "top", "article")
    }
    assert not {tag for tag, _ in found} & {"img", "svg", "iframe", "object", "embed", "style", "base"}
    assert not [name for _, attributes in found for name in attributes if name.startswith("on") or name == "style"]
    links = [attributes for tag, attributes in found if tag == "a"]
    outside = [link for link in links if not (link["href"] or "").startswith(("/", "#", "?"))]
    assert all((link["href"] or "").startswith("https://paper.example/") for link in outside)
    assert all(link["rel"] == "noopener noreferrer nofollow" for link in outside)
    assert not HIDDEN.search(page)
    assert "49603849" not in page  # what a template would have made of it; shorter products stand in times and sizes


def test_a_hostile_article_is_shown_harmlessly(client: TestClient, ids: dict[str, str]) -> None:
    answer = client.get(f"/copydesk/articles/{ids['hostile']}")
    assert answer.status_code == 200
    check_harmless(answer.text)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer.text
    assert "[U+202E]" in answer.text
    assert "javascript:alert(1)" in answer.text, "shown as text"
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert LABELLED.findall(answer.text)


def test_an_item_with_a_bullet_of_its_own_gets_no_second_one(client: TestClient, ids: dict[str, str]) -> None:
    page = client.get(f"/copydesk/articles/{ids['listed']}").text

    assert '<p class="is-list" dir="auto">forty boats from the north bank</p>' in page
    assert '<p class="is-list is-marked" dir="auto">• nine boats from the south bank</p>' in page


def test_a_record_of_five_megabytes_is_cut_at_once_and_the_page_says_so(client: TestClient) -> None:
    listing = client.get(f"/copydesk/quarantine/paper/{DAY}?reason=between:word_count").text
    (address,) = set(re.findall(rf"/copydesk/quarantine/paper/{DAY}/[0-9a-f]{{32}}", listing))
    client.get(address)  # the process that reads records is started by the first question
    answer = done_within(1, lambda: client.get(address))
    assert len(answer.content) < 300_000
    assert "The record is large" in answer.text
    assert "the first 60,000 are shown" in answer.text
    check_harmless(answer.text)


def test_hostile_lists_are_harmless(client: TestClient) -> None:
    for address in (
        "/copydesk/articles?q=boats",
        f"/copydesk/quarantine/paper/{DAY}",
        "/copydesk/articles?q=<script>alert(1)</script>",
    ):
        answer = client.get(address)
        assert answer.status_code == 200
        check_harmless(answer.text)


def test_what_is_in_quarantine_is_shown_with_what_it_failed(client: TestClient) -> None:
    listing = client.get(f"/copydesk/quarantine/paper/{DAY}").text
    pages = [client.get(link) for link in dict.fromkeys(re.findall(rf"/copydesk/quarantine/paper/{DAY}/[0-9a-f]+", listing))]
    assert [page.status_code for page in pages] == [200, 200, 200]
    for page in pages:
        check_harmless(page.text)
    everything = "".join(page.text for page in pages)
    assert "not_null:published_at" in everything
    assert "It ends too early" in everything
    assert client.get(f"/copydesk/quarantine/paper/{DAY}?reason=not_null:published_at").text.count("not_null:published_at") > 1


def test_search_leads_to_an_article_by_its_id_and_its_address(client: TestClient, ids: dict[str, str]) -> None:
    for question in (ids["1"], "https://paper.example/1?utm_source=mail"):
        answer = client.get("/copydesk/articles", params={"q": question})
        assert answer.status_code == 303
        assert answer.headers["location"].endswith(f"/copydesk/articles/{ids['1']}?day={DAY}")
    found = client.get("/copydesk/articles", params={"q": "PART 2"}).text
    assert ids["2"] in found
    assert ids["1"] not in found


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/articles/" + "0" * 32, 404),
        ("/articles/..%2f..%2fetc%2fpasswd", 404),
        ("/articles/" + "G" * 32, 422),
        ("/articles/" + "0" * 32 + "?day=../../etc", 422),
        ("/articles?first=2026-13-99", 422),
        ("/articles?first=2026-11-04&last=2026-11-03", 400),
        ("/articles?q=" + "x" * 3000, 422),
        (f"/quarantine/nobody/{DAY}", 400),
        ("/quarantine/paper/..", 404),
        ("/quarantine/paper/%2e%2e%2f%2e%2e", 422),
        ("/quarantine/paper/..%5c..", 400),
        (f"/quarantine/paper/{DAY}/" + "0" * 32, 404),
        (f"/quarantine/paper/{DAY}/../../x", 404),
        (f"/quarantine/paper/{DAY}?reason=<script>", 422),
    ],
)
def test_what_names_nothing_in_the_lake_is_turned_down(client: TestClient, address: str, expected: int) -> None:
    answer = client.get(f"/copydesk{address}")
    assert answer.status_code == expected
    check_harmless(answer.text)


def correction(client: TestClient, article_id: str, token: str) -> dict[str, str]:
    """The form at the title, filled in as a person would."""
    page = client.get(f"/copydesk/articles/{article_id}?day={DAY}&block=0").text
    fields = {a["name"]: a["value"] for tag, a in Elements(page).tags if tag == "input" and a.get("type") == "hidden"}
    assert {"ordinal", "mark", "token", "day"} <= fields.keys()
    return {str(name): str(value) for name, value in fields.items()} | {"label": "heading", "token": token}


def test_an_editor_corrects_a_block_and_withdraws_it(
    airflow: Any, client: TestClient, ids: dict[str, str], settings: Settings
) -> None:
    address = f"/copydesk/articles/{ids['2']}"
    form = correction(client, ids["2"], airflow.token("admin"))
    answer = client.post(f"{address}/corrections", data=form)
    assert answer.status_code == 303
    assert answer.headers["location"].endswith(f"{ids['2']}?day={DAY}#block-0")

    (kept,) = every_correction(Storage.open(settings.lake))
    assert (kept.label_given, kept.label, kept.corrected_by, kept.ordinal) == ("title", "heading", "ada", 0)
    assert "Not title but <b>heading</b>" in client.get(address).text

    assert client.post(f"{address}/corrections", data=form | {"label": "withdraw"}).status_code == 303
    assert "Not title but" not in client.get(address).text


def test_nobody_else_corrects(airflow: Any, client: TestClient, ids: dict[str, str], settings: Settings) -> None:
    address = f"/copydesk/articles/{ids['1']}/corrections"
    form = correction(client, ids["1"], airflow.token("admin"))
    before = len(every_correction(Storage.open(settings.lake)))
    tries = [
        (airflow.client().post(address, data=form), 401),
        (airflow.client("viewer").post(address, data=form | {"token": airflow.token("viewer")}), 403),
        (client.post(address, data=form | {"token": ""}), 403),
        (client.post(address, data=form | {"token": airflow.token("op")}), 403),
        (client.post(address, data=form, headers={"origin": "https://evil.example"}), 403),
        (client.post(address, data=form, headers={"sec-fetch-site": "cross-site"}), 403),
        (client.post(address, data=form | {"mark": "0" * 16}), 400),
        (client.post(address, data=form | {"label": "<script>"}), 400),
        (client.post(address, data=form | {"ordinal": "-1"}), 422),
    ]
    assert [answer.status_code for answer, _ in tries] == [expected for _, expected in tries]
    assert len(every_correction(Storage.open(settings.lake))) == before


def test_viewers_are_offered_no_correction(airflow: Any, ids: dict[str, str]) -> None:
    page = airflow.client("viewer").get(f"/copydesk/articles/{ids['1']}?block=0").text
    assert "Wrong label?" not in page
    assert "<form" not in page
