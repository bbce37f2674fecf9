from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from selectolax.lexbor import LexborHTMLParser

from copydesk.quality.data_docs import render
from copydesk.quality.rows import check_rows
from copydesk.quality.verdict import Metrics, judge

LATEST = datetime(2026, 11, 4, tzinfo=UTC)
HOSTILE = "<script>alert('x')</script><img src=//evil.example onerror=alert(1)> $x ${column} {{ 7*7 }} &amp; "


@pytest.fixture
def page(articles, source):
    """Makes the page of one run over articles with these changes."""

    def make(*changes, title="islander, 2026-11-03"):
        check = check_rows(articles(*changes), source, LATEST)
        rejected = int((~check.accepted).sum())
        metrics = Metrics(len(changes), len(changes) - rejected, rejected, 0, len(changes))
        return render(title, judge(metrics, check.outcomes, source), metrics, source, LATEST).decode()

    return make


def text(html: str) -> str:
    return " ".join(LexborHTMLParser(html).body.text(separator=" ").split())


def test_the_page_shows_verdict_expectations_counts_and_examples(page):
    shown = text(page({}, {"word_count": 4}, {"word_count": 5}, {"language": "fr"}))
    assert "Verdict: hold" in shown
    assert "quality.max_quarantined_share of source islander" in shown
    assert "values must be greater than or equal to 20.0 and less than or equal to 100000.0" in shown
    assert "2 unexpected values found. 50% of 4 total rows." in shown
    assert "between:word_count (critical): 4; 5" in shown
    assert "in_set:language (warning): 'fr'" in shown
    assert "between:quarantined_share (critical): 0.5" in shown


def test_the_page_loads_nothing_and_runs_nothing(page):
    html = page({}, {"word_count": 4})
    tree = LexborHTMLParser(html)
    assert not tree.css("script, link, img, iframe, object, embed, [src], [onclick], [onload]")
    assert not re.search(r"@import|url\(", html)
    assert "default-src 'none'" in tree.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"]
    assert not [a for a in tree.css("a") if re.match(r"\w+:|//", a.attributes["href"])]


def test_hostile_article_text_is_shown_and_not_obeyed(page):
    html = page({"page_type": HOSTILE, "language": HOSTILE}, title=HOSTILE)
    tree = LexborHTMLParser(html)
    assert not tree.css("script, img, [onerror]")
    assert f"in_set:page_type (critical): {HOSTILE[:30]}" not in html
    assert "<script>alert(" in text(html)
    assert "$x ${column}" in text(html)


def test_no_more_of_an_article_than_a_line_stands_in_the_page(page):
    long = "All rights reserved. " * 1000
    html = page({"title": long, "page_type": long, "body": " "}, {"body": "Body text. " * 500, "word_count": 1})
    assert html.count("All rights reserved") < 20
    assert "Body text" not in html


def test_the_same_outcomes_give_the_same_page(page):
    assert page({}, {"word_count": 4}) == page({}, {"word_count": 4})


def test_a_run_of_no_shards_has_a_page_too(source):
    metrics = Metrics(0, 0, 0)
    assert "records_seen" in render("nothing", judge(metrics, [], source), metrics, source, None).decode()
