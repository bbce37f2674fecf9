from __future__ import annotations

import subprocess
import sys

SPARED = """
import sys
from copydesk.quality.library import gx
import great_expectations.expectations.core.expect_column_kl_divergence_to_be_less_than as asking

assert not {"scipy.stats", "scipy.stats._stats_py", "altair", "altair.vegalite"} & set(sys.modules)
assert asking.stats.entropy([1.0]) == 0
assert asking.alt.Chart
import altair, scipy, scipy.stats
assert (altair.Chart, scipy.stats.entropy) == (asking.alt.Chart, asking.stats.entropy)
assert scipy.stats is sys.modules["scipy.stats"]
"""
THERE_ALREADY = """
import scipy.stats, altair
from copydesk.quality.library import gx
import great_expectations.expectations.core.expect_column_kl_divergence_to_be_less_than as asking

assert (asking.stats, asking.alt) == (scipy.stats, altair)
assert (sys.modules["scipy.stats"], sys.modules["altair"]) == (scipy.stats, altair)
"""


def ends_well(script: str) -> None:
    done = subprocess.run([sys.executable, "-c", f"import sys\n{script}"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_statistics_and_charts_are_imported_when_somebody_asks_for_them() -> None:
    ends_well(SPARED)


def test_whoever_has_imported_them_before_keeps_them() -> None:
    ends_well(THERE_ALREADY)
