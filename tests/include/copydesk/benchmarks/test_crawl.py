from __future__ import annotations

from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from copydesk.benchmarks.crawl import KEY, OWN_ADDRESS, main
from copydesk.benchmarks.sets import Row


def test_every_record_is_a_page_of_the_sets_at_an_address_of_its_own(
    folder: Path, rows: list[Row], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "crawl"
    assert main(["--data", str(folder), "--gigabytes", "0.00001", "--out", str(out)]) == 0

    with (out / "raw" / KEY / "crawl.warc.gz").open("rb") as stored:
        found = [(record.rec_headers["WARC-Target-URI"], record.content_stream().read()) for record in ArchiveIterator(stored)]

    assert len({url for url, _ in found}) == len(found) > len(rows)
    assert {content for _, content in found} == {row["html"] for row in rows}
    assert f"{len(found)} records" in capsys.readouterr().out


def test_a_page_that_stands_there_twice_is_two_articles() -> None:
    stated = (
        b'<link rel="canonical" href="https://paper.example/a"><meta property="og:url" content="https://paper.example/a">'
        b'<script>{"mainEntityOfPage": {"@type": "WebPage", "@id": "https://paper.example/a"}, "headline": "Late ferry"}</script>'
    )
    assert OWN_ADDRESS.sub(b"", stated) == b'<script>{ "headline": "Late ferry"}</script>'
