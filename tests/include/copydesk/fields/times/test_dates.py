from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.fields.times.dates import parse_date

FEB_7 = "2024-02-07T{}:00+00:00"


@pytest.mark.parametrize(
    ("text", "zone", "at", "precision"),
    [
        ("7 February 2024, 15:24", "Europe/London", FEB_7.format("15:24"), "minute"),
        ("7 Feb 2024 3.24pm", "Europe/London", FEB_7.format("15:24"), "minute"),
        ("Wed 7 Feb 2024 15.24 GMT", "Europe/Paris", FEB_7.format("15:24"), "minute"),
        ("Published 7th February 2024", "UTC", FEB_7.format("00:00"), "day"),
        ("February 7, 2024 at 3:24 p.m. ET", "UTC", FEB_7.format("20:24"), "minute"),
        ("Feb. 7, 2024 12:05 a.m.", "UTC", FEB_7.format("00:05"), "minute"),
        ("7 February 2024 - 12pm", "UTC", FEB_7.format("12:00"), "minute"),
        ("02/07/2024 03:24 PM", "America/New_York", FEB_7.format("20:24"), "minute"),
        ("07/02/2024 15:24", "Europe/London", FEB_7.format("15:24"), "minute"),
        ("15:24 7/2/24", "Europe/London", FEB_7.format("15:24"), "minute"),
        ("31/12/2023", "America/New_York", "2023-12-31T00:00:00+00:00", "day"),
        ("7-Feb-2024", "UTC", FEB_7.format("00:00"), "day"),
        ("7. Februar 2024, 15:24 Uhr", "Europe/Berlin", FEB_7.format("14:24"), "minute"),
        ("Mi., 07.02.2024, 15.24 Uhr", "Europe/Berlin", FEB_7.format("14:24"), "minute"),
        ("07.02.24", "Europe/Berlin", FEB_7.format("00:00"), "day"),
        ("1. März 1999", "Europe/Berlin", "1999-03-01T00:00:00+00:00", "day"),
        ("Publié le 7 février 2024 à 15h24", "Europe/Paris", FEB_7.format("14:24"), "minute"),
        ("1er août 2023 à 9h05", "Europe/Paris", "2023-08-01T07:05:00+00:00", "minute"),
        ("7 de febrero de 2024 - 15:24 h", "Europe/Madrid", FEB_7.format("14:24"), "minute"),
        ("Miércoles, 7 de febrero del 2024", "Europe/Madrid", FEB_7.format("00:00"), "day"),
        ("7 lutego 2024, 15:24", "Europe/Warsaw", FEB_7.format("14:24"), "minute"),
        ("10 października 2023 r., godz. 8:05", "Europe/Warsaw", "2023-10-10T06:05:00+00:00", "minute"),
        ("15:24, 7 февраля 2024 г.", "Europe/Moscow", FEB_7.format("12:24"), "minute"),
        ("7 Φεβρουαρίου 2024, 15:24", "Europe/Athens", FEB_7.format("13:24"), "minute"),
        ("2024年2月7日 15:24", "Asia/Shanghai", FEB_7.format("07:24"), "minute"),
        ("2024年02月07日下午3:24", "Asia/Shanghai", FEB_7.format("07:24"), "minute"),
        ("2024. február 7. 15:24", "Europe/Budapest", FEB_7.format("14:24"), "minute"),
        ("2024. 02. 07. 15:24", "Europe/Budapest", FEB_7.format("14:24"), "minute"),
        ("2024 m. vasario 7 d., 15:24", "Europe/Vilnius", FEB_7.format("13:24"), "minute"),
        ("7 Şubat 2024 15:24", "Europe/Istanbul", FEB_7.format("12:24"), "minute"),
        ("7. helmikuuta 2024 klo 15.24", "Europe/Helsinki", FEB_7.format("13:24"), "minute"),
        ("7. února 2024 15:24", "Europe/Prague", FEB_7.format("14:24"), "minute"),
        ("7 फ़रवरी 2024", "Asia/Kolkata", FEB_7.format("00:00"), "day"),
        ("٧ فبراير ٢٠٢٤", "Africa/Cairo", FEB_7.format("00:00"), "day"),
        ("24 نيسان / أبريل 2020", "Asia/Beirut", "2020-04-24T00:00:00+00:00", "day"),
        ("Ann LeeFeb 7, 20242 Shares", "UTC", FEB_7.format("00:00"), "day"),
        ("7 February 20249 February 2024", "UTC", FEB_7.format("00:00"), "day"),
        ("07.02.20247. Februar 2024", "UTC", FEB_7.format("00:00"), "day"),
        ("Czwartek | 7 Lut 24, 15:24", "Europe/Warsaw", FEB_7.format("14:24"), "minute"),
        ("7 февраля 24 (15:24)", "Europe/Moscow", FEB_7.format("12:24"), "minute"),
        ("PTI | 03:24 PM,Feb 7,2024", "UTC", FEB_7.format("15:24"), "minute"),
        ("Τετάρτη 7 Φλεβάρη 2024", "Europe/Athens", FEB_7.format("00:00"), "day"),
        ("2024-02-07T00:00:00+08:00", "UTC", FEB_7.format("00:00"), "day"),
        ("2024-2-7 5:24:05", "UTC", "2024-02-07T05:24:05+00:00", "second"),
        ("1707319445", "UTC", "2024-02-07T15:24:05+00:00", "second"),
        ("1707319445123", "UTC", "2024-02-07T15:24:05+00:00", "second"),
        ("1707319445123456", "UTC", "2024-02-07T15:24:05+00:00", "second"),
        ("1707319445.0", "UTC", "2024-02-07T15:24:05+00:00", "second"),
        ("946684800", "UTC", "2000-01-01T00:00:00+00:00", "second"),
        ("45329", "Europe/Paris", FEB_7.format("00:00"), "day"),
        ("45329.641666667", "Europe/Paris", FEB_7.format("14:24"), "second"),
        ("Wed Feb 07 15:24:05 +0100 2024", "UTC", "2024-02-07T14:24:05+00:00", "second"),
        ("Wed Feb  7 15:24:05 CET 2024", "UTC", "2024-02-07T14:24:05+00:00", "second"),
        ("20240207.0", "UTC", FEB_7.format("00:00"), "day"),
        ("2024-02-07T15:24:05Z", "Europe/Paris", "2024-02-07T15:24:05+00:00", "second"),
        ("2024-02-07T15:24:05.123+01:00", "UTC", "2024-02-07T14:24:05+00:00", "second"),
        ("2024-02-07T15:24+0530", "UTC", FEB_7.format("09:54"), "minute"),
        ("2024-02-07 03:24 PM", "UTC", FEB_7.format("15:24"), "minute"),
        ("2024-02-07 15:24 BST", "UTC", FEB_7.format("14:24"), "minute"),
        ("2024-02-07 15:24 IST", "Asia/Kolkata", FEB_7.format("09:54"), "minute"),
        ("7 February 2024 15:24 UTC+2", "UTC", FEB_7.format("13:24"), "minute"),
        ("20240207", "UTC", FEB_7.format("00:00"), "day"),
        ("20240207T152405Z", "UTC", "2024-02-07T15:24:05+00:00", "second"),
        ("Wed, 07 Feb 2024 15:24:05 +0100", "UTC", "2024-02-07T14:24:05+00:00", "second"),
        ("Wed, 07 Feb 2024 15:24:05 GMT", "Europe/Paris", "2024-02-07T15:24:05+00:00", "second"),
        ("Wed, 07 Feb 2024 15:24:05 -0000", "Europe/Paris", "2024-02-07T15:24:05+00:00", "second"),
    ],
)
def test_a_date_as_newspapers_print_it_is_read(text: str, zone: str, at: str, precision: str) -> None:
    moment = parse_date(text, zone)

    assert moment is not None
    assert (moment.at.isoformat(), moment.precision) == (at, precision)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello world",
        "yesterday",
        "3 hours ago",
        "31 June 2024",
        "2024-02-30",
        "12 noon 2024",
        "15:24",
        "7 May 12:30",
        "12345",
        "99999",
        "4532",
    ],
)
def test_what_names_no_day_of_the_calendar_is_no_date(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize("text", ["7 Feb 2024 25:61", "2024-02-07 25:61"])
def test_a_time_that_no_clock_shows_leaves_the_day(text: str) -> None:
    moment = parse_date(text, "Asia/Tokyo")

    assert moment is not None
    assert (moment.at.isoformat(), moment.precision) == (FEB_7.format("00:00"), "day")


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("7 Feb 2024 15:24", "Europe/London"),
        ("7 Feb 2024 15:24 CET", "CET"),
        ("7 Feb 2024 15:24 ET", "America/New_York"),
        ("2024-02-07T15:24Z", "UTC"),
        ("2024-02-07T15:24+01:00", "+01:00"),
        ("Wed, 07 Feb 2024 15:24:05 +0100", "+01:00"),
    ],
)
def test_the_zone_is_the_one_stated_or_the_one_of_the_source(text: str, zone: str) -> None:
    moment = parse_date(text, "Europe/London")

    assert moment is not None
    assert moment.zone == zone


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="0123456789 :./-+TZapm.JanFebMärz年月日,()", max_size=30), st.sampled_from(["UTC", "America/New_York"]))
def test_no_text_ends_the_run(text: str, zone: str) -> None:
    moment = parse_date(text, zone)

    assert moment is None or moment.at.utcoffset() is not None


@pytest.mark.parametrize(("text", "year"), [("0001-01-01T00:00:00", 1), ("0024-05-01", 24)])
def test_a_year_of_four_figures_is_that_year(text: str, year: int) -> None:
    """What systems write where no date was set must not become one of this century."""
    found = parse_date(text)
    assert found
    assert found.at.year == year


def test_what_is_remembered_of_a_long_text_is_what_was_read_of_it() -> None:
    parse_date("7 February 2024 " + "x" * 1_000_000)
    tracemalloc.start()
    for n in range(50):
        parse_date(f"{n} February 2024 " + "x" * 1_000_000)
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 1_000_000
