from __future__ import annotations

import pytest

from copydesk.views.visible import address, visible


@pytest.mark.parametrize(
    "hidden", ["\u202e", "\u2066", "\u200f", "\u061c", "\x00", "\x1b", "\x7f", "\u200b", "\ufeff", "\ud800", "\u2028"]
)
def test_what_is_hidden_is_pictured_by_its_number(hidden: str) -> None:
    assert visible(f"a{hidden}b") == f"a[U+{ord(hidden):04X}]b"


def test_ordinary_text_stays_as_it_is() -> None:
    text = "Zwei Zeilen\n\tمرحبا  — नमस्ते क्‍ष 你好 👩‍🚒"
    assert visible(text) == text
    assert visible(None) == ""


def test_long_text_is_cut_where_it_is_asked_for() -> None:
    assert visible("x" * 5_000_000, 10) == "x" * 10 + "…"


@pytest.mark.parametrize("url", ["https://paper.example/a?b=c#d", "http://paper.example", "https://zeitung.example/ä"])
def test_an_address_of_the_web_is_a_link(url: str) -> None:
    assert address(url) == (url, url)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        " javascript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//paper.example/x",
        "/articles",
        "https:",
        "https://[bad/",
        "https://bank.example@evil.example/",
        "https:\\\\evil.example",
        "https://paper.example/\u202egnp.exe",
        "https://paper.example/" + "x" * 3000,
    ],
)
def test_anything_else_is_text(url: str) -> None:
    shown = address(url)
    assert shown
    assert shown.link is None


def test_no_address_is_none() -> None:
    assert address(None) is None
    assert address("") is None
