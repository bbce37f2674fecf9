from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "plugins"))
from copydesk_lineage import name_of


@pytest.mark.parametrize(
    ("uri", "named"),
    [
        ("/data/raw/lbc/2026-11-03/1.txt", ("file", "/data/raw/lbc/2026-11-03/1.txt")),
        ("s3://dumps/lbc/2026-11-03/what?#1.txt", ("s3://dumps", "lbc/2026-11-03/what?#1.txt")),
        ("s3://lake/clean/source=lbc/dump=2026-11-03", ("s3://lake", "clean/source=lbc/dump=2026-11-03")),
    ],
)
def test_a_place_is_named_as_others_name_it(uri, named):
    assert name_of(uri) == named
