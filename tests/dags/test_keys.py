from __future__ import annotations

import sys
from pathlib import Path

import pytest

from copydesk.errors import BadInput

sys.path.insert(0, str(Path(__file__).parents[2] / "dags"))
from desk.keys import dump_day, publication_month


def test_a_day_and_a_month_pass():
    assert dump_day("2026-11-03") == "2026-11-03"
    assert publication_month("2026-11") == "2026-11"
    assert publication_month("unknown") == "unknown"


@pytest.mark.parametrize("key", ["", "2026-11", "../2026-11-03", "2026-11-03/..", "2026-11-03\n", "2026-13-03", "2026-02-30"])
def test_what_is_no_day_never_becomes_part_of_a_path(key):
    with pytest.raises(BadInput, match="a dump day such as 2026-11-03"):
        dump_day(key)


@pytest.mark.parametrize("key", ["", "2026-11-03", "Unknown", "2026-1", "2026-13", "2026-11\n"])
def test_what_is_no_month_is_refused(key):
    with pytest.raises(BadInput, match="a publication month such as 2026-11, or unknown"):
        publication_month(key)


def test_a_run_without_a_key_says_where_to_fill_one_in():
    with pytest.raises(BadInput, match="fill in 'Partition Key'"):
        dump_day(None)
