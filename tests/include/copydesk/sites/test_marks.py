from __future__ import annotations

import pyarrow as pa

from copydesk.blocks.segment import segment
from copydesk.fields.headings.titles import fold
from copydesk.records import Origin, Record
from copydesk.sites.marks import mark_blocks
from copydesk.sites.verdict import Mark


def blocks(*texts: str) -> pa.Table:
    return segment([Record(text, "text/plain", Origin("file", ordinal=n)) for n, text in enumerate(texts)], 512).blocks


def mark(label: str, text: str, before: int = 0) -> Mark:
    return Mark(label, fold(text), before)


def test_a_mark_covers_every_block_whose_whole_text_it_holds() -> None:
    found = mark_blocks(blocks("One, two.\nThree\n— —\nFour"), {0: [mark("rail", "TWO  three fo"), mark("body", "three four")]})

    assert found["mark"].to_pylist() == [None, "body", None, "body"]


def test_a_line_that_stands_twice_is_marked_at_its_place() -> None:
    table = blocks("Read more\nA story\nRead more")

    assert mark_blocks(table, {0: [mark("promo", "Read more")]})["mark"].to_pylist() == ["promo", None, None]
    assert mark_blocks(table, {0: [mark("promo", "Read more", 14)]})["mark"].to_pylist() == [None, None, "promo"]


def test_a_mark_stays_in_its_document_and_the_later_one_wins() -> None:
    found = mark_blocks(blocks("Same\nOther", "Same"), {1: [mark("body", "same"), mark("title", "same"), mark("rail", "gone")]})

    assert found["mark"].to_pylist() == [None, None, "title"]
