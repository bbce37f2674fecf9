from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.assembly.rails.column import read_rails, structs
from copydesk.assembly.rails.lines import Lines
from copydesk.assembly.rails.signs import CUES, STORY_CHARS, read_as_sections, read_signs
from copydesk.labels.features.cues import line_cues
from copydesk.labels.texts.lines import look
from timing import done_within

Line = tuple[str, str | None]


class Rail(NamedTuple):
    heading: str | None
    more: str | None
    headlines: list[str]
    captions: list[str | None]
    urls: list[str | None]


def read(lines: Sequence[str | Line], *further: Sequence[str]) -> list[Rail]:
    """The rails of one run of lines, or of several."""
    runs = [list(lines), *map(list, further)]
    texts, urls = zip(*((line, None) if isinstance(line, str) else line for run in runs for line in run), strict=True)
    edges = [0, *accumulate(map(len, runs))]
    heard = look(pa.array(texts))
    cues = line_cues(heard.text, heard.tokens, heard.counts)
    says = {cue: cues[f"says_{cue}"][heard.tokens.text] > 0 for cue in CUES}
    found = Lines(pa.array(texts), heard.tokens, list(urls), read_signs(pa.array(texts), says))
    rails = structs(read_rails(found, [range(*edge) for edge in pairwise(edges)]), found).to_pylist()
    items = ([[item[name] for item in rail["items"]] for name in ("headline", "caption", "url")] for rail in rails)
    return [Rail(rail["heading"], rail["more"], *columns) for rail, columns in zip(rails, items, strict=True)]


def headlines(rails: list[Rail]) -> list[list[str]]:
    return [rail.headlines for rail in rails]


def test_pairs_of_caption_and_headline_are_told_by_the_words_they_share() -> None:
    lines = [
        "Latest News",
        "See more Latest News",
        "A heron stands beside the weir at Hexwell",
        "Heron returns to Hexwell weir after nine years",
    ]
    lines += ["A brass band rehearses in the tram depot", "Tram depot opens with a brass band in the rain"]
    (rail,) = read(lines)

    assert (rail.heading, rail.more) == ("Latest News", "See more Latest News")
    assert (rail.headlines, rail.captions) == (lines[3::2], lines[2::2])
    assert rail.urls == [None, None]


SUMMED_UP = [
    "Ferry returns to Hexwell",
    "After nine years a boat crosses the Tarn again.",
    "Owl removed from town hall",
    "Nobody knows how the bird came in.",
    "Mill to reopen in spring",
    "The wheel has been mended by volunteers.",
]


def test_summaries_below_headlines_are_told_by_their_full_stops() -> None:
    (rail,) = read(["Latest news", *SUMMED_UP[:4]])
    (unheaded,) = read(SUMMED_UP)

    assert (rail.headlines, rail.captions) == (SUMMED_UP[:4:2], SUMMED_UP[1:4:2])
    assert (unheaded.headlines, unheaded.captions) == (SUMMED_UP[::2], SUMMED_UP[1::2])


def test_two_pairs_without_a_heading_may_be_notices() -> None:
    assert read(["Teknisk fejl", "Artiklen kunne ikke vises.", "Ingen forbindelse", "Kontroller dit netværk."]) == []


def test_captions_above_headlines_may_end_in_full_stops() -> None:
    lines = [line for pair in zip(SUMMED_UP[1::2], SUMMED_UP[::2], strict=True) for line in pair]
    (rail,) = read(lines)

    assert (rail.headlines, rail.captions) == (lines[1::2], lines[::2])


def test_captions_below_headlines_are_told_by_credits_and_shared_words() -> None:
    lines = ["Latest news", "Heron returns to Hexwell weir", "The heron beside the weir at Hexwell (Mara Ottewill/PA)"]
    lines += ["Tram depot opens with a brass band", "A band rehearses in the depot (Ivo Brandl/PA)"]
    lines += ["Voters choose a bin for Hexwell", "A bin, as voters in Hexwell know it"]
    (rail,) = read(lines)

    assert (rail.headlines, rail.captions) == (lines[1::2], lines[2::2])


def test_lines_of_a_long_list_that_share_a_word_by_chance_are_no_pairs() -> None:
    lines = ["Otters are back", "Ferry returns", "Mill to reopen", "Owl is removed", "Town votes on bins", "Bins for the town"]
    lines += ["A whistle is heard", "Bridge closes", "Depot band plays", "Band plays at depot"]

    assert headlines(read(lines)) == [lines]


def test_single_headlines_are_an_item_each_without_rank_or_time() -> None:
    ranked = [
        "Most read",
        "1. A whistle is mistaken for a bird",
        "2. Town votes on its bins again",
        "© 2026 The Paper. All rights reserved.",
    ]
    dated = ["Most read", "A whistle is mistaken for a bird", "2 hours ago", "Town votes on its bins again", "Yesterday"]
    expected = [["A whistle is mistaken for a bird", "Town votes on its bins again"]]

    assert headlines(read(ranked)) == expected
    assert headlines(read(dated)) == expected


def test_title_and_teaser_of_a_card_are_one_item() -> None:
    lines = ["Related", ("Ferry returns at last", "/a"), ("It took fourteen months.", "/a")]
    lines += [("Otters are back in town", "/b"), "And they are hungry."]
    (rail,) = read(lines)

    assert list(zip(rail.headlines, rail.captions, strict=True)) == [
        ("Ferry returns at last", "It took fourteen months."),
        ("Otters are back in town", "And they are hungry."),
    ]


