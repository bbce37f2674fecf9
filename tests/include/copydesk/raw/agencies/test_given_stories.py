"""From the agencies' formats to articles: what is given, and what is cut all the same."""

from __future__ import annotations

import json

from copydesk.extraction import extract_records

TEXT = (
    "The harbour wall at Wrenmouth will be closed for three weeks from Monday while engineers repair a slipway that was damaged in "
    "last month's storms, the council said.",
    "Fishing boats will use the north quay instead, and the ferry to Saltby Island will leave from the old coal pier twice a day.",
    "“We know this is a bad time for the fleet, but the slipway could not have lasted another winter,” said the harbour master, "
    "Edda Collier.",
    "The work will cost about £240,000, most of it paid for by the regional flood fund. Residents were told of the plan on Thursday.",
)
PARAGRAPHS = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT)
PROMOS = """<p><strong>Read more:</strong> <a href="/a">Ferry company apologises for cancelled sailings</a></p><h3>Related stories</h3>
<ul><li><a href="/b">Storm damage put at two million</a></li><li><a href="/c">Council to vote on new sea defences</a></li></ul>
<p>The post <a href="/x">Harbour wall closed</a> appeared first on <a href="/">The Tide Times</a>.</p>"""
FEED = """<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>The Tide Times</title><link>https://tide.example/</link><item><title>Harbour wall closed - The Tide Times</title>
<link>https://tide.example/wall</link><dc:creator>Ann Lee</dc:creator><pubDate>Tue, 03 Nov 2026 08:00:00 GMT</pubDate>{rest}</item>
</channel></rss>"""


def articles(desk, content: str, format: str) -> list[dict]:
    desk.settings = desk.settings.model_copy(update={"max_record_bytes": 1 << 20})
    return extract_records(desk.items(content.encode(), format)).to_pylist()


def test_promos_of_a_feed_are_cut_and_its_fields_are_kept(desk):
    rest = f"<description>A slipway cracked.</description><content:encoded><![CDATA[{PARAGRAPHS}{PROMOS}]]></content:encoded>"
    (article,) = articles(desk, FEED.format(rest=rest), "feed")
    assert article["paragraphs"] == list(TEXT)
    assert (article["title"], article["standfirst"]) == ("Harbour wall closed", "A slipway cracked.")
    assert (article["authors"], article["published_clue"], article["page_type"]) == (["Ann Lee"], "given", "article")


def test_a_summary_alone_is_a_stub_that_may_well_be_free_to_read(desk):
    (article,) = articles(desk, FEED.format(rest=f"<description>{TEXT[0]}</description>"), "feed")
    assert (article["body"], article["page_type"], article["free_to_read"]) == (TEXT[0], "stub", None)


def test_a_story_of_an_agency_has_its_picture_and_its_agency(desk):
    item = {
        "uri": "urn:tide:1",
        "headline": "Harbour wall closed",
        "byline": "By Ann Lee, Tide Press",
        "infosource": [{"name": "Tide Press"}],
        "versioncreated": "2026-11-03T08:00:00Z",
        "body_html": PARAGRAPHS,
        "associations": {
            "main": {
                "type": "picture",
                "description_text": "Waves break over the harbour wall on Sunday.",
                "byline": "Bo Ek",
                "renditions": {"large": {"href": "https://i.example/1.jpg"}},
            }
        },
    }
    (article,) = articles(desk, json.dumps(item), "ninjs")
    assert article["paragraphs"] == list(TEXT)
    assert (article["title"], article["agency"], article["authors"]) == ("Harbour wall closed", "Tide Press", ["Ann Lee"])
    (image,) = article["images"]
    assert (image["caption"], image["credit"], image["url"]) == (
        "Waves break over the harbour wall on Sunday.",
        "Bo Ek",
        "https://i.example/1.jpg",
    )
