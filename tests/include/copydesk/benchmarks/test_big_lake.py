"""The invented lake is one that every reader can read, and whose pages can be shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk import read
from copydesk.benchmarks.big_lake import FEW, BigLake, main
from copydesk.lake.run_files import RunFiles
from copydesk.settings import Settings
from copydesk.views.run.first_articles import first_articles
from copydesk.views.run.page import run_page
from copydesk.views.search.places import locate

ARTICLES = 40
PAPER = "paper_00"


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> BigLake:
    out = tmp_path_factory.mktemp("big")
    assert main(["--out", str(out), "--sources", "2", "--days", "12", "--articles", str(ARTICLES)]) == 0
    return BigLake(out, 2, 12, ARTICLES)


def test_each_day_has_its_runs_and_a_few_articles_and_the_last_one_many(big: BigLake) -> None:
    files = RunFiles(big.lake)
    dumps = {(line.source, line.dump) for line in files.lines()}

    assert len(dumps) >= 22
    assert first_articles(big.lake, "paper_01", sorted(dumps)[-1][1])[1] == FEW
    rows, count = first_articles(big.lake, PAPER, big.keys()[-1], 3)
    assert (len(rows), count) == (3, ARTICLES)
    assert read("articles", root=big.lake.uri).num_rows == ARTICLES
    assert locate(big.lake, [rows[0]["article_id"]])[rows[0]["article_id"]].day == big.keys()[-1]


def test_the_page_of_a_run_has_all_that_a_real_one_has(big: BigLake) -> None:
    settings = Settings(**{name: str(big.out / name) for name in ("raw", "lake", "sources")})
    page = run_page(RunFiles(big.lake), settings, PAPER, big.keys()[-1])

    assert page is not None
    assert page.is_balanced
    assert page.history > 5
    assert len(page.outcomes) > 60
    assert all(one.expected for one in page.outcomes)
    assert all(one.chart and one.usual for one in page.measured)


def test_an_article_stands_in_its_raw_file_where_its_origin_says(big: BigLake) -> None:
    for row in read(
        "clean", sources=[PAPER], start=big.keys()[-1], columns=["origin_uri", "origin_offset", "title"], root=big.lake.uri
    ).to_pylist():
        with Path(row["origin_uri"]).open("rb") as stream:
            stream.seek(row["origin_offset"])
            assert row["title"] in stream.readline().decode()
