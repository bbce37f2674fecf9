from __future__ import annotations

import pytest

from copydesk.settings import Settings
from copydesk.storage import Storage
from copydesk.views.run.data_docs import docs_pages, read_docs

PAPER, GOOD = "harbour_courier", "2026-11-01"


def test_data_docs_are_found_by_the_names_that_are_there(made: Settings) -> None:
    lake = Storage.open(made.lake)
    last, judged = docs_pages(lake, PAPER, GOOD)

    assert last == "index.html"
    assert judged.startswith("judged-")
    page = read_docs(lake, PAPER, GOOD, judged)
    assert page is not None
    assert b"harbour_courier 2026-11-01" in page


@pytest.mark.parametrize(
    "name", ["../index.html", "judged-.html", "", ".", "..", "/etc/passwd", "index.html/../index.html", "%2e%2e/index.html"]
)
def test_no_other_file_is_read_as_data_docs(made: Settings, name: str) -> None:
    lake = Storage.open(made.lake)

    assert read_docs(lake, PAPER, GOOD, name) is None
    assert read_docs(lake, "..", "..", "index.html") is None
    assert docs_pages(lake, PAPER, "2020-01-01") == []
