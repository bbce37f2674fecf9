"""An article with all that is known of it, from a lake that the pipeline made."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from copydesk.errors import BadInput
from copydesk.labels.corrections import every_correction
from copydesk.lake.publishing import replace_partition
from copydesk.schema import ARTICLES
from copydesk.storage import Storage
from copydesk.views.article.corrections import WITHDRAWN, correct
from copydesk.views.article.page import Article, inspect
from copydesk.views.search.article_rows import look_up
from copydesk.views.search.hits import search
from copydesk.views.search.places import Place, ids_of_address, locate, locate_fresh

BOTH = {"courier", "herald"}
AT = datetime(2026, 11, 5, tzinfo=UTC)


def row_of(press: Any, url: str) -> dict[str, Any]:
    return next(row for row in press.rows("articles") if row["url"] == url)


def shown(press: Any, url: str, sources: set[str] = BOTH, **options: Any) -> Article:
    found = look_up(press.lake, row_of(press, url)["article_id"], None)
    assert found
    return inspect(press.settings, *found, sources, **options)


def test_an_article_is_found_by_its_id_and_by_its_address(press: Any) -> None:
    row = row_of(press, "https://courier.example/2")
    place = Place(row["article_id"], "2026-11-03")
    assert locate(press.lake, [row["article_id"]]) == {row["article_id"]: place}
    assert ids_of_address("https://courier.example/2?utm_source=mail#top", BOTH).count(row["article_id"]) == 1
    assert locate(press.lake, ["0" * 32]) == {}
    assert look_up(press.lake, row["article_id"], "2026-11-04"), "a wrong day is no obstacle"
    assert look_up(press.lake, "0" * 32, "2026-11-03") is None


def test_an_article_that_is_not_curated_yet_is_found_in_its_dump(press: Any) -> None:
    article_id = row_of(press, "https://courier.example/5")["article_id"]
    place = locate_fresh(press.lake, article_id)
    assert place == Place(article_id, None, "courier", "2026-11-04")


def test_titles_are_searched_whatever_the_case_by_every_word(press: Any) -> None:
    hits = search(press.lake, "HARBOUR boats 9", BOTH).hits
    assert [(hit.source, hit.title) for hit in hits] == [("herald", "Boats counted at harbour 9")]
    assert search(press.lake, "boats whales", BOTH).hits == []
    assert search(press.lake, ".*", BOTH).hits == []


def test_articles_of_other_sources_are_not_found(press: Any) -> None:
    assert {hit.source for hit in search(press.lake, "boats", {"courier"}).hits} == {"courier"}


def test_the_days_that_are_searched_can_be_named(press: Any) -> None:
    found = search(press.lake, "", BOTH, first=date(2026, 11, 4), last=date(2026, 11, 4))
    assert {hit.day for hit in found.hits} == {"2026-11-04"}
    with pytest.raises(BadInput, match="after the last"):
        search(press.lake, "", BOTH, first=date(2026, 11, 5), last=date(2026, 11, 4))


def test_a_search_that_takes_too_long_says_how_far_it_came(press: Any) -> None:
    whole = search(press.lake, "boats", BOTH)
    assert whole.seconds is None
    cut = search(press.lake, "boats", BOTH, most_seconds=0)
    assert (cut.seconds, cut.first, cut.last) == (0, whole.last, whole.last)
    assert cut.hits == [hit for hit in whole.hits if hit.day == whole.last]
    rest = search(
        press.lake, "boats", BOTH, first=date.fromisoformat(whole.first), last=date.fromisoformat(whole.first), most_seconds=0
    )
    assert rest.seconds is None, "no day is left that was not looked at"


def test_every_block_of_the_record_has_its_label_and_why(press: Any) -> None:
    article = shown(press, "https://courier.example/2")
    assert article.is_labelled
    assert [block.ordinal for block in article.blocks] == list(range(article.block_count))
    assert article.blocks[0].label == "title"
    kept = [(block.text, block.label) for block in article.blocks if block.fate == "kept"]
    assert kept == article.paragraphs
    assert {block.label for block in article.blocks if "gulls" in block.text} == {"rail"}
    assert all(block.reasons and block.percent for block in article.blocks)
    assert "<h1>Boats counted at harbour 2</h1>" in article.raw.head


def test_rails_are_shown_as_what_they_are(press: Any) -> None:
    (rail,) = shown(press, "https://courier.example/2").rails
    assert rail.heading == "Most read"
    assert [item.headline for item in rail.items] == [f"Another story about gulls {i}" for i in range(4)]
    assert rail.items[0].url
    assert rail.items[0].url.link == "https://courier.example/other/0"


def test_a_field_says_what_it_is_from(press: Any) -> None:
    fields = {field.column: field for field in shown(press, "https://courier.example/2").fields}
    assert fields["published_at"].value == "2026-11-03 10:00:00 UTC"
    assert fields["published_at"].known_by.startswith("from given, to the second")
    assert [claim.clue for claim in fields["published_at"].claims] == ["given"]
    assert fields["title"].blocks == [0]


def test_versions_differ_by_the_words_that_changed(press: Any) -> None:
    latest, first = shown(press, "https://courier.example/1").versions
    changed = [piece for line in latest.body for piece in line.pieces if piece.kind != "same"]
    assert [(piece.kind, piece.text) for piece in changed] == [("gone", "four"), ("come", "five")]
    assert (latest.number, latest.is_current, first.body) == (2, True, [])


@pytest.mark.parametrize("url", ["https://courier.example/1", "https://herald.example/9"])
def test_copies_are_shown_from_either_side(press: Any, url: str) -> None:
    copies = shown(press, url).copies
    assert [(copy.article.source, copy.is_first) for copy in copies] == [("courier", True), ("herald", False)]
    assert [copy.is_this for copy in copies].count(True) == 1
    assert shown(press, url, {"courier", "herald"} - {copies[0].article.source}).copies[0].article.source == "herald"


def test_without_the_raw_file_the_blocks_are_those_that_the_lake_holds(press: Any, tmp_path: Path) -> None:
    whole = shown(press, "https://courier.example/3")
    folder = Path(press.settings.raw)
    folder.rename(folder.with_name("away"))
    try:
        rest = shown(press, "https://courier.example/3")
    finally:
        folder.with_name("away").rename(folder)
    assert "not there any more" in rest.raw.trouble
    assert not rest.is_labelled
    assert [block.text for block in rest.blocks] == [block.text for block in whole.blocks]
    assert [block.label for block in rest.blocks] == [block.label for block in whole.blocks]
    assert all(block.is_correctable for block in rest.blocks)


def test_without_its_source_file_an_article_is_shown_all_the_same(press: Any) -> None:
    path = Path(press.settings.sources, "herald.toml")
    text = path.read_text()
    path.unlink()
    try:
        article = shown(press, "https://herald.example/9")
    finally:
        path.write_text(text)
    assert "no source 'herald'" in article.raw.trouble
    assert len(article.paragraphs) == 3


def test_a_body_of_five_megabytes_is_cut_at_once(press: Any, tmp_path: Path) -> None:
    row = row_of(press, "https://courier.example/2")
    paragraphs = [f"{n} {'boats ' * 40}" for n in range(20_000)]
    long = {name: row[name] for name in ARTICLES.schema.names} | {"paragraphs": paragraphs, "body": "\n\n".join(paragraphs)}
    long["paragraph_labels"] = ["body"] * len(paragraphs)
    settings = press.settings.model_copy(update={"lake": str(tmp_path / "lake")})
    table = pa.Table.from_pylist([long], ARTICLES.schema)
    replace_partition(Storage.open(settings.lake), ARTICLES, {"published_date": "2026-11-03"}, table)
    found = look_up(Storage.open(settings.lake), row["article_id"], "2026-11-03")
    assert found
    missing = found[1] | {"origin_uri": "/gone"}
    inspect(settings, found[0], missing, BOTH)
    started = time.process_time()
    article = inspect(settings, found[0], missing, BOTH)

    assert time.process_time() - started < 0.5
    assert sum(len(paragraph.text) for paragraph in article.paragraphs) <= 101_000
    assert article.hidden_characters == sum(map(len, paragraphs)) - 100_000
    assert sum(len(block.text) for block in article.blocks) <= 210_000


def test_a_correction_is_shown_until_it_is_withdrawn(press: Any) -> None:
    row = row_of(press, "https://courier.example/5") | {"dump": "2026-11-04"}
    block = next(block for block in shown(press, row["url"]).blocks if block.label == "rail")
    correct(press.settings, row, block.ordinal, block.mark, "promo", by="ada", at=AT)
    article = shown(press, row["url"])
    (marked,) = [one for one in article.blocks if one.correction]

    assert (marked.ordinal, marked.label) == (block.ordinal, "rail")
    assert marked.correction
    assert (marked.correction.label, marked.correction.corrected_by) == ("promo", "ada")
    assert marked.correction.labeller
    assert marked.correction.labeller.startswith("learned-")

    correct(press.settings, row, block.ordinal, block.mark, WITHDRAWN, by="olga", at=AT.replace(hour=1))
    article = shown(press, row["url"])
    assert not any(one.correction for one in article.blocks)
    assert [(one.corrected_by, one.label) for one in article.corrections] == [("olga", None), ("ada", "promo")]
    with pytest.raises(BadInput, match="no correction that could be withdrawn"):
        correct(press.settings, row, block.ordinal, block.mark, WITHDRAWN, by="olga", at=AT)


@pytest.mark.parametrize(("shift", "mark", "label"), [(1, None, "promo"), (0, "0" * 16, "promo"), (0, None, "title!")])
def test_what_does_not_fit_the_record_is_not_kept(press: Any, shift: int, mark: str | None, label: str) -> None:
    before = len(every_correction(press.lake))
    row = row_of(press, "https://courier.example/2") | {"dump": "2026-11-03"}
    block = shown(press, row["url"]).blocks[1]
    with pytest.raises(BadInput):
        correct(press.settings, row, block.ordinal + shift, mark or block.mark, label, by="ada", at=AT)
    assert len(every_correction(press.lake)) == before
