"""An article with all that is known of it, from a lake that the pipeline made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from copydesk.lake.publishing import replace_partition
from copydesk.schema import ARTICLES
from copydesk.storage import Storage
from copydesk.views.article.page import inspect
from copydesk.views.search.article_rows import look_up
from timing import done_within

BOTH = {"courier", "herald"}


def test_every_block_of_the_record_has_its_label_and_why(press: Any) -> None:
    article = press.article("https://courier.example/2")
    assert article.is_labelled
    assert [block.ordinal for block in article.blocks] == list(range(article.block_count))
    assert article.blocks[0].label == "title"
    kept = [(block.text, block.label) for block in article.blocks if block.fate == "kept"]
    assert kept == article.paragraphs
    assert {block.label for block in article.blocks if "gulls" in block.text} == {"rail"}
    assert all(block.reasons and block.percent for block in article.blocks)
    assert "<h1>Boats counted at harbour 2</h1>" in article.raw.head


def test_rails_are_shown_as_what_they_are(press: Any) -> None:
    (rail,) = press.article("https://courier.example/2").rails
    assert rail.heading == "Most read"
    assert [item.headline for item in rail.items] == [f"Another story about gulls {i}" for i in range(4)]
    assert rail.items[0].url
    assert rail.items[0].url.link == "https://courier.example/other/0"


def test_a_field_says_what_it_is_from(press: Any) -> None:
    fields = {field.column: field for field in press.article("https://courier.example/2").fields}
    assert fields["published_at"].value == "2026-11-03 10:00:00 UTC"
    assert fields["published_at"].known_by.startswith("from given, to the second")
    assert [claim.clue for claim in fields["published_at"].claims] == ["given"]
    assert fields["title"].blocks == [0]


def test_versions_differ_by_the_words_that_changed(press: Any) -> None:
    latest, first = press.article("https://courier.example/1").versions
    changed = [piece for line in latest.body for piece in line.pieces if piece.kind != "same"]
    assert [(piece.kind, piece.text) for piece in changed] == [("gone", "four"), ("come", "five")]
    assert (latest.number, latest.is_current, first.body) == (2, True, [])


@pytest.mark.parametrize("url", ["https://courier.example/1", "https://herald.example/9"])
def test_copies_are_shown_from_either_side(press: Any, url: str) -> None:
    copies = press.article(url).copies
    assert [(copy.article.source, copy.is_first) for copy in copies] == [("courier", True), ("herald", False)]
    assert [copy.is_this for copy in copies].count(True) == 1
    assert press.article(url, {"courier", "herald"} - {copies[0].article.source}).copies[0].article.source == "herald"


def test_without_the_raw_file_the_blocks_are_those_that_the_lake_holds(press: Any, tmp_path: Path) -> None:
    whole = press.article("https://courier.example/3")
    folder = Path(press.settings.raw)
    folder.rename(folder.with_name("away"))
    try:
        rest = press.article("https://courier.example/3")
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
        article = press.article("https://herald.example/9")
    finally:
        path.write_text(text)
    assert "no source 'herald'" in article.raw.trouble
    assert len(article.paragraphs) == 3


def test_a_body_of_five_megabytes_is_cut_at_once(press: Any, tmp_path: Path) -> None:
    row = press.row_of("https://courier.example/2")
    paragraphs = [f"{n} {'boats ' * 40}" for n in range(20_000)]
    long = {name: row[name] for name in ARTICLES.schema.names} | {"paragraphs": paragraphs, "body": "\n\n".join(paragraphs)}
    long["paragraph_labels"] = ["body"] * len(paragraphs)
    settings = press.settings.model_copy(update={"lake": str(tmp_path / "lake")})
    table = pa.Table.from_pylist([long], ARTICLES.schema)
    replace_partition(Storage.open(settings.lake), ARTICLES, {"published_date": "2026-11-03"}, table)
    found = look_up(Storage.open(settings.lake), row["article_id"], "2026-11-03")
    assert found
    missing = found[1] | {"origin_uri": "/gone"}
    article = done_within(0.5, lambda: inspect(settings, found[0], missing, BOTH))

    assert sum(len(paragraph.text) for paragraph in article.paragraphs) <= 101_000
    assert article.hidden_characters == sum(map(len, paragraphs)) - 100_000
    assert sum(len(block.text) for block in article.blocks) <= 210_000
