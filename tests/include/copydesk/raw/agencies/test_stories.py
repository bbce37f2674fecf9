from __future__ import annotations

import pytest

from copydesk.raw.agencies.stories import edition_of
from copydesk.records import Edition


@pytest.mark.parametrize(
    ("id", "version", "edition"),
    [
        ("tag:tide.example,2026:1", "3", Edition("tag:tide.example,2026:1", 3)),
        ("tag:tide.example,2026:1", "", Edition("tag:tide.example,2026:1")),
        ("urn:newsml:tide.example:20261103:wall:2N", None, Edition("urn:newsml:tide.example:20261103:wall", 2)),
        ("urn:newsml:tide.example:20261103T100000Z:wall:a:2", "5", Edition("urn:newsml:tide.example:20261103T100000Z:wall:a", 5)),
        ("urn:newsml:localhost:2026-11-03T10:10:10.123456:0a-1b", "1", Edition("urn:newsml:localhost:2026-11-03T10:10:10.123456:0a-1b", 1)),
        ("urn:newsml:tide.example:20261103:7", None, Edition("urn:newsml:tide.example:20261103:7")),
        ("wall", "20261103081500", Edition("wall", 20261103081500)),
        ("wall", "first", Edition("wall")),
        (" ", "1", None),
        (None, None, None),
    ],
)  # fmt: skip
def test_an_item_is_told_from_its_versions(id: str | None, version: str | None, edition: Edition | None) -> None:
    assert edition_of(id, version) == edition
