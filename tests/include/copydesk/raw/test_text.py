from __future__ import annotations

import gzip
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from copydesk.records import Record, Reject
from copydesk.sources.record import RecordFields

ARTICLES = [f"Headline {n}\r\n\r\nParagraph — one.\r\nAnd - two.\r\n" for n in range(20)]
FILE = "-----\r\n".join(ARTICLES).encode()


def reasons(items: list) -> list[str]:
    return [item.reason.value if isinstance(item, Reject) else "record" for item in items]


@pytest.mark.parametrize("separator", [{"separator": "-----"}, {"separator_pattern": "-{3,}|={3,}"}])
def test_articles_between_separators_are_records_with_their_place(desk, separator):
    items = desk.items(FILE, "text", **separator)
    assert [item.content.decode() for item in items] == ARTICLES
    assert all(FILE[item.origin.offset :].startswith(item.content) for item in items)
    assert len({item.id for item in items}) == 20


def test_a_file_whose_source_names_no_separator_is_one_article(desk):
    assert len(desk.items(FILE, "text")) == 1


def test_a_separator_may_be_named_in_one_way_only():
    with pytest.raises(ValidationError, match="keep one"):
        RecordFields(separator="--", separator_pattern="--")
    with pytest.raises(ValidationError, match="is no regular expression"):
        RecordFields(separator_pattern="(")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_nothing_between_two_separators_is_no_record(desk, end, codec):
    text = end.join(["%%", " ", "%%", "One.", " %% ", "%%", "Two. %%", "%%", ""])
    items = desk.items(text.encode(codec), "text", separator="%%")
    assert [item.content.decode().strip() for item in items] == ["One.", "Two. %%"]


@pytest.mark.parametrize("article", [b"x" * 9000 + b"\n", b"xx\n" * 3000])
def test_an_article_over_the_limit_is_rejected_and_the_next_is_read(desk, article):
    items = desk.items(b"a\n--\n" + article + b"--\nb\n", "text", separator="--")
    assert reasons(items) == ["record", "too_large", "record"]
    assert items[1].origin.offset == 5


def test_an_article_that_is_too_large_is_not_held(desk):
    stored = b"a\n--\n" + (b"a line" * 200 + b"\n") * 20_000
    reading = desk.reading(stored, "text", separator="--")
    del stored
    tracemalloc.start()
    assert reasons(list(reading)) == ["record", "too_large"]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 << 20


@settings(deadline=None)
@given(cut=st.integers(0, 100_000))
def test_a_cut_file_keeps_its_whole_articles(any_desk, cut):
    stored = gzip.compress(FILE, compresslevel=0, mtime=0)
    items = any_desk.items(stored[: cut % len(stored)], "text", separator="-----")
    contents = [item.content.decode() for item in items if isinstance(item, Record)]
    assert contents == ARTICLES[: len(contents)]
    assert reasons(items)[len(contents) :] == ["truncated" if cut % len(stored) else "empty"]


@settings(deadline=None)
@given(text=st.text(st.sampled_from("a-\r\n\ufeff"), min_size=1, max_size=80))
def test_no_character_is_lost_but_separators(any_desk, text):
    items = any_desk.items(text.encode(), "text", separator="-")
    kept = "".join(item.content.decode() for item in items)
    assert kept.count("a") == text.count("a")


@pytest.mark.parametrize("format", ["text", "html"])
def test_a_source_may_name_the_encoding_of_its_files(desk, format):
    (record,) = desk.items("Gebühr: 5 ¢".encode("cp437"), format, encoding="cp437")
    assert (record.content, record.charset) == ("Gebühr: 5 ¢".encode("cp437"), "cp437")


def test_a_separator_is_found_in_an_encoding_that_is_named(desk):
    fields = {"encoding": "utf-16-be", "separator": "====="}
    items = desk.items("Über\n=====\nZwei".encode("utf-16-be"), "text", **fields)
    assert [(item.content.decode(), item.charset) for item in items] == [("Über\n", None), ("Zwei", None)]
