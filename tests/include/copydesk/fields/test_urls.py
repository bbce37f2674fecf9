from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.fields.urls import absolute, absolute_links, canonical, host


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://Paper.Example:443/a?utm_source=x&id=3&fbclid=y#top", "https://paper.example/a?id=3"),
        ("http://paper.example:8080", "http://paper.example:8080/"),
        ("https://paper.example/a/../b", "https://paper.example/a/../b"),
        ("/a", None),
        ("javascript:void(0)", None),
        ("http://[bad", None),
        ("http://paper.example:99999/", None),
        ("", None),
        (None, None),
    ],
)
def test_an_address_is_the_same_for_the_same_page(url: str | None, expected: str | None) -> None:
    assert canonical(url) == expected


@pytest.mark.parametrize(
    "base", ["https://paper.example", "https://paper.example/x/a?b=c#d", "http://a.example:80/", "/x", "", None]
)
@pytest.mark.parametrize(
    "href",
    [
        "/news/1?a=b#c", "//cdn.example/x", "/a/../b", "/a//b", "/a/.", "/a;b", "/a?", "/a#", "/a?b?c", "b/c", "?q", "#top", "/",
        "https://other.example", "http://other.example/x?y#z", "https://other.example/../x", "HTTPS://other.example/x",
        "https://other.example:8080/x", "https://u@other.example/", "https://[bad/", "https://ärger.example/ä", "/ä",
    ],
)  # fmt: skip
def test_a_plain_link_is_joined_as_any_other(href: str, base: str | None) -> None:
    try:
        joined = urljoin(base or "", href)
        is_web = urlsplit(joined).scheme in ("http", "https") and urlsplit(joined).hostname
    except ValueError:
        is_web = None

    assert absolute(href, base) == (joined if is_web else None)


def test_a_link_is_seen_from_its_page() -> None:
    assert absolute(" ../b ", "https://paper.example/x/a") == "https://paper.example/b"
    assert absolute("mailto:a@b.c", "https://paper.example/") is None


@given(st.sampled_from(["http://", "https://", "HTTP://", "//", ""]), st.text("aA.-:@/?#[é\n ", max_size=8))
def test_the_host_of_a_plain_address_is_told_as_of_any_other(scheme: str, rest: str) -> None:
    try:
        found = urlsplit(scheme + rest).hostname or ""
    except ValueError:
        found = ""

    assert host(scheme + rest) == found.removeprefix("www.")


@pytest.mark.parametrize(("url", "name"), [("https://www.a.org:8/x", "a.org"), ("http://[bad", ""), (None, ""), ("/x", "")])
def test_an_address_without_a_host_has_none(url: str | None, name: str) -> None:
    assert host(url) == name


def test_many_links_are_read_as_each_alone() -> None:
    hrefs = [
        "/a",
        "//b.example/d",
        "/",
        "/.a",
        "/a/.b",
        "/a//b",
        "http://x.example/z?q#f",
        "x/y",
        " /a ",
        "",
        "#a",
        "?q=1",
        "/?q",
        "/a?#",
    ]
    hrefs += ["mailto:a@b.example", "http://[bad", "/ä", "/a b", "javascript:x", "HTTP://X.example/", "https://x.example", "/a\n"]
    bases = ["https://p.example/r/s", None, "", "nonsense", "http://[bad", "https://p.example", "https://ü.example/", "/x"]
    pairs = [(href, base) for href in (*hrefs, None) for base in bases]
    columns = (pa.array(column, pa.string()) for column in zip(*pairs, strict=True))

    assert absolute_links(*columns) == [absolute(href, base) or href for href, base in pairs]
