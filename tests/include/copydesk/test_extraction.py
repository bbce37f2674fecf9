from __future__ import annotations

import math
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from threadpoolctl import threadpool_info, threadpool_limits

from copydesk import explain, extract
from copydesk.errors import BadInput
from copydesk.extraction import EXTRACTED, extract_records
from copydesk.records import Origin, Reason, Record, Reject, Stage
from copydesk.schema import ARTICLES

TEXT = """Harbour reopens after the long repair

7 February 2024, 15:24

The harbour opened again on Wednesday after eleven months of work on its wall, the council said in a statement.

Fishing boats had been moored in the next town since March, and some of their owners say they will stay there.
"""
PAGE = f"<html><body><article><h1>Harbour reopens</h1><p>{TEXT.splitlines()[4]}</p><p>{TEXT.splitlines()[6]}</p></article>"

TAGS = st.sampled_from(
    "<p> </p> <div> </div> <a href='/x'> </a> <h1> <ul><li> <br> <table><td> <figure><figcaption> <img src=a alt=b> <time datetime=x> "
    "<!-- --> <script> </script> <b> </b> &amp; &#xD800; &#0; < > <span itemprop=author>".split(" ")
)
WORDS = st.text(max_size=30)
SOUP = st.lists(st.one_of(TAGS, WORDS), max_size=40).map("".join)
LINES = st.lists(
    st.one_of(WORDS, st.sampled_from([TEXT, "By Press Association", "Latest news", "2 May 2024", "\n"])), max_size=12
)
RECORDS = st.lists(
    st.one_of(
        SOUP.map(lambda text: ("text/html", text)),
        LINES.map(lambda lines: ("text/plain", "\n".join(lines))),
        st.binary(max_size=200).map(lambda data: ("text/html", data)),
        st.binary(max_size=200).map(lambda data: ("text/plain", data)),
    ),
    max_size=6,
)


def record(content: Any, media_type: str = "text/plain", **more: Any) -> dict[str, Any]:
    return {"id": "a", "content": content, "media_type": media_type, "url": None, "crawl_date": None} | more


def test_each_record_has_a_row_in_order_in_the_schema_of_articles() -> None:
    table = extract(
        [record(TEXT, id="1"), record(b"", id="2"), record(PAGE, "text/html", id="3", url="https://a.org/"), record(None, id="4")]
    )

    assert table.schema == EXTRACTED
    assert table.column_names == ["id", "reject_reason", *ARTICLES.schema.names]
    assert table["id"].to_pylist() == ["1", "2", "3", "4"]
    assert table["reject_reason"].to_pylist() == [None, "no_article", None, "missing_content"]


@pytest.mark.parametrize("records", [[], [record(b"\0\1\2\3" * 99)], [record("<div>" * 900, "text/html")] * 2])
def test_no_record_or_none_that_is_accepted_is_the_same_table(records: list[dict[str, Any]]) -> None:
    table = extract(records)

    assert table.schema == EXTRACTED
    assert (table.num_rows, table["reject_reason"].null_count) == (len(records), 0)


def test_bytes_and_text_are_the_same_article() -> None:
    one, two = extract([record(TEXT)]).to_pylist() + extract([record(TEXT.encode())]).to_pylist()

    assert one == two
    assert (one["title"], len(one["paragraphs"])) == ("Harbour reopens after the long repair", 2)


@pytest.mark.parametrize("crawled", [None, "2024-02-08", date(2024, 2, 8), "2024-02-08T10:00:00+01:00"])
def test_a_crawl_date_may_be_absent_text_or_a_date(crawled: Any) -> None:
    (row,) = extract([record(TEXT, crawl_date=crawled)]).to_pylist()

    assert row["published_at"].isoformat() == "2024-02-07T15:24:00+00:00"


def test_a_date_after_the_crawl_is_not_believed() -> None:
    assert extract([record(TEXT, crawl_date="2024-01-01")])["published_at"].to_pylist() == [None]


def test_the_day_is_the_newsrooms_beside_the_instant() -> None:
    line = '<p class="date"><time datetime="2024-02-07T20:24:00-05:00">7 February 2024</time></p>'
    (row,) = extract([record(PAGE.replace("</h1>", "</h1>" + line), "text/html")]).to_pylist()

    assert (row["published_at"].isoformat(), row["newsroom_day"]) == ("2024-02-08T01:24:00+00:00", date(2024, 2, 7))


def test_a_time_element_says_more_than_the_words_in_it() -> None:
    line = '<p class="date"><time datetime="2024-02-07T15:24:00Z">7 February 2024</time></p>'
    (row,) = extract([record(PAGE.replace("</h1>", "</h1>" + line), "text/html")]).to_pylist()

    assert (row["published_at"].isoformat(), row["published_clue"]) == ("2024-02-07T15:24:00+00:00", "time")


