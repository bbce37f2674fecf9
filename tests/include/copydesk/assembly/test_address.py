from __future__ import annotations

from typing import Any

import pytest

from copydesk.assembly.address import own_address, stated_addresses
from copydesk.assembly.document import Document
from copydesk.fields.claims import Claim

PAGE = "https://courier.example/news/ferry"


def document(*stated: tuple[str, str]) -> Document:
    unread: Any = None
    claims = [Claim("canonical_url", value, clue) for clue, value in stated]
    return Document("a", "https://courier.example/a?b", None, claims, [], [], [], unread)


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ([("jsonld", "http://courier.example/news"), ("meta", PAGE)], PAGE),
        ([("jsonld", "https://courier.example/"), ("meta", "https://courier.example/old"), ("link", PAGE)], PAGE),
        ([("given", "https://courier.example/given"), ("link", PAGE)], "https://courier.example/given"),
        ([("link", "Ferry sails again"), ("jsonld", "/news/ferry")], PAGE),
        ([("jsonld", PAGE), ("link", "https://herald.example/ferry")], PAGE),
        ([("jsonld", "http://www.courier.example/"), ("link", PAGE)], PAGE),
        ([("link", "https://herald.example/ferry")], "https://herald.example/ferry"),
        ([("link", "javascript:void(0)")], None),
        ([], None),
    ],
)
def test_a_link_that_calls_itself_canonical_is_trusted_before_jsonld(stated: list[tuple[str, str]], expected: str | None) -> None:
    assert own_address(document(*stated)) == expected


def test_what_is_in_words_is_no_address() -> None:
    assert stated_addresses(document(("jsonld", "Ferry sails again"), ("jsonld", "/ferry"))) == ["/ferry"]
