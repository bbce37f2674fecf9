"""A file of articles as a news database exports them, through a whole run."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk import read
from copydesk.pipeline import curate, run_alone
from copydesk.run import Run
from copydesk.settings import Settings
from copydesk.sources import Source

DAY = "2026-11-03"
TITLES = ["Ferry to Holm sails again", "Bakery gets its flour by boat", "Harbour board buys an engine"]
BODY = [
    "The ferry to Holm went back into service on Tuesday, four months after its engine had failed in a gale in November.",
    "Sixty people stood on the quay before the first crossing at seven in the morning, one of them with a sheep in his van.",
    "The harbour board said that the new engine uses a third less fuel than the old one, and makes less noise.",
]


def article(n: int) -> str:
    head = [f"Headline: {TITLES[n]}", "Byline: Jane Smith", f"Date: {n + 1} November 2026", "Publication: The Courier"]
    tail = ["Load-Date: 3 November 2026", f"Document COURIE0020261103abc000{n}x"]
    return "\n".join([*head, "", *(f"{line} It is article number {n}." for line in BODY), "", *tail])


@pytest.mark.parametrize("separation", [{"separator": "____"}, {"separator_pattern": "_{4,}|End of Document"}])
def test_articles_of_an_export_are_published_with_their_labelled_lines_among_what_was_removed(
    tmp_path: Path, separation: dict[str, str]
) -> None:
    folder = tmp_path / "raw" / DAY
    folder.mkdir(parents=True)
    (folder / "export.txt").write_text("\n____\n".join(article(n) for n in range(3)))
    table = {"name": "courier", "raw": "{key}/*.txt", "format": "text", "record": separation}
    limits = Settings(raw=str(tmp_path / "raw"), lake=str(tmp_path / "lake"), sources=str(tmp_path))
    run_alone(Run(Source.model_validate(table), DAY, "one", limits))
    clean = read("clean", root=limits.lake).sort_by("published_at").to_pylist()
    removed = read("removed", root=limits.lake).to_pylist()

    assert [row["title"] for row in clean] == TITLES
    assert [str(row["published_at"])[:10] for row in clean] == ["2026-11-01", "2026-11-02", "2026-11-03"]
    for n, row in enumerate(clean):
        cut = [block for block in removed if block["article_id"] == row["article_id"]]
        places = sorted(block["ordinal"] for block in cut)
        assert len(row["paragraphs"]) == 3
        assert places == [0, 1, 2, 3, 7, 8]
        assert {block["text"]: block["reasons"] for block in cut}[f"Headline: {TITLES[n]}"] == ["labelled as the title"]


def test_an_archive_of_old_papers_is_published_by_its_days(tmp_path: Path) -> None:
    folder = tmp_path / "raw" / DAY
    folder.mkdir(parents=True)
    (folder / "old.txt").write_text(article(0).replace("November 2026", "March 1931").replace("2026", "2019"))
    table = {"name": "courier", "raw": "{key}/*.txt", "format": "text"}
    limits = Settings(raw=str(tmp_path / "raw"), lake=str(tmp_path / "lake"), sources=str(tmp_path))
    outcome = run_alone(Run(Source.model_validate(table), DAY, "one", limits))
    curate("1931-03", limits)
    (row,) = read("articles", start="1931-03-01", end="1931-03-01", root=limits.lake).to_pylist()

    assert outcome["touched_months"] == ["1931-03"]
    assert (row["title"], str(row["published_at"])[:10], str(row["published_date"])) == (TITLES[0], "1931-03-01", "1931-03-01")
    assert read("articles", root=limits.lake).to_pandas()["published_at"][0].year == 1931
