"""Files that others wrote, where they are at hand: none has a reject that its content does not deserve."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import pytest

from copydesk.raw.reading import read_path
from copydesk.records import Reason, Record, Reject
from copydesk.settings import Settings
from copydesk.sources.record import RecordFields

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


SETTINGS = Settings(raw="/raw", lake="/lake", sources="/sources")


def _at_hand(name: str) -> Path:
    if not (SHARED / name).is_file():
        pytest.skip(f"needs ../shared/dumps/{name} beside the checkout")
    return SHARED / name


@pytest.mark.parametrize("name", SAMPLES)
def test_an_example_of_the_agencies_is_read_whole(name):
    format, count, skipped = SAMPLES[name]
    reading = read_path(_at_hand(name), format, SETTINGS)
    items = list(reading)
    assert [item for item in items if isinstance(item, Reject)] == []
    assert (len(items), dict(reading.skipped)) == (count, skipped)
    assert all(item.given["title"] for item in items)


def test_an_export_of_many_columns_and_lines_in_quotes_is_read_as_python_reads_it():
    path = _at_hand("fakenewscorpus_sample.csv")
    csv.field_size_limit(1 << 24)
    with path.open(encoding="utf-8", newline="") as file:
        expected = [(row["url"], row["content"]) for row in csv.DictReader(file)]
    items = list(read_path(path, "csv", SETTINGS, RecordFields(media_type="text/plain")))
    assert [(item.url, item.content) for item in items] == expected


def test_rows_of_extracted_text_are_read_as_python_reads_them():
    path = _at_hand("grover_realnews_tiny.jsonl")
    expected = [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
    items = list(read_path(path, "jsonl", SETTINGS, RecordFields(content="text", media_type="text/plain")))
    assert [item.content for item in items] == expected


def test_a_web_archive_that_ends_within_its_only_record_is_no_article_but_is_told():
    """The file is cut off, as gzip says itself: half a page is not taken for a page, though other readers do."""
    path = _at_hand("cc_houstonpress_1record.warc.gz")
    with pytest.raises(EOFError), gzip.open(path) as stored:
        stored.read()
    reading = read_path(path, "warc", SETTINGS)
    (item,) = reading
    assert not isinstance(item, Record)
    assert item.reason is Reason.TRUNCATED
    assert "75207 of the 88275 bytes" in item.detail
    assert not reading.complete
