from __future__ import annotations

import time

from copydesk.fields.rails import Line, Rail, read_rails


def headlines(rails: list[Rail]) -> list[list[str]]:
    return [[item["headline"] for item in rail["items"]] for rail in rails]


def test_pairs_of_caption_and_headline_are_told_by_the_words_they_share() -> None:
    lines = [
        "Latest News",
        "See more Latest News",
        "A heron stands beside the weir at Hexwell",
        "Heron returns to Hexwell weir after nine years",
    ]
    lines += ["A brass band rehearses in the tram depot", "Tram depot opens with a brass band in the rain"]
    (rail,) = read_rails([Line(text) for text in lines])

    assert (rail["heading"], rail["more"]) == ("Latest News", "See more Latest News")
    assert rail["items"][0] == {
        "headline": "Heron returns to Hexwell weir after nine years",
        "caption": "A heron stands beside the weir at Hexwell",
        "url": None,
    }
    assert len(rail["items"]) == 2


def test_single_headlines_are_an_item_each_without_rank_or_time() -> None:
    ranked = [
        "Most read",
        "1. A whistle is mistaken for a bird",
        "2. Town votes on its bins again",
        "© 2026 The Paper. All rights reserved.",
    ]
    dated = ["Most read", "A whistle is mistaken for a bird", "2 hours ago", "Town votes on its bins again", "Yesterday"]
    expected = [["A whistle is mistaken for a bird", "Town votes on its bins again"]]

    assert headlines(read_rails([Line(text) for text in ranked])) == expected
    assert headlines(read_rails([Line(text) for text in dated])) == expected


def test_title_and_teaser_of_a_card_are_one_item() -> None:
    lines = [Line("Related"), Line("Ferry returns at last", "/a"), Line("It took fourteen months.", "/a")]
    lines += [Line("Otters are back in town", "/b"), Line("And they are hungry.")]
    (rail,) = read_rails(lines)

    assert [(item["headline"], item["caption"]) for item in rail["items"]] == [
        ("Ferry returns at last", "It took fourteen months."),
        ("Otters are back in town", "And they are hungry."),
    ]


def test_the_link_to_the_section_is_no_story() -> None:
    stories = [Line("Ferry returns at last", "/news/a"), Line("Otters are back in town", "/news/b")]

    assert headlines(read_rails([Line("Related"), Line("All of our news", "/news/"), *stories])) == [[x.text for x in stories]]
    assert headlines(read_rails([Line("Related"), *stories, Line("Everything", "/all")])) == [[x.text for x in stories]]


def test_a_menu_is_no_rail() -> None:
    assert read_rails([Line("Home", "/"), Line("Sport", "/sport"), Line("Politics", "/politics")]) == []


def test_a_second_heading_opens_a_second_rail() -> None:
    lines = ["Related", "Ferry returns at last", "Otters are back", "Most read", "Bins are blue again", "Owl is removed"]

    assert headlines(read_rails([Line(text) for text in lines])) == [
        ["Ferry returns at last", "Otters are back"],
        ["Bins are blue again", "Owl is removed"],
    ]


def test_thousands_of_headings_are_read_in_one_pass() -> None:
    started = time.perf_counter()
    read_rails([Line(text) for _ in range(4000) for text in ("Related stories", "See more")])
    assert time.perf_counter() - started < 5  # it took 41 s when each heading looked back over the whole rail
