from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from copydesk.benchmarks.sets import evenly, find_sets, pages, read_set
from copydesk.errors import BadInput


def test_sets_are_found_by_name(folder):
    assert [path.stem for path in find_sets(folder)] == ["harbour", "snippets"]
    assert [path.stem for path in find_sets(folder, ["snippets"])] == ["snippets"]


def test_a_set_that_is_not_there_is_named_with_those_that_are(folder):
    with pytest.raises(BadInput, match="no set meadow; there is harbour, snippets"):
        find_sets(folder, ["meadow"])


def test_a_folder_without_sets_is_refused(tmp_path):
    with pytest.raises(BadInput, match="no set at all"):
        find_sets(tmp_path)


def test_a_set_without_its_columns_is_refused(tmp_path):
    pq.write_table(pa.table({"id": ["1"]}), tmp_path / "bare.parquet")
    with pytest.raises(BadInput, match="no column authors, body"):
        read_set(tmp_path / "bare.parquet")


def test_a_page_without_address_is_a_site_of_its_own(gold):
    gold.rows[1]["url"] = None
    assert [page.site for page in pages(gold, "html")] == ["gazette.example", "harbour 1", "gazette.example"]


def test_a_sample_is_spread_over_all_pages(gold):
    found = pages(gold, "text_main") * 4
    assert [page.id for page in evenly(found, 3)] == ["0", "1", "2"]
    assert evenly(found, 100) == found
