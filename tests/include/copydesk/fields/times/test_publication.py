from __future__ import annotations

from datetime import UTC, datetime

import pytest

from copydesk.fields.claims import Claim
from copydesk.fields.times.dates import Moment
from copydesk.fields.times.publication import Reader, read_times

READER = Reader(Moment(datetime(2024, 3, 1, tzinfo=UTC), "day", "UTC"), "UTC", "en")


def days(lines: list[str], *claims: Claim, url: str | None = None) -> tuple[str | None, str | None, str | None]:
    times = read_times(claims, lines, url, READER)
    published, modified = ((m.at.date().isoformat() if m else None) for m in (times.published, times.modified))
    return published, modified, times.clue


@pytest.mark.parametrize(
    "lines",
    [
        ["1 February 2024", "Updated: 2 February 2024"],
        ["Updated: 2 February 2024", "Published: 1 February 2024"],
        ["Published 1 February 2024, updated 2 February 2024"],
        ["Stand: 2. Februar 2024", "1. Februar 2024"],
        ["Publié le 1 février 2024 • Mis à jour le 2 février 2024"],
        ["Publié le 1 févr. 2024 à 08:01Mis à jour le 2 févr. 2024 à 09:06"],
        ["Aktualizacja: 02.02.2024 23:49 Publikacja: 01.02.2024 21:52"],
        ["An accredited reporter, 1 February 2024", "Bijgewerkt: 2 februari 2024"],
    ],
)
def test_a_change_is_not_the_publication_wherever_it_stands(lines: list[str]) -> None:
    assert days(lines) == ("2024-02-01", "2024-02-02", "date line")


def test_the_time_of_a_change_is_better_than_none() -> None:
    assert days(["Updated 2 February 2024"]) == ("2024-02-02", None, "change")
    assert days([], Claim("modified_at", "2024-02-02", "meta")) == ("2024-02-02", None, "change")


def test_claims_come_before_the_address_and_the_address_before_lines() -> None:
    claim = Claim("published_at", "2024-01-01", "jsonld")
    url = "https://a.org/2024/01/03/story"

    assert days(["2 January 2023"], claim, url="https://a.org/2022/01/03/story") == ("2024-01-01", None, "jsonld")
    assert days(["2 January 2023"], url=url) == ("2024-01-03", None, "url")


def test_of_lines_the_one_that_the_address_bears_out_is_believed_and_gives_the_time() -> None:
    lines = ["Friday, 9 February 2024", "3 January 2024, 10:15"]
    times = read_times([], lines, "https://a.org/2024/01/03/story", READER)

    assert times.clue == "date line"
    assert times.published is not None
    assert times.published.at == datetime(2024, 1, 3, 10, 15, tzinfo=UTC)


def test_two_witnesses_outvote_a_more_trusted_one() -> None:
    claims = [
        Claim("published_at", "2024-01-01T21:05:52-05:00", "jsonld"),  # the clock of Greenwich with the offset of the newsroom
        Claim("published_at", "2024-01-01T21:05:52+00:00", "meta"),
        Claim("published_at", "2024-01-01T16:05:52-05:00", "time"),
    ]

    assert days([], *claims) == ("2024-01-01", None, "meta")


def test_a_clock_without_a_zone_is_read_in_the_zone_that_another_clue_names() -> None:
    claims = [Claim("published_at", "2024-01-01 22:05", "jsonld"), Claim("published_at", "2024-01-01T22:05:10-05:00", "meta")]
    times = read_times(claims, [], None, READER)

    assert times.published is not None
    assert (times.published.at.isoformat(), times.published.zone) == ("2024-01-02T03:05:10+00:00", "-05:00")


@pytest.mark.parametrize(
    ("clue", "zone"),
    [
        (Claim("published_at", "2024-01-01T22:05:10-05:00", "time"), "-05:00"),
        ("Published 1 January 2024, 10:05 PM EST", "EST"),
        ("Published 2 January 2024, 8.35 am", "+05:30"),
        ("Published 2 January 2024, 03:05", "UTC"),
        ("Published 2 January 2024, 09:20", "UTC"),  # no clock differs by 375 minutes
        ("Published 2 January 2024, 23:05", "UTC"),
        ("Updated 1 January 2024, 10:05 PM", "UTC"),
    ],
)
def test_the_zone_of_the_newsroom_is_told_by_the_clock_that_readers_see(clue: Claim | str, zone: str) -> None:
    claims = [Claim("published_at", "2024-01-02T03:05:10Z", "jsonld"), *([clue] if isinstance(clue, Claim) else [])]
    found = read_times(claims, [clue] if isinstance(clue, str) else [], None, READER).published

    assert found is not None
    assert (found.at.isoformat(), found.zone) == ("2024-01-02T03:05:10+00:00", zone)


