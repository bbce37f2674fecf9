from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk import extract
from copydesk.raw.encodings.references import plain


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Marks &amp; Spencer", "Marks & Spencer"),
        ("the mayor&#8217;s&nbsp;dog", "the mayor’s\u00a0dog"),
        ("&ldquo;green&rdquo; &amp; dry, R&D", "“green” & dry, R&D"),
        ("the mayor&amp;#8217;s dog", "the mayor’s dog"),
        ("if a &lt; b", "if a < b"),
        ("na&iuml;ve &#x2014; she said", "naïve — she said"),
    ],
)
def test_letters_that_were_written_for_a_page_are_put_back(written: str, read: str) -> None:
    assert plain(written) == read


@pytest.mark.parametrize(
    "text",
    [
        "AT&T; R&D",
        "Write &amp; in HTML & nowhere else",
        "a & b; c",
        "&nosuchletter;",
        "&notify; all &copyright;",
        "https://paper.example/?a=1&b=2;3",
        "",
    ],
)
def test_an_ampersand_that_stands_for_itself_stays(text: str) -> None:
    assert plain(text) == text


@given(st.text(alphabet="&#;ampltx0123456789 é"))
def test_no_text_is_too_strange(text: str) -> None:
    assert isinstance(plain(text), str)


def test_a_text_that_was_taken_out_of_a_page_is_read_as_readers_saw_it() -> None:
    text = (
        "Benches &amp; tables are painted\n\nThe council voted on Monday to repaint every bench in the park, and the mayor&#8217;s own table, "
        "after a survey found that four in ten visitors would rather stand.\n\nThe work begins in spring, it was said."
    )
    (row,) = extract([{"id": "1", "content": text, "media_type": "text/plain"}]).to_pylist()
    assert row["title"] == "Benches & tables are painted"
    assert "the mayor’s own table" in row["body"]
