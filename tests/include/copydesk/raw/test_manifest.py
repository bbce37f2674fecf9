from __future__ import annotations

import io
import tarfile

import pytest

from copydesk.errors import BadInput
from copydesk.raw.inputs import fixed_folder, list_inputs
from copydesk.raw.reading import read_file
from copydesk.records import Reason, Record, Reject
from copydesk.sources import Source

PAGE = b"<p>An article.</p>"
FIELDS = {"manifest": "index.csv", "title": "headline", "crawl_date": "seen"}


@pytest.fixture
def tree(desk):
    """The records of a tree of pages by the ends of their paths, with a manifest beside it."""

    def read(
        index: bytes, files: dict[str, bytes], raw: str = "site/{key}/**/*.*t*", at: str = "site/day", **fields: str
    ) -> list:
        folder = desk.root / "site" / "day"
        (desk.root / at).mkdir(parents=True, exist_ok=True)
        (desk.root / at / "index.csv").write_bytes(index)
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        source = Source.model_validate({"name": "site", "raw": raw, "format": "html", "record": {**FIELDS, **fields}})
        inputs = list_inputs(desk.storage, source, "day")
        return [item for file in inputs for item in read_file(desk.storage, file, source, desk.settings)]

    return read


INDEX = b"file,url,headline,seen\na.html,https://news.example/a,Title A,2026-11-01\n./b/c.html,https://news.example/c,,\ngone.html,u,,\n"


def test_a_manifest_says_more_of_the_files_it_names(tree):
    found = tree(INDEX, {"a.html": PAGE, "b/c.html": PAGE, "b/d.html": PAGE})
    assert [(item.url, item.crawl_date, item.given) for item in found if isinstance(item, Record)] == [
        ("https://news.example/a", "2026-11-01", {"title": "Title A"}),
        ("https://news.example/c", None, {}),
        (None, None, {}),
    ]
    assert len({item.id for item in found if isinstance(item, Record)}) == 3


def test_a_row_whose_file_is_not_there_is_a_reject(tree):
    *records, reject = tree(INDEX, {"a.html": PAGE, "b/c.html": PAGE})
    assert len(records) == 2
    assert (reject.reason, reject.url) == (Reason.MISSING_CONTENT, "u")
    assert reject.origin.uri.endswith("site/day/index.csv")
    assert "'gone.html'" in reject.detail


def test_a_manifest_of_several_days_says_nothing_of_files_that_are_not_there(tree):
    found = tree(INDEX, {"a.html": PAGE}, raw="*/{key}/*.html", at="")
    assert [type(item) for item in found] == [Record]


def test_a_manifest_that_the_pattern_of_the_files_finds_is_no_page(tree):
    items = tree(INDEX, {"a.html": PAGE, "b/c.html": PAGE}, raw="site/{key}/**/*")
    assert [type(item) for item in items] == [Record, Record, Reject]


def test_members_of_an_archive_are_named_as_they_are_in_it(tree):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name in ("a.html", "b/c.html"):
            about = tarfile.TarInfo(name)
            about.size = len(PAGE)
            archive.addfile(about, io.BytesIO(PAGE))
    found = tree(INDEX, {"pages.tar": out.getvalue()})
    assert [item.url for item in found] == ["https://news.example/a", "https://news.example/c"]


def test_a_manifest_without_the_column_of_files_is_said_to_lack_it(tree):
    with pytest.raises(BadInput, match="no column 'path', only 'file', 'url'"):
        tree(INDEX, {"a.html": PAGE}, manifest_file="path")


def test_a_manifest_that_is_not_there_is_said_to_be_missing(tree):
    with pytest.raises(BadInput, match=r"other\.csv: no such manifest; site\.toml names it"):
        tree(INDEX, {"a.html": PAGE}, manifest="other.csv")


@pytest.mark.parametrize(
    ("pattern", "path", "folder"),
    [
        ("site/{key}/**/*.html", "site/day/a/b.html", "site/day"),
        ("site/{key}*/*.html", "site/day-1/b.html", "site"),
        ("site/{key}.html", "site/day.html", "site"),
        ("{key}.html", "day.html", ""),
        ("site/{key:%Y/%m}/*.html", "site/2026/11/b.html", "site/2026/11"),
    ],
)
def test_a_manifest_lies_before_the_first_wildcard(pattern, path, folder):
    assert fixed_folder(pattern, path) == folder
