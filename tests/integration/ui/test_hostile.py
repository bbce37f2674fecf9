"""Articles that want to do something to whoever looks at them, looked at in a real browser."""

from __future__ import annotations

import json
import re
import time

import pytest
from playwright.sync_api import expect

import copydesk

pytestmark = [pytest.mark.integration, pytest.mark.timeout(2400)]

SOURCE, DAY = "hostile", "2026-11-01"
SENTENCE = "The harbour office counted {n} boats on Monday, more than in any week since the bridge was mended, it said. "
LONG_WORDS = f"The {'Hafenkontordampfschifffahrtsverwaltungsrats' * 3}vorsitzende counted {'Fischereischutz' * 9}kutter. "
HACK = "window.hacked = 1"
ATTACKS = [
    f"<script>{HACK}</script>",
    f'"><img src="https://elsewhere.example/x.png" onerror="{HACK}">',
    f'</pre></li></ol></main><svg onload="{HACK}"></svg>',
    f"[read on](javascript:{HACK})",
    "safe \u202etxet desrever\u2066 and \u200fmore",
]
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
HANDLERS = """
[...document.querySelectorAll("*")].flatMap(element => element.getAttributeNames()).filter(name => name.startsWith("on"))
"""
HUGE_BYTES = 5_000_000
MAX_LOAD_S = 60.0  # alone it is a second; what grows by the square of five megabytes takes hours


def as_text(markup):
    return markup.replace("&", "&amp;").replace("<", "&lt;")


def article():
    """Every field of it is an attack, as markup and as the text of markup."""
    paragraphs = "".join(f'<p onclick="{HACK}">{SENTENCE.format(n=n)}{as_text(attack)}</p>' for n, attack in enumerate(ATTACKS))
    links = (f"javascript:{HACK}", f"data:text/html,<script>{HACK}</script>", "https://elsewhere.example/2")
    rail = "".join(
        f'<li><a href="{link}" onclick="{HACK}">Gulls steal the hat of the mayor for the second time</a>' for link in links
    )
    picture = f'<img src="https://elsewhere.example/x.png" alt="{ATTACKS[3]}" onerror="{HACK}">'
    return {
        "url": f"javascript:{HACK}",
        "headline": f"Boats are counted {ATTACKS[1]} \u202eetihw",
        "published": f"{DAY}T10:00:00Z",
        "content": f'<body onload="{HACK}"><script>{HACK}</script><article><h1>Boats are counted {as_text(ATTACKS[0])}</h1>{picture}'
        f'{paragraphs}<p><a href="{links[0]}">{SENTENCE}</a></p></article><aside><h2>Most read</h2><ul>{rail}</ul></aside>',
    }


def huge(name, sentence):
    """Five megabytes of a body, and a tenth more, since the labeller may take some of its lines for what is no text."""
    paragraph = sentence * 20 + as_text(ATTACKS[0])
    content = "".join(f"<p>{n} {paragraph}</p>" for n in range(HUGE_BYTES * 11 // 10 // len(paragraph) + 1))
    return {
        "url": f"https://hostile.example/{name}",
        "headline": f"Boats are counted for {name}",
        "published": f"{DAY}T11:00:00Z",
        "content": f"<article><h1>Boats are counted for {name}</h1>{content}</article>",
    }


@pytest.fixture(scope="module")
def addresses(site, ingest, lake):
    """Where each record is looked at, once they were ingested like any other."""
    records = [article(), huge("years", LONG_WORDS), huge("ages", SENTENCE)]  # of the last, more words than any article has
    folder = site.raw / SOURCE / DAY
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "articles.jsonl").write_text("\n".join(map(json.dumps, records)) + "\n")
    ingest(SOURCE, DAY)
    rows = copydesk.read("clean", columns=["article_id", "body"], sources=[SOURCE], root=lake).to_pylist()
    attacks, years = sorted(rows, key=lambda row: len(row["body"]))
    assert len(years["body"]) > HUGE_BYTES
    [ages] = copydesk.read("quarantine", columns=["article_id", "body"], sources=[SOURCE], root=lake).to_pylist()
    assert len(ages["body"]) > HUGE_BYTES
    return {"attacks": f"/articles/{attacks['article_id']}", "years": f"/articles/{years['article_id']}"}


@pytest.mark.parametrize("query", ["", "?patient=true"])
@pytest.mark.parametrize("which", ["attacks", "years"])
def test_a_hostile_article_is_shown_soon_and_does_nothing(signed_in, addresses, which, query, shoot):
    tab = signed_in()
    began = time.monotonic()
    tab.open(f"{addresses[which]}{query}")
    assert time.monotonic() - began < MAX_LOAD_S
    expect(tab.page.get_by_role("heading", level=1)).to_contain_text("Boats are counted")
    if which == "attacks" and not query:
        shoot(tab.page, f"hostile-{which}")
    assert_harmless(tab.page)


def test_five_megabytes_in_quarantine_are_shown_soon_and_do_nothing(signed_in, addresses):
    tab = signed_in()
    tab.open(f"/quarantine/{SOURCE}/{DAY}")
    assert_harmless(tab.page)
    began = time.monotonic()
    tab.page.locator("table.hits a").first.click()
    expect(tab.page.get_by_text("Why it was not accepted")).to_be_visible()
    assert time.monotonic() - began < MAX_LOAD_S
    assert_harmless(tab.page)


def test_its_run_and_what_search_finds_of_it_do_nothing(signed_in, addresses):
    tab = signed_in()
    for path in (f"/runs/{SOURCE}/{DAY}", "/articles?q=boats", f"/?first={DAY}&last={DAY}&source={SOURCE}"):
        tab.open(path)
        assert_harmless(tab.page)


def test_an_address_that_is_a_script_is_text(signed_in, addresses):
    tab = signed_in()
    tab.open(addresses["attacks"])
    shown = tab.page.get_by_text(f"javascript:{HACK}")
    expect(shown.first).to_be_visible()
    for one in shown.all():
        assert one.evaluate("element => element.closest('a')") is None


def assert_harmless(page):
    """No script of the article ran, none waits for a click, nothing of it is an element, and no letter turns the order of others."""
    assert page.evaluate("window.hacked") is None
    assert set(page.evaluate("[...document.links].map(link => link.protocol)")) <= {"http:", "https:"}
    assert page.evaluate(HANDLERS) == []
    assert page.locator("main").locator("img, script, iframe, object, embed, style, link").count() == 0
    assert not BIDI.search(page.content())
