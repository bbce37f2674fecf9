from __future__ import annotations

import pytest

from copydesk.benchmarks import spool
from copydesk.benchmarks.memory import peak
from copydesk.benchmarks.sets import find_sets, pages


@pytest.mark.parametrize("mode", ["html", "text_full"])
def test_a_spool_gives_back_pages_spread_over_the_sets(folder, tmp_path, gold, mode):
    spool.write(tmp_path / "pages.arrow", find_sets(folder), mode, 2)
    assert [page.id for page in spool.read(tmp_path / "pages.arrow")] == ["0", "2"]
    assert next(spool.read(tmp_path / "pages.arrow")) == pages(gold, mode)[0]


def test_memory_is_told_for_as_many_pages_as_there_are(folder):
    found = peak(find_sets(folder), "html", 1_000)
    assert found.pages == 4
    assert 20 < found.before_mb <= found.peak_mb
