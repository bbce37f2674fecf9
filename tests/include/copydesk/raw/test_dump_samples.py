"""Files that agencies published as examples of their formats, where they are at hand: none is rejected."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.raw.reading import read_path
from copydesk.records import Reject
from copydesk.settings import Settings

SHARED = Path(__file__).parents[5] / "shared" / "dumps"
SAMPLES = {
    "LISTING_25_An_NITF_marked-up_article_conveyed_in_inlineXML.xml": ("newsml", 1, {}),
    "businesswire-newsml-20130515006361.xml": ("newsml", 1, {}),
    "businesswire-newsml-20130605006126.xml": ("newsml", 1, {}),
    "businesswire-newsml-20130605006126.json": ("ninjs", 1, {}),
    "dpa_text.json": ("ninjs", 1, {}),
    "ninjsExSimpleText_3.json": ("ninjs", 1, {}),
    "ap_image.json": ("ninjs", 0, {"picture item": 1}),
    "simpleEvent.json": ("ninjs", 0, {"event item": 1}),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_an_example_of_the_agencies_is_read_whole(name):
    format, count, skipped = SAMPLES[name]
    if not (SHARED / name).is_file():
        pytest.skip(f"needs ../shared/dumps/{name} beside the checkout")
    reading = read_path(SHARED / name, format, Settings(raw="/raw", lake="/lake", sources="/sources"))
    items = list(reading)
    assert [item for item in items if isinstance(item, Reject)] == []
    assert (len(items), dict(reading.skipped)) == (count, skipped)
    assert all(item.given["title"] for item in items)
