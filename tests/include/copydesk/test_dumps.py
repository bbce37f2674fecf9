from __future__ import annotations

import pytest

from copydesk.dumps import Kind, check_pattern, kind_of, place_of
from copydesk.errors import BadInput


@pytest.mark.parametrize(
    ("pattern", "place"),
    [
        ("lbc/{key}/*.txt", "lbc/2026-11-03/*.txt"),
        ("lbc/{key:%Y/%m/%d}/*.txt", "lbc/2026/11/03/*.txt"),
        ("lbc/{key:%Y}/{key:%m%d}-*.txt", "lbc/2026/1103-*.txt"),
        ("lbc/{key:%y%j}/{key}.gz", "lbc/26307/2026-11-03.gz"),
    ],
)
def test_a_day_is_filled_in_as_often_and_in_the_form_that_is_asked_for(pattern, place):
    assert place_of(check_pattern(pattern), "2026-11-03") == place


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("lbc/*.txt", "must contain {key}"),
        ("lbc/{key:%Y/%m}/*.txt", "must name the whole day"),
        ("lbc/{key:%m/%d}/*.txt", "must name the whole day"),
        ("lbc/{key:day}/*.txt", "must name the whole day"),
        ("lbc/{key:%Y-%m-%d %H}/*", "%H is not understood"),
        ("lbc/{key:%Y%m%d%}/*", "% is not understood"),
        ("lbc/{key:%Y%m%d}/{name}", "may hold no braces"),
        ("lbc/{key:%Y%m%d/../*", "must contain {key}"),
        ("../{key:%Y%m%d}", "must be relative to COPYDESK_RAW"),
        ("lbc/{key}/**/**/*.txt", r"has \*\*/\*\*, which finds what one"),
    ],
)
def test_a_wrong_pattern_says_what_is_wrong_with_it(pattern, message):
    with pytest.raises(ValueError, match=message):
        check_pattern(pattern)


def test_a_form_of_a_day_needs_a_day():
    with pytest.raises(BadInput, match=r"'wire' is no day, which \{key:%Y%m%d\} of the source's `raw` needs"):
        place_of("lbc/{key:%Y%m%d}/*", "wire")
    assert place_of("lbc/{key}/*", "wire") == "lbc/wire/*"


def test_a_key_is_a_day_or_begins_with_a_letter():
    assert (kind_of("2026-11-03"), kind_of("wire-2010-2020")) == (Kind.DAY, Kind.ARCHIVE)


@pytest.mark.parametrize("key", ["", "2026-11-3", "20261103", "2026-02-30", "a..b", "a/b", "wire\n", ".wire", "-wire", "a" * 101])
def test_a_slip_for_a_day_is_no_archive(key):
    with pytest.raises(BadInput, match="is no day such as 2026-11-03, and no name of an archive"):
        kind_of(key)