def test_what_the_container_gives_is_not_put_to_the_vote() -> None:
    claims = [Claim("published_at", f"2024-01-0{day}", clue) for day, clue in enumerate(("given", "jsonld", "meta"), 1)]
    claims[2] = claims[2]._replace(value="2024-01-02")

    assert days([], *claims) == ("2024-01-01", None, "given")


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.org/2024/1/3/story", "2024-01-03"),
        ("https://a.org/news/2024/jan/03/story", "2024-01-03"),
        ("https://a.org/2024-01-03-story", "2024-01-03"),
        ("https://a.org/story-20240103.html", "2024-01-03"),
        ("https://a.org/2024/01/16-new-officers", None),
        ("https://a.org/article/120240103120908039/", None),
        ("https://a.org/2024/01/story", None),
    ],
)
def test_an_address_gives_a_day_only_where_it_holds_one(url: str, day: str | None) -> None:
    assert days([], url=url)[0] == day


def test_what_is_after_the_crawl_or_before_the_web_is_not_believed() -> None:
    claims = [Claim("published_at", "2124-01-01", "given"), Claim("published_at", "1970-01-01", "jsonld")]

    assert days(["1 February 2024"], *claims) == ("2024-02-01", None, "date line")
    assert days([], *claims) == (None, None, None)


@pytest.mark.parametrize("day", ["1931-03-12", "12 March 1931", "March 12, 1887", "12.03.1887", "1850/12/03"])
def test_a_day_before_the_web_is_believed_where_the_record_gives_it(day: str) -> None:
    assert days([], Claim("published_at", day, "given"))[2] == "given"
    assert days([day], Claim("published_at", day, "meta")) == (None, None, None)


@pytest.mark.parametrize("day", ["1970-01-01", "1969-12-31T23:00:00Z", "1899-12-30", "1900-01-01", "1601-01-01", "0001-01-01"])
def test_a_day_that_was_never_set_is_none(day: str) -> None:
    assert days([], Claim("published_at", day, "given")) == (None, None, None)


@pytest.mark.parametrize("date", ["9999-12-31", "2569-11-03"])
def test_a_date_that_means_never_or_counts_from_elsewhere_is_not_believed_even_where_the_crawl_is_unknown(date: str) -> None:
    reader = READER._replace(crawled=None)

    assert read_times([Claim("published_at", date, "meta")], [date], None, reader).published is None


def test_a_page_of_thousands_of_dates_is_weighed_at_once() -> None:
    claims = [Claim("published_at", f"2024-01-{n % 28 + 1:02}T00:{n % 60:02}:07Z", "meta") for n in range(100_000)]

    assert days([], *claims)[2] == "meta"


def test_a_page_that_repeats_its_time_of_publication_states_no_change() -> None:
    claims = [Claim("published_at", "2024-02-01T10:00Z", "meta"), Claim("modified_at", "2024-02-01T10:00Z", "meta")]

    assert days([], *claims) == ("2024-02-01", None, "meta")


@pytest.mark.parametrize("crawled", ["9999-12-31", "0001-01-01"])
def test_a_crawl_at_the_end_of_time_ends_nothing(crawled: str) -> None:
    reader = Reader(Moment(datetime.fromisoformat(crawled).replace(tzinfo=UTC), "day", "UTC"), "UTC", None)
    alone = read_times([], ["1 November 2026"], None, reader)
    assert read_times([], ["1 November 2026", "900 weeks ago"], None, reader) == alone
    assert read_times([], ["900 weeks ago"], None, reader).published is None


def test_a_line_that_counts_back_from_the_crawl_is_read_where_nothing_else_says_when() -> None:
    assert days(["2 days ago"]) == ("2024-02-28", None, "date line")
    assert days(["2 days ago", "1 February 2024"]) == ("2024-02-01", None, "date line")
    assert read_times([], ["2 days ago"], None, READER._replace(crawled=None)).published is None


def test_a_line_that_counts_back_to_a_change_says_when_the_article_was_changed() -> None:
    claims = [Claim("published_at", "2024-02-01", "jsonld")]

    assert days(["Updated 2 days ago"], *claims) == ("2024-02-01", "2024-02-28", "jsonld")
    assert days(["Updated 2 days ago"]) == ("2024-02-28", None, "change")


def test_figures_that_would_be_after_the_crawl_are_read_the_other_way_round() -> None:
    assert days(["Posted: 02/12/2024 5:48 PM"]) == ("2024-02-12", None, "date line")
    assert days(["Posted: 02/01/2024 5:48 PM"]) == ("2024-01-02", None, "date line")


def test_the_day_of_a_dateline_counts_where_nothing_else_says_when() -> None:
    def told(lines: list[str], dateline: str) -> tuple[object, str | None]:
        times = read_times([], lines, None, READER, dateline)
        return times.published and times.published.at.date().isoformat(), times.clue

    assert told([], "Feb. 1, 2024") == ("2024-02-01", "date line")
    assert told(["2 February 2024"], "Feb. 1, 2024") == ("2024-02-02", "date line")
    assert told(["Updated 2 February 2024"], "1. Februar 2024") == ("2024-02-01", "date line")
    assert told([], "Feb. 1, 2031") == (None, None)