def test_a_headline_where_the_address_belongs_is_no_address() -> None:
    stated = '{"@type": "NewsArticle", "headline": "Harbour reopens", "mainEntityOfPage": "Harbour reopens"}'
    page = f'<script type="application/ld+json">{stated}</script>{PAGE}'
    (row,) = extract([record(page, "text/html", url="https://courier.example/a?utm_source=x")]).to_pylist()

    assert row["canonical_url"] == "https://courier.example/a"


def test_the_same_record_twice_is_two_rows() -> None:
    one = record(TEXT)
    table = extract([one, one])

    assert table.slice(0, 1).drop_columns("origin_ordinal") == table.slice(1, 1).drop_columns("origin_ordinal")


def test_items_of_one_origin_keep_their_places() -> None:
    origin = Origin("file")
    items = [Record(TEXT, "text/plain", origin, id="1"), Reject(Stage.READ, Reason.TRUNCATED, "cut", origin)]
    table = extract_records([*items, Record(TEXT, "text/plain", origin, id="3")])

    assert table["reject_reason"].to_pylist() == [None, "truncated", None]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"id": 1}, "record 0 has no content, media_type"),
        (record(TEXT, "image/png"), "media_type is 'image/png'"),
        (record(["text"]), "content is of type list; give bytes or str"),
        ("text", "record 0 is no dict but str; give id, content"),
        (None, "record 0 is no dict but NoneType"),
    ],
)
def test_a_wrong_call_is_told_what_it_lacks(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        extract([wrong])


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (record(TEXT), "records is one dict; give a list of records"),
        (TEXT, "records is one str"),
        (None, "records is one NoneType"),
        (pa.Table.from_pylist([record(TEXT)]), r"extract\(table.to_pylist\(\)\)"),
        (pd.DataFrame([record(TEXT)]), r"frame.to_dict\('records'\)"),
    ],
)
def test_what_holds_no_records_is_answered_with_how_to_pass_them(wrong: Any, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        extract(wrong)


def test_rows_of_a_frame_may_lack_what_they_have_no_value_for() -> None:
    rows = [record(TEXT, url=math.nan, crawl_date=pd.NaT), record(math.nan), record(pd.NA)]
    found = extract(rows).to_pylist()

    assert [row["reject_reason"] for row in found] == [None, "missing_content", "missing_content"]
    assert (found[0]["url"], found[0]["crawled_at"]) == (None, None)


def test_a_content_is_a_page_under_any_name_a_field_may_give_it() -> None:
    long, short = extract([record(PAGE, "text/html; charset=utf-8"), record(PAGE, "html")]).to_pylist()
    assert long["title"] == short["title"] is not None


def test_lone_surrogates_and_zero_bytes_anywhere_end_nothing() -> None:
    data = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "\\ud800 \\u0000 Harbour reopens"}</script>'
    (row,) = extract([record(data + PAGE, "text/html", id="\ud800", url="https://a.org/\udfff", crawl_date="\ud800")]).to_pylist()

    assert row["title"] == "Harbour reopens"


def test_a_text_in_a_script_with_signs_on_its_letters_has_its_headline_and_all_its_sentences() -> None:
    lines = [
        "नगर परिषद ने वेल्म नदी के नीचे साइकिल सुरंग को मंजूरी दी",
        "नगर परिषद ने मंगलवार रात चार घंटे की बहस के बाद फैसला किया कि अगले वसंत से नदी के नीचे साइकिल चालकों के लिए एक सुरंग बनाई जाएगी।",
        "सुरंग 340 मीटर लंबी होगी और इस पर एक करोड़ बीस लाख क्राउन का खर्च आएगा। दो तिहाई पैसा प्रांत देगा।",
        "विरोधियों का कहना है कि यह पैसा नौका पर खर्च होना चाहिए था।",
        "काम में दो साल लगने की उम्मीद है।",
    ]
    page = "".join(f"<p>{line}</p>" for line in lines[1:])
    for found in extract(
        [record("\n".join(lines)), record(f"<article><h1>{lines[0]}</h1>{page}</article>", "text/html")]
    ).to_pylist():
        assert (found["title"], found["paragraphs"]) == (lines[0], lines[1:])


def test_a_headline_of_short_words_is_one() -> None:
    text = "\n".join(["Is it in or is it out?", "7 February 2024, 15:24", *TEXT.splitlines()[4:]])
    assert extract([record(text)])["title"].to_pylist() == ["Is it in or is it out?"]


def test_explain_gives_each_block_its_label_and_reasons() -> None:
    rows = explain(record(TEXT)).to_pylist()

    assert [(row["label"], row["kept"]) for row in rows] == [("title", False), ("date", False), ("body", True), ("body", True)]
    assert all(row["reasons"] and 0 <= row["probability"] <= 1 for row in rows)
    assert explain(record(b"\0\1" * 99)).num_rows == 0


