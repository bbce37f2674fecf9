from __future__ import annotations

from datetime import date, timedelta
from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.dumps import check_pattern, place_of
from copydesk.raw.dated_paths import DatedPaths

FORMS = [
    "{key}",
    "{key:%Y/%m/%d}",
    "{key:%Y%m%d}",
    "{key:%y-%j}",
    "{key:%Y}/{key:%Y-%m}/{key:%d}",
    "{key:%Y}/{key}",
    "{key:%d.%m.%Y}",
]


@given(
    day=st.dates(date(1970, 1, 1), date(2068, 12, 31)),
    form=st.sampled_from(FORMS),
    frame=st.sampled_from(["lbc/{}/1.txt", "{}_1.txt"]),
)
def test_a_path_made_for_a_day_is_known_as_that_days(day, form, frame):
    pattern = check_pattern(frame.format(form))
    path = place_of(pattern, day.isoformat())
    paths = DatedPaths.of(pattern)
    assert paths.day_of(path) == day.isoformat()
    assert fnmatchcase(path, paths.glob)
    assert paths.day_of(path) != (day + timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("lbc/{key}/*.txt*", "lbc/2026-11-03/a.txt.gz"),
        ("lbc/*/{key}.jsonl", "lbc/sport/2026-11-03.jsonl"),
        ("lbc/{key}/**/*.html", "lbc/2026-11-03/a.html"),
        ("lbc/{key}/**/*.html", "lbc/2026-11-03/b/c/a.html"),
        ("lbc/{key}*", "lbc/2026-11-03T06.csv"),
        ("lbc/{key}/part-[0-9].cs?", "lbc/2026-11-03/part-7.csv"),
    ],
)
def test_wildcards_stand_for_what_a_shell_would_find(pattern, path):
    assert DatedPaths.of(pattern).day_of(path) == "2026-11-03"


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("lbc/{key}/*.txt", "lbc/2026-11-03/deeper/a.txt"),
        ("lbc/{key}/*.txt", "lbc/2026-02-30/a.txt"),
        ("lbc/{key}/*.txt", "lbc/latest/a.txt"),
        ("lbc/{key}.(1)", "lbc/2026-11-03.1"),
        ("{key:%Y}/{key:%Y-%m-%d}", "2025/2026-11-03"),
        ("lbc/{key}/[!_]*", "lbc/2026-11-03/_SUCCESS"),
    ],
)
def test_another_path_is_of_no_day(pattern, path):
    assert DatedPaths.of(pattern).day_of(path) is None


def test_one_listing_does_not_span_folders_the_pattern_does_not():
    assert DatedPaths.of("lbc/{key}*/*").glob == "lbc/????-??-??*/*"
    assert DatedPaths.of("{key:%y%j}").glob == "?????"
