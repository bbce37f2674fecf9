from __future__ import annotations

import pytest

from copydesk.blocks.openings import Openings
from copydesk.blocks.segment import segment
from copydesk.blocks.wrapped import unwrapped
from copydesk.records import Origin, Record
from timing import done_within


def texts(page: str) -> list[str]:
    return segment([Record(page, "text/html", Origin("file"))], 512).blocks["text"].to_pylist()


@pytest.mark.parametrize(
    ("page", "seen"),
    [
        ("<p><![CDATA[The ferry landing closes.]]></p><p>Next</p>", ["The ferry landing closes.", "Next"]),
        ("<p><![CDATA[Where 3 < 4 & 5 > 4, he said.]]></p>", ["Where 3 < 4 & 5 > 4, he said."]),
        ("<![CDATA[<p>One.</p><p>Two.</p>]]>", ["One.", "Two."]),
        ("<p>Seen</p><script>//<![CDATA[\nlet x = 1\n//]]></script><p>Next</p>", ["Seen", "Next"]),
        ("<![CDATA[One line.\n\nAnother line.]]>", ["One line.", "Another line."]),
        ("<p>Seen</p><![CDATA[never closed", ["Seen"]),
    ],
)
def test_character_data_is_shown(page: str, seen: list[str]) -> None:
    assert texts(page) == seen


@pytest.mark.parametrize(
    ("page", "seen"),
    [
        ("<x-body><template shadowrootmode=open><p>One.</p><slot></slot></template><p>Two.</p></x-body>", ["One.", "Two."]),
        ("<a-b><template ShadowRootMode='closed' shadowrootmode><c-d><template shadowrootmode=open>In.</template></c-d></template></a-b>", ["In."]),
        ("<template><x-y><template shadowrootmode=open>Unseen.</template></x-y></template><p>Seen.</p>", ["Seen."]),
        ("<p>Seen.</p><template data-x='shadowrootmode'>Unseen.</template>", ["Seen."]),
        ("<p>Seen.</p></template shadowrootmode>", ["Seen."]),
    ],
)  # fmt: skip
def test_a_declared_shadow_is_part_of_the_page(page: str, seen: list[str]) -> None:
    assert texts(page) == seen


@pytest.mark.parametrize("part", [b"<![CDATA[", b"<![CDATA[ ]]>", b"<template shadowrootmode", b"<template shadowrootmode>"])
def test_many_of_them_take_time_in_proportion(part: bytes) -> None:
    page = part * 200_000
    assert done_within(1, lambda: unwrapped(Openings(page)).html) is not None
