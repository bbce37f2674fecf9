from __future__ import annotations

from datetime import UTC, datetime

from copydesk.fields.times.dates import Moment
from copydesk.fields.times.election import Found, elect


def found(clue: str, text: str, precision: str = "minute", is_zoned: bool = True) -> Found:
    return Found(Moment(datetime.fromisoformat(text).replace(tzinfo=UTC), precision, "UTC", is_zoned), clue)


def test_nobody_is_elected_of_none() -> None:
    assert elect([]) is None


def test_what_the_container_gives_stands_against_all_others() -> None:
    given = found("given", "2024-02-01 10:00")

    assert elect([given, found("jsonld", "2024-02-05 10:00"), found("meta", "2024-02-05 10:00")]) == given


def test_the_time_that_most_clues_bear_out_is_elected_though_others_are_trusted_more() -> None:
    meta = found("meta", "2024-02-05 10:00")

    assert elect([found("jsonld", "2024-02-01 10:00"), meta, found("url", "2024-02-05", "day", is_zoned=False)]) == meta


def test_what_the_reader_sees_twice_is_one_witness() -> None:
    jsonld = found("jsonld", "2024-02-01 10:00")
    shown = [found("time", "2024-02-05 10:00"), found("date line", "2024-02-05 10:00")]

    assert elect([jsonld, *shown]) == jsonld


def test_a_day_gets_its_hour_from_another_clue() -> None:
    hour = found("date line", "2024-02-05 10:15")

    assert elect([found("jsonld", "2024-02-05", "day"), hour]) == hour


def test_a_clock_without_a_zone_takes_the_one_that_names_the_same_minute() -> None:
    zoned = found("meta", "2024-02-05 15:15")

    assert elect([found("jsonld", "2024-02-05 10:15", is_zoned=False), zoned]) == zoned
    assert elect([unzoned := found("jsonld", "2024-02-05 10:15", is_zoned=False), found("meta", "2024-02-05 15:22")]) == unzoned
