from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from copydesk import explain, extract

Write = Callable[[str, str], None]
PAGE = """<html><body><main><p>The forum of the readers opens every morning at six and closes when the last of them is tired of it.</p></main>
<div><p>The old ferry crossed the sound again on Monday<br>after eleven years in the yard of the school.</p><p hidden>Ann Lee</p></div>
<aside><p>Read <i>more</i></p><script>Read more</script><p>Read more</p></aside></body></html>"""
HEAD = "@rule('a.example', first='2020-01-01')\ndef layout(page):\n    "


def record(**more: Any) -> dict[str, Any]:
    return {
        "id": "1",
        "content": PAGE,
        "media_type": "text/html",
        "url": "https://www.a.example/x",
        "crawl_date": "2026-11-03",
    } | more


def test_marked_elements_have_their_label_and_nothing_vanishes(write_rule: Write) -> None:
    code = "return Ruling(marks={'boilerplate': page.select('main'), 'body': page.select('div'), 'promo': page.select('aside p:last-child')})"
    write_rule("a.py", HEAD + code)
    rows = explain(record()).to_pylist()

    labels = {row["text"]: row["label"] for row in rows[:3]}
    assert list(labels.values()) == ["boilerplate", "body", "body"]
    assert [row["label"] for row in rows if row["text"] == "Read more"][-1] == "promo"
    assert all(row["probability"] == 1 for row in rows[:3])
    (article,) = extract([record()]).to_pylist()
    assert article["body"].startswith("The old ferry crossed the sound again on Monday")


def test_fields_of_a_rule_stand_and_others_are_found_as_ever(write_rule: Write) -> None:
    write_rule(
        "a.py",
        HEAD + "return Ruling(title='Ferry – Sound', authors=['Ann  Lee', 'DJ Tide'], published_at='2026-11-02', tags=['Sea'])",
    )
    content = "<title>Something else</title><meta property=article:section content=Coast>" + PAGE
    (row,) = extract([record(content=content)]).to_pylist()

    assert (row["title"], row["authors"], row["tags"], row["section"]) == (
        "Ferry – Sound",
        ["Ann Lee", "DJ Tide"],
        ["Sea"],
        "Coast",
    )
    assert (row["published_at"].isoformat(), row["published_precision"], row["published_clue"]) == (
        "2026-11-02T00:00:00+00:00",
        "day",
        "rule",
    )
    assert str(row["newsroom_day"]) == "2026-11-02"


@pytest.mark.parametrize("stated", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"])
def test_a_day_that_was_never_meant_is_none(write_rule: Write, stated: str) -> None:
    write_rule("a.py", HEAD + f"return Ruling(published_at='{stated}', modified_at='{stated}')")
    (row,) = extract([record()]).to_pylist()

    assert (row["reject_reason"], row["published_clue"] == "rule", row["modified_at"]) == (None, False, None)


@pytest.mark.parametrize(
    ("code", "detail"),
    [
        ("return page.find('h9').text", "rule a.layout for a.example: AttributeError"),
        ("return {'title': 'x'}", "it returned a dict; return a Ruling"),
        ("return Ruling(headline='x')", "unexpected keyword argument 'headline'"),
        ("return Ruling(published_at='soon')", "published_at is 'soon', which is no date"),
        ("return Ruling(marks={'body': 3})", "'int' object is not iterable"),
    ],
)
def test_a_rule_that_fails_rejects_its_page_and_no_other(write_rule: Write, code: str, detail: str) -> None:
    from copydesk.blocks.segment import segment
    from copydesk.records import Origin, Record

    write_rule("a.py", HEAD + code)
    table = extract([record(), record(id="2", url="https://b.example/x")])
    found = segment([Record(PAGE, "text/html", Origin("file"), url="https://a.example/", crawl_date="2026-11-03")], 512)

    assert table["reject_reason"].to_pylist() == ["rule_failed", None]
    assert detail in found.rejects[0].detail


TEXT = (
    "Ferry runs again\nThe ferry ran again on Monday, three weeks after the storm, and forty cars drove aboard in the morning.\n"
)


@pytest.mark.parametrize(
    "more",
    [
        {"url": "https://b.example/"},
        {"url": None},
        {"crawl_date": "2019-12-31"},
        {"media_type": "text/plain", "content": TEXT},
    ],
)
def test_a_rule_says_nothing_of_other_hosts_other_days_and_text(write_rule: Write, more: dict[str, Any]) -> None:
    write_rule("a.py", HEAD + "raise ValueError")

    assert extract([record(**more)])["reject_reason"].to_pylist() == [None]


@pytest.mark.parametrize("crawled", ["2019-12-31T23:59:00+00:00", "Tue, 31 Dec 2019 10:00:00 GMT", "31.12.2019"])
def test_the_day_of_the_crawl_is_read_however_it_is_written(write_rule: Write, crawled: str) -> None:
    write_rule("a.py", HEAD + "raise ValueError")

    assert extract([record(crawl_date=crawled)])["reject_reason"].to_pylist() == [None]


def test_the_day_of_the_dump_stands_in_for_that_of_the_crawl(write_rule: Write) -> None:
    from copydesk.blocks.segment import segment
    from copydesk.records import Origin, Record

    write_rule(
        "a.py", "@rule('a.example', first='2020-01-01', last='2020-12-31')\ndef layout(page):\n    return Ruling(title='Old')"
    )
    page = Record(PAGE, "text/html", Origin("file"), url="https://a.example/")
    claims = [segment([page], 512, day=day).documents["claims"].to_pylist()[0] for day in (None, "2020-05-01", "2021-05-01")]

    assert [("rule.title", "Old", "a.layout") in [tuple(c.values()) for c in found] for found in claims] == [False, True, False]
