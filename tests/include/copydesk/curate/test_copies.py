from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyarrow as pa

from copydesk.curate.candidates import BOILERPLATE
from copydesk.curate.copies import first_partners
from copydesk.curate.sketches import sketch
from copydesk.curate.stories import Stories

START = datetime(2026, 11, 1, 8, tzinfo=UTC)
WIRE = [f"Paragraph {n} of the agency's report tells at some length what the council decided." for n in "ABCDEFG"]


def story(article_id: str, source: str, hour: int, paragraphs: list[str]) -> dict[str, object]:
    return {"article_id": article_id, "source": source, "published_at": START + timedelta(hours=hour), "paragraphs": paragraphs}


def linked(*stories: dict[str, object]) -> dict[str, tuple[str | None, list[str]]]:
    types = {
        "article_id": pa.string(),
        "source": pa.string(),
        "published_at": pa.timestamp("us", tz="UTC"),
        "paragraphs": pa.list_(pa.string()),
    }
    table = pa.Table.from_pylist(list(stories), schema=pa.schema(types))
    sketched = sketch(table["paragraphs"])
    for name in table.column_names[:3]:
        sketched = sketched.append_column(name, table[name])
    nobody = first_partners(sketched.slice(0, 0))
    links = first_partners(sketched)
    found = Stories(lambda month: links if month == "2026-11" else nobody)
    rows = {row["article_id"]: row for row in found.links("2026-11").to_pylist()}
    unlinked = {"duplicate_of": None, "copies": []}
    return {str(s["article_id"]): tuple(rows.get(s["article_id"], unlinked)[name] for name in unlinked) for s in stories}


def own(source: str, count: int) -> list[str]:
    return [f"Only {source} printed this, its paragraph number {n} about the harbour festival." for n in range(count)]


def test_an_agency_copy_with_two_paragraphs_cut_is_linked_to_the_first_publication() -> None:
    found = linked(story("late", "herald", 3, WIRE[:-2]), story("early", "courier", 1, WIRE))
    assert found == {"late": ("early", []), "early": (None, ["late"])}


def test_typography_does_not_hide_a_copy() -> None:
    plain = ["The mayor's office said it won't pay - \"not a penny\" - for the bridge at all."]
    typeset = ["The mayor’s office said it won’t pay – “not a penny” – for the bridge  at all."]
    assert linked(story("a", "courier", 1, plain), story("b", "herald", 2, typeset))["b"] == ("a", [])


def test_equal_text_broken_into_other_paragraphs_is_a_copy() -> None:
    assert linked(story("a", "courier", 1, WIRE[:2]), story("b", "herald", 2, [" ".join(WIRE[:2])]))["b"] == ("a", [])


def test_two_shared_paragraphs_do_not_make_a_copy() -> None:
    found = linked(story("a", "courier", 1, [*WIRE[:2], *own("courier", 1)]), story("b", "herald", 2, WIRE[:2]))
    assert found == {"a": (None, []), "b": (None, [])}


def test_a_look_alike_with_less_than_its_larger_part_shared_is_not_linked() -> None:
    found = linked(story("a", "courier", 1, WIRE), story("b", "herald", 2, [*WIRE[:3], *own("herald", 3)]))
    assert found["b"] == (None, [])


def test_short_paragraphs_say_nothing() -> None:
    short = ["He declined to comment.", "Read more below.", "More follows soon.", "By our own staff."]
    found = linked(story("a", "courier", 1, [*short, *own("courier", 1)]), story("b", "herald", 2, [*short, *own("herald", 1)]))
    assert found["b"] == (None, [])


def test_the_same_source_is_not_its_own_copy() -> None:
    assert linked(story("a", "courier", 1, WIRE), story("b", "courier", 2, WIRE))["b"] == (None, [])


def test_paragraphs_of_very_many_stories_are_boilerplate() -> None:
    stories = [story(f"{n:03}", f"s{n % 2}", n, [*WIRE, *own(str(n), 3)]) for n in range(BOILERPLATE + 1)]
    assert all(links == (None, []) for links in linked(*stories).values())


def test_many_publishers_of_one_story_all_point_to_the_first() -> None:
    found = linked(*(story(f"{n:03}", f"s{n}", n, [*WIRE, *own(str(n), 1)]) for n in range(BOILERPLATE)))
    assert found["000"] == (None, [f"{n:03}" for n in range(1, BOILERPLATE)])
    assert {first for name, (first, _) in found.items() if name != "000"} == {"000"}


def test_at_equal_times_the_smaller_id_is_the_first() -> None:
    assert linked(story("b", "courier", 1, WIRE), story("a", "herald", 1, WIRE))["b"] == ("a", [])


def test_a_digest_of_two_stories_does_not_make_them_one() -> None:
    other = own("courier", 4)
    found = linked(
        story("one", "courier", 1, WIRE),
        story("two", "courier", 2, other),
        story("digest", "herald", 3, [*WIRE, *other]),
    )
    assert found == {"one": (None, ["digest"]), "two": (None, []), "digest": ("one", [])}


def test_a_copy_of_a_copy_points_to_the_first_publication() -> None:
    found = linked(
        story("a", "courier", 1, WIRE[:4]), story("b", "herald", 2, WIRE[:6]), story("c", "globe", 3, [*WIRE[2:6], WIRE[0]])
    )
    assert found == {"a": (None, ["b", "c"]), "b": ("a", []), "c": ("a", [])}


def test_stories_without_a_date_or_paragraphs_are_linked_last_or_not_at_all() -> None:
    undated = {**story("a", "herald", 0, WIRE), "published_at": None}
    found = linked(undated, story("b", "courier", 5, WIRE), story("c", "globe", 1, []), story("d", "times", 2, []))
    assert found == {"a": ("b", []), "b": (None, ["a"]), "c": (None, []), "d": (None, [])}


def test_no_stories_give_no_links() -> None:
    assert linked() == {}
