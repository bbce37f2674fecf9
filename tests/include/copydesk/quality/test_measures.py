from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from copydesk.quality.measures import with_measures
from copydesk.quality.rows import check_rows

LONG_ADDRESS = "between:longest_image_address"
LATEST = datetime(2026, 11, 4, tzinfo=UTC)
SENTENCE = "The ferry came back this morning, and nobody was there to meet it. "
RAIL = ["Ferry lost again", "Ten harbours to see", "Who mends the lighthouse?", "Watch the storm", "See more", "Fish of the day"]


def measured(articles, name, **change):
    return with_measures(articles(change))[name].to_pylist()[0]


@pytest.mark.parametrize(
    ("title", "url", "found"),
    [
        ("The Islander", "https://www.theislander.example/a", "The Islander"),
        ("Islander", "https://news.the-islander.example/a", "Islander"),
        ("Islander wins race", "https://www.theislander.example/a", None),
        ("Islander", None, None),
        ("Islander", "https://[broken", None),
        ("???", "https://www.theislander.example/a", None),
    ],
)
def test_a_title_that_is_the_name_of_the_site_is_found_out(articles, title, url, found):
    assert measured(articles, "site_title", title=title, url=url) == found


@pytest.mark.parametrize(
    ("body", "share"),
    [
        (SENTENCE.upper() * 3, 1.0),
        ("NATO", None),
        ("паром вернулся домой " * 10, 0.0),
        ("ПАРОМ ВЕРНУЛСЯ ДОМОЙ " * 10, 1.0),
        (f"NATO and the EU met. {SENTENCE * 5}", pytest.approx(0.03, abs=0.02)),
        (None, None),
    ],
)
def test_capitals_are_counted_where_there_are_letters_enough(articles, body, share):
    assert measured(articles, "capital_share", body=body) == share


def test_a_sentence_may_end_in_any_closing_sign(articles):
    spoken = ["「船はけさ港に戻った。」", "『だれも待っていなかった。』", "（船長は何も言わなかった。）"]
    assert measured(articles, "rail_like_share", paragraphs=spoken * 2) == 0


def test_lines_like_those_of_a_rail_are_told_from_sentences(articles):
    assert measured(articles, "rail_like_share", paragraphs=RAIL) == pytest.approx(5 / 6)
    assert measured(articles, "rail_like_share", paragraphs=[SENTENCE] * 6) == 0
    assert measured(articles, "rail_like_share", paragraphs=RAIL[:3]) is None
    assert measured(articles, "rail_like_share", paragraphs=None) is None


@pytest.mark.parametrize(
    ("change", "reasons"),
    [
        ({"title": "The News", "url": "https://news.example/a"}, ["null:site_title"]),
        ({"crawled_at": datetime(2026, 10, 31, tzinfo=UTC)}, ["between:hours_after_crawl"]),
        ({"crawled_at": datetime(2026, 11, 2, tzinfo=UTC)}, []),
        ({"paragraphs": []}, ["between:paragraph_count"]),
    ],
)
def test_what_is_measured_can_send_a_row_to_quarantine(articles, source, change, reasons):
    assert check_rows(articles(change), source, LATEST).reasons == [reasons]


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"body": SENTENCE.upper() * 3}, "between:capital_share"),
        ({"paragraphs": RAIL}, "between:rail_like_share"),
        ({"authors": ["A. Writer", "x" * 200]}, "between:longest_author"),
        ({"tags": ["t"] * 101}, "between:tag_count"),
        ({"standfirst": "x" * 2001}, "length:standfirst"),
        ({"published_clue": "a guess"}, "in_set:published_clue"),
        ({"images": [{"url": "https://paper.example/a.jpg"}, {"url": "data:image/png;base64," + "A" * 2000}]}, LONG_ADDRESS),
        ({"rails": [{"heading": "More"}] * 101}, "between:rail_count"),
        ({"crawled_at": LATEST + timedelta(hours=1)}, "between:crawled_at"),
        (
            {"published_at": datetime(2026, 11, 2, tzinfo=UTC), "crawled_at": datetime(2062, 11, 3, tzinfo=UTC)},
            "between:crawled_at",
        ),
    ],
)
def test_what_is_odd_is_a_warning(articles, source, change, name):
    check = check_rows(articles({}, change), source, LATEST)
    assert check.accepted.all()
    assert [f"{one['expectation']}:{one['column']}" for one in check.outcomes if not one["success"]] == [name]
