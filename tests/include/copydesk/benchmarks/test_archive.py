from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
import zstandard

import copydesk
from copydesk.benchmarks.archive import FIRST_DAY, KEY, SOURCE, TEN_YEARS, Archive, main, write_file
from copydesk.benchmarks.invention import invent
from copydesk.sources import find

DOCUMENTS, FILES = 220, 3


def write(folder: Path, seed: int = 0) -> dict[str, bytes]:
    """Every file of a small archive, by name."""
    raw = folder / "raw" / KEY
    raw.mkdir(parents=True)
    for file in range(FILES):
        write_file(Archive(DOCUMENTS, FILES, folder, seed), file)
    return {path.name: path.read_bytes() for path in raw.iterdir()}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return write(tmp_path_factory.mktemp("archive"))


@pytest.fixture(scope="module")
def records(written: dict[str, bytes]) -> list[dict[str, str]]:
    texts = (zstandard.ZstdDecompressor().stream_reader(io.BytesIO(written[name])).read().decode() for name in sorted(written))
    return [json.loads(line) for text in texts for line in text.splitlines()]


def test_the_same_seed_gives_the_same_bytes_and_another_gives_others(written, tmp_path):
    assert write(tmp_path / "again") == written
    other = write(tmp_path / "other", seed=1)
    assert not {other[name] for name in other} & {written[name] for name in written}


def test_every_document_is_there_once_spread_evenly_over_the_files(written, records):
    assert len(records) == DOCUMENTS
    assert len({record["id"] for record in records}) == len({record["url"] for record in records}) == DOCUMENTS
    sizes = [len(data) for data in written.values()]
    assert max(sizes) < 1.2 * min(sizes)


def test_documents_are_short_and_their_dates_span_ten_years(records):
    sizes = [len(json.dumps(record, ensure_ascii=False).encode()) for record in records]
    assert 5_500 < sum(sizes) / len(sizes) < 6_500
    years = [record["crawl_date"][:4] for record in records]
    assert sorted(years) == years
    assert set(years) >= {str(year) for year in range(2016, 2026)}


def test_menus_and_related_links_stand_on_many_pages_and_sentences_on_one(records):
    pages = [set(record["content"].splitlines()) for record in records]
    repeated = [sum(line in page for page in pages) for line in ("Related stories", "Privacy policy", "E-paper")]
    assert repeated == [DOCUMENTS // 5] * 3
    bodies = [page.paragraphs for page in invent(range(DOCUMENTS), DOCUMENTS, 0, FIRST_DAY, TEN_YEARS)]
    sentences = [paragraph for body in bodies for paragraph in body]
    assert len(set(sentences)) == len(sentences)


def test_two_articles_hardly_ever_share_five_words_in_a_row():
    shingles = []
    for page in invent(range(200), 200, 0, FIRST_DAY, TEN_YEARS):
        words = " ".join(page.paragraphs).split()
        shingles.append({tuple(words[n : n + 5]) for n in range(len(words) - 4)})
    closest = max(len(one & other) / len(one | other) for n, one in enumerate(shingles) for other in shingles[:n])
    assert closest < 0.1


def test_what_is_extracted_is_what_was_invented():
    pages = list(invent(range(50), 1_000, 7, FIRST_DAY, TEN_YEARS))
    records = [{"id": str(n), "content": page.text, "media_type": "text/plain", "url": page.url} for n, page in enumerate(pages)]
    articles = copydesk.extract(records).to_pylist()
    assert [article["reject_reason"] for article in articles] == [None] * 50
    assert sum(article["title"] == page.title for article, page in zip(articles, pages, strict=True)) >= 49
    assert sum(article["paragraphs"] == page.paragraphs for article, page in zip(articles, pages, strict=True)) >= 48
    assert [article["published_at"] for article in articles] == [page.published_at for page in pages]


def test_the_command_writes_a_source_that_copydesk_can_run(tmp_path, capsys):
    assert main(["--documents", "10", "--files", "2", "--out", str(tmp_path), "--processes", "1"]) == 0
    assert f"copydesk run {SOURCE} {KEY}" in capsys.readouterr().out
    source = find(SOURCE, tmp_path / "sources")
    assert (source.format, source.record.media_type) == ("jsonl", "text/plain")
    assert len(list((tmp_path / "raw").glob(source.raw.replace("{key}", KEY)))) == 2


def test_more_files_than_documents_is_a_wrong_call(tmp_path):
    with pytest.raises(SystemExit) as caught:
        main(["--documents", "1", "--files", "2", "--out", str(tmp_path)])
    assert caught.value.code == 2
