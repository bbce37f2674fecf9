from __future__ import annotations

import re
from datetime import date, timedelta
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from copydesk.dumps import check_pattern, place_of
from copydesk.filesystems.wildcards import fits
from copydesk.raw.dated_paths import DatedPaths
from timing import done_within

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
        ("lbc/{key}/[]!]*[^a]", "lbc/2026-11-03/]a^"),
        ("lbc/{key}/[!]a]b", "lbc/2026-11-03/[b"),
        ("lbc/{key}/a[", "lbc/2026-11-03/a["),
        ("lbc/{key}/[[a]", "lbc/2026-11-03/["),
        ("lbc/{key}/[--a]", "lbc/2026-11-03/a"),
        ("lbc/*-*-{key}-*_*.csv", "lbc/a-b-2026-11-03-c_d_e.csv"),
        ("lbc/*/x*b/*a/{key}", "lbc/-/xab/ba/2026-11-03"),
        ("lbc/{key}/*a**/*b*b", "lbc/2026-11-03/xa/bbb"),
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
        ("lbc/{key}/[z-a]*", "lbc/2026-11-03/b"),
        ("lbc/{key}/a[!b]c", "lbc/2026-11-03/a/c"),
        ("lbc/{key}/[!]*", "lbc/2026-11-03/a"),
        ("lbc/{key}/{key}", "lbc/2026-11-03/2026-11-04"),
    ],
)
def test_another_path_is_of_no_day(pattern, path):
    assert DatedPaths.of(pattern).day_of(path) is None


def test_a_name_made_to_be_tried_in_every_way_takes_no_time():
    paths = DatedPaths.of("{key}/*-*-*-*-*-*-*-*.csv")
    assert done_within(1, lambda: paths.day_of(f"2026-11-03/{'-' * 250}")) is None


PART = st.lists(st.sampled_from([*"[]!*?-^\\ab", "a-", "[b-a]"]), min_size=1, max_size=8).map("".join)
NAME = st.text("ab-]^", min_size=1, max_size=8)


@example(pattern="]/**", name="]")
@given(
    pattern=st.lists(st.one_of(PART, st.just("**")), min_size=1, max_size=3).map("/".join),
    name=st.lists(NAME, min_size=1, max_size=3).map("/".join),
)
def test_any_pattern_is_understood_as_the_listing_of_a_folder_understands_it(pattern, name):
    """A part of a name that only begins with `**` is left out: a shell has no rule for it."""
    parts = pattern.split("/")
    path = PurePosixPath(f"2026-11-03/{name}")
    assume(not any("**" in part and part != "**" for part in parts) and "**/**" not in pattern)
    assume("" not in parts and str(path) == f"2026-11-03/{name}" and not _has_set_across(pattern))
    expected = fits(path.parts, ("2026-11-03", *parts))
    assert (DatedPaths.of(f"{{key}}/{pattern}").day_of(str(path)) is not None) == expected


def _has_set_across(pattern: str) -> bool:
    """Whether brackets close only behind a `/`, which ends a name."""
    return any("/" in found for found in re.findall(r"\[!?\]?[^\]]*\]", pattern))


def test_one_listing_does_not_span_folders_the_pattern_does_not():
    assert DatedPaths.of("lbc/{key}*/*").glob == "lbc/????-??-??*/*"
    assert DatedPaths.of("{key:%y%j}").glob == "?????"