@settings(max_examples=60, deadline=None)
@given(RECORDS)
def test_any_input_gives_a_row_a_record(parts: list[tuple[str, Any]]) -> None:
    records = [record(content, media_type, id=str(n)) for n, (media_type, content) in enumerate(parts)]
    table = extract(records)
    table.validate(full=True)

    assert table["id"].to_pylist() == [str(n) for n in range(len(parts))]
    assert table == extract(records)


@settings(max_examples=40, deadline=None)
@given(st.one_of(SOUP.map(lambda text: ("text/html", text)), LINES.map(lambda lines: ("text/plain", "\n".join(lines)))))
def test_every_block_is_in_the_body_or_cut_with_a_label(part: tuple[str, str]) -> None:
    one = record(part[1], part[0])
    (row,) = extract([one]).to_pylist()
    blocks = explain(one).to_pylist()

    assert [block["text"] for block in blocks if block["kept"]] == (row["paragraphs"] or [])
    assert [block["label"] for block in blocks if block["kept"]] == (row["paragraph_labels"] or [])
    assert [block["ordinal"] for block in blocks] == list(range(len(blocks)))
    assert Counter(block["kept"] for block in blocks).total() == len(blocks)


@settings(max_examples=25, deadline=None)
@given(RECORDS, st.integers(1, 4), st.sampled_from([0, 30, 20_000]))
def test_batches_of_any_size_give_the_same_rows(parts: list[tuple[str, Any]], size: int, together: int) -> None:
    records = [Record(content, media_type, Origin("file", ordinal=n), id=str(n)) for n, (media_type, content) in enumerate(parts)]
    whole = extract_records(records).to_pylist()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("copydesk.labels.batching.LABELLED_BLOCKS", together)
        assert extract_records(records, batch_records=size).to_pylist() == whole


@pytest.mark.parametrize("form", ["1 November 2026", "Published: 1 November 2026", "1 November 2026, 10:15"])
def test_a_date_line_that_every_article_of_the_dump_has_is_still_its_date(form: str) -> None:
    sentences = "\n".join(
        f"The council said on Monday that bridge number {n} would reopen after repairs to its deck." for n in range(6)
    )
    texts = [f"Bridge {n} in the old town reopens\n{form}\nBy Ann Lee\n{sentences}" for n in range(5)]
    table = extract([record(text, "text/plain", id=str(n)) for n, text in enumerate(texts)])
    assert {str(at)[:10] for at in table["published_at"].to_pylist()} == {"2026-11-01"}
    assert table["authors"].to_pylist() == [["Ann Lee"]] * 5


def extracted(content: str, media_type: str = "text/html") -> dict[str, Any]:
    [row] = extract([{"id": "1", "content": content, "media_type": media_type}]).to_pylist()
    return row


def test_a_date_that_was_never_set_does_not_stand_before_the_one_readers_see() -> None:
    head = '<head><meta property="article:published_time" content="0001-01-01T00:00:00"></head>'
    page = PAGE.replace("<body>", f"{head}<body>").replace(
        "</h1>", '</h1><time datetime="2026-10-30T09:00:00Z">30 October 2026</time>'
    )
    assert str(extracted(page)["published_at"])[:10] == "2026-10-30"


@pytest.mark.parametrize("headline", ["true", "5", "1e400", "null", "[7]"])
def test_a_headline_that_is_no_text_leaves_the_one_on_the_page(headline: str) -> None:
    stated = f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": {headline}}}</script>'
    assert extracted(PAGE.replace("<body>", f"<head>{stated}</head><body>"))["title"] == "Harbour reopens"


def test_a_value_with_its_language_is_a_text() -> None:
    stated = '{"@type": "NewsArticle", "datePublished": {"@value": "2026-10-30T09:00:00Z"}, "headline": "Harbour reopens"}'
    page = PAGE.replace("<body>", f'<head><script type="application/ld+json">{stated}</script></head><body>')
    assert str(extracted(page)["published_at"])[:10] == "2026-10-30"


def test_the_title_of_a_drawing_is_no_headline() -> None:
    page = PAGE.replace("<h1>Harbour reopens</h1>", "").replace("<body>", "<body><svg><title>Logo of us</title></svg>")
    assert extracted(page)["title"] != "Logo of us"


def test_the_title_of_a_page_is_found_where_its_head_ends_too_early() -> None:
    page = PAGE.replace("<h1>Harbour reopens</h1>", "").replace("<body>", "<body><p></p><title>Harbour reopens</title>")
    assert extracted(page)["title"] == "Harbour reopens"


def test_a_text_is_as_long_as_its_bytes() -> None:
    assert extracted("\U0001f600" * (5 << 20), "text/plain")["reject_reason"] == Reason.TOO_LARGE


def test_calls_side_by_side_leave_the_threads_of_matrices_as_they_were() -> None:
    with threadpool_limits(2, "blas"):
        before = [library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"]
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(extracted, [PAGE] * 24))
        assert [library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"] == before