def test_a_bare_rank_or_number_of_comments_is_no_story() -> None:
    linked = ["Most read", "1.", ("Ferry returns at last", "/a"), ("12", "/a#comments"), "2.", ("Otters are back in town", "/b")]
    unlinked = ["Most read", "1", "Ferry returns at last", "2", "Otters are back in town"]

    for rail in (*read(linked), *read(unlinked)):
        assert rail.headlines == ["Ferry returns at last", "Otters are back in town"]
        assert rail.captions == [None, None]


def test_a_link_to_who_wrote_a_story_is_no_story() -> None:
    lines = ["Related", ("Ferry returns at last", "/a"), ("Ida Quist", "/autor/ida-quist-7"), ("Otters are back in town", "/b")]
    lines += [("Ida Quist", "/author/ida-quist/"), "And they are hungry."]
    (rail,) = read(lines)

    assert rail.headlines == ["Ferry returns at last", "Otters are back in town"]
    assert rail.captions == [None, "And they are hungry."]


def test_links_to_sections_among_stories_are_none_but_may_be_a_list_of_their_own() -> None:
    stories = [
        ("Canada", "/category/canada/"),
        ("Ferry returns at last", "/a"),
        ("3 hrs ago", "/b"),
        ("Otters are back in town", "/b"),
    ]
    topics = [("Harbour Fair", "/topic/fair"), ("Otters", "/topic/otters")]

    assert headlines(read(["Related", *stories])) == [["Ferry returns at last", "Otters are back in town"]]
    assert headlines(read(["Related", *topics])) == [["Harbour Fair", "Otters"]]


def test_the_link_to_the_section_is_no_story() -> None:
    stories = [("Ferry returns at last", "/news/a"), ("Otters are back in town", "/news/b")]

    assert headlines(read(["Related", ("All of our news", "/news/"), *stories])) == [[text for text, _ in stories]]
    assert headlines(read(["Related", *stories, ("Everything", "/all")])) == [[text for text, _ in stories]]


def test_a_menu_is_no_rail() -> None:
    assert read([("Home", "/"), ("Sport", "/sport"), ("Politics", "/politics")]) == []


def test_a_second_heading_opens_a_second_rail() -> None:
    lines = ["Related", "Ferry returns at last", "Otters are back", "Most read", "Bins are blue again", "Owl is removed"]

    assert headlines(read(lines)) == [
        ["Ferry returns at last", "Otters are back"],
        ["Bins are blue again", "Owl is removed"],
    ]


@pytest.mark.parametrize(
    ("line", "is_story"),
    [
        ("3 hours ago", False),
        ("14/12 10:24", False),
        ("2031年12月14日", False),
        ("14/12 10:24河畔小镇的渡轮停航十四个月之后重新开航", True),
        ("Ferry runs 3 hours ago late again", True),
    ],
)
def test_a_time_is_no_story_but_may_open_one(line: str, is_story: bool) -> None:
    lines = ["Most read", "A whistle is mistaken for a bird", line]

    assert headlines(read(lines)) == [[lines[1], line] if is_story else [lines[1]]]


def test_a_link_without_an_address_has_none() -> None:
    (rail,) = read(["Related", ("Ferry returns at last", "/a"), ("Otters are back in town", "")])

    assert rail.urls == ["/a", None]


def test_runs_are_read_beside_each_other_as_they_are_alone() -> None:
    pairs = [
        "Latest",
        "A heron stands at the weir",
        "Heron returns to the weir",
        "A band in the depot",
        "Depot opens with a band",
    ]
    ranked = ["Most read", "1. A whistle is mistaken for a bird", "See more", "2. Town votes on its bins again", "See more"]
    linked: list[str | Line] = ["Related", ("Ferry returns at last", "/a"), "It took fourteen months.", ("Otters are back", "/b")]

    assert read(linked, pairs, ranked) == [*read(linked), *read(pairs), *read(ranked)]
    assert [rail.headlines for rail in read(ranked)] == [["A whistle is mistaken for a bird", "Town votes on its bins again"]]


@given(st.text(st.characters(categories=["L", "Zs", "Cc", "Nd"]), max_size=40))
def test_a_section_has_fewer_than_three_words_whatever_parts_them(text: str) -> None:
    assert read_as_sections(pa.array([text])).tolist() == [len(text) < STORY_CHARS and len(text.split()) < 3]


def test_a_line_that_names_its_story_is_no_heading() -> None:
    lines = [
        "Related stories",
        "A whistle is mistaken for a bird",
        "Read also: Boats are counted",
        "Town votes on its bins again",
    ]
    assert [(rail.heading, rail.more, rail.headlines) for rail in read(lines)] == [(lines[0], None, lines[1:])]
    assert read(lines[2:]) == []


def test_comments_and_notices_are_no_rail() -> None:
    assert read(["harry", "About time too, my knees have suffered.", "mags", "Who is going to pay for all this then."]) == []
    assert read(["Our standards are those of the trust.", "Write to us about this article."]) == []
    (rail,) = read(["Who is going to pay for the slip?", "Boats are counted at last"])
    assert len(rail.headlines) == 2


@pytest.mark.parametrize("house", ["Subscribe", "Newsletter", "Log in", "Share on Facebook", "Cookies"])
def test_what_the_house_invites_to_is_no_story(house: str) -> None:
    (rail,) = read(["Most read", "A whistle is mistaken for a bird", "Town votes on its bins again", house])
    assert rail.headlines == ["A whistle is mistaken for a bird", "Town votes on its bins again"]


def test_what_opens_a_rail_may_be_worded_as_what_ends_one() -> None:
    (rail,) = read(["Read next", "A whistle is mistaken for a bird", "Town votes on its bins again"])
    assert (rail.heading, rail.more, len(rail.headlines)) == ("Read next", None, 2)


def test_thousands_of_headings_are_read_in_one_pass() -> None:
    done_within(
        5, lambda: read(["Related stories", "See more"] * 4000)
    )  # it took 41 s when each heading looked back over the whole rail
