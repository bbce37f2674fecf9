from __future__ import annotations

import pytest

from copydesk.fields.urls import absolute, canonical


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


def test_a_link_is_seen_from_its_page() -> None:
    assert absolute(" ../b ", "https://paper.example/x/a") == "https://paper.example/b"
    assert absolute("mailto:a@b.c", "https://paper.example/") is None
