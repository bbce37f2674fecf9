from __future__ import annotations

import pytest

from copydesk.records import Reason, Record, Reject

HEAD = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:m="http://search.yahoo.com/mrss/"><channel><title>Tide &amp; Times</title><link>https://tide.example/</link>
<language>en-gb</language>
"""
TAIL = "</channel></rss>\n"
FULL = """<item><title>Harbour wall closed</title><link>/2026/wall?a=1&amp;b=2</link><guid isPermaLink="false">77</guid>
<dc:creator>Ann Lee</dc:creator><category>Harbours</category><category>Storms</category>
<pubDate>Tue, 03 Nov 2026 08:00:00 +0000</pubDate><description>Boats move to the north quay.</description>
<content:encoded><![CDATA[<p>The wall is <a href="/why">closed</a>.</p>]]></content:encoded></item>
"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="https://bote.example/">
<title>Kessler Bote</title><entry xml:base="blog/"><title type="html">Wehr &amp;amp; &lt;b&gt;Mole&lt;/b&gt;</title>
<link rel="self" href="https://api.example/1"/><link href="wehr"/><id>tag:bote.example,2026:1</id>
<published>2026-11-01T08:00:00Z</published><updated>2026-11-02T08:00:00Z</updated><author><name>Ann Lee</name></author>
<category term="w" label="Wehr"/>{content}</entry></feed>
"""


def rss(*items: str) -> bytes:
    return (HEAD + "".join(items) + TAIL).encode()


def item(inside: str) -> str:
    return f"<item><title>Harbour wall closed</title>{inside}</item>\n"


def test_an_entry_gives_its_full_content_and_what_is_said_of_it(desk):
    (record,) = desk.items(rss(FULL), "feed")
    assert '<p>The wall is <a href="https://tide.example/why">closed</a>.</p>' in record.content
    assert (record.media_type, record.id, record.url) == ("text/html", "77", "https://tide.example/2026/wall?a=1&b=2")
    assert record.given == {
        "title": "Harbour wall closed",
        "standfirst": "Boats move to the north quay.",
        "authors": "Ann Lee",
        "tags": "Harbours; Storms",
        "language": "en-gb",
        "published_at": "Tue, 03 Nov 2026 08:00:00 +0000",
        "canonical_url": "https://tide.example/2026/wall?a=1&b=2",
        "site": "Tide & Times",
    }


def test_each_entry_knows_where_it_stands(desk):
    content = rss(FULL, item("<description>Short.</description>"))
    first, second = desk.items(content, "feed")
    assert content[second.origin.offset :].startswith(b"<item><title>Harbour wall closed")
    assert (first.origin.ordinal, second.origin.ordinal) == (0, 1)


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le"])
def test_in_utf_16_the_place_is_that_of_the_file(desk, codec):
    content = rss(FULL, item("<description>Kurz – über 𝄞.</description>"), FULL).decode().encode(codec)
    third = desk.items(content, "feed")[2]
    assert content[third.origin.offset :].decode("utf-16-le").startswith("<item><title>Harbour")


def test_a_short_summary_alone_is_read_as_a_stub(desk):
    (record,) = desk.items(rss(item("<description>Boats move to the north quay.</description>")), "feed")
    assert (record.content, record.media_type) == ("Boats move to the north quay.", "text/plain")
    assert record.given["page_type"] == "stub"
    assert "standfirst" not in record.given


def test_a_description_as_long_as_an_article_is_one_unless_it_breaks_off(desk):
    text = "The wall is closed and the boats are gone. " * 30
    whole, cut = desk.items(
        rss(item(f"<description>{text}</description>"), item(f"<description>{text} […]</description>")), "feed"
    )
    assert "page_type" not in whole.given
    assert cut.given["page_type"] == "stub"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('<content type="text">Wind &amp; Wetter &lt;3</content>', "Wind & Wetter <3"),
        ('<content type="html">&lt;p&gt;Wind &amp;amp; &lt;a href="a"&gt;mehr&lt;/a&gt;&lt;/p&gt;</content>', "<p>Wind &amp; <a"),
        (
            '<content type="xhtml"><x:div xmlns:x="http://www.w3.org/1999/xhtml"><x:p>Wind<x:br/>hier</x:p></x:div></content>',
            "<div><p>Wind<br>hier</p></div>",
        ),
    ],
)
def test_atom_has_text_html_and_xhtml(desk, content, expected):
    (record,) = desk.items(ATOM.format(content=content).encode(), "feed")
    assert expected in record.content
    assert (record.url, record.id) == ("https://bote.example/blog/wehr", "tag:bote.example,2026:1")
    assert record.given["title"] == "Wehr & Mole"
    assert record.given["tags"] == "Wehr"
    assert (record.given["published_at"], record.given["modified_at"]) == ("2026-11-01T08:00:00Z", "2026-11-02T08:00:00Z")


def test_links_of_atom_are_seen_from_its_base(desk):
    (record,) = desk.items(ATOM.format(content='<content type="html">&lt;a href="x/y"&gt;z&lt;/a&gt;</content>').encode(), "feed")
    assert 'href="https://bote.example/blog/x/y"' in record.content


def test_rss_1_names_its_items_by_their_address(desk):
    content = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
     xmlns:d="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://tide.example/f"><title>Tide</title>
     <items><rdf:Seq><rdf:li resource="https://tide.example/1"/></rdf:Seq></items></channel>
     <item rdf:about="https://tide.example/1"><title>Wall</title><link>https://tide.example/1</link>
     <description>The wall is closed.</description><d:creator>Ann Lee</d:creator><d:date>2026-11-03</d:date></item></rdf:RDF>"""
    (record,) = desk.items(content, "feed")
    assert record.url == "https://tide.example/1"
    assert (record.given["authors"], record.given["published_at"]) == ("Ann Lee", "2026-11-03")


def test_signs_and_names_that_are_no_xml_are_read_as_meant(desk):
    inside = "<link>https://tide.example/?a=1&b=2</link><description>Caf&eacute;&nbsp;& bar, 3 < 4&hellip;</description>"
    (record,) = desk.items(rss(item(inside)), "feed")
    assert record.content == "Café\xa0& bar, 3 < 4…"
    assert record.url == "https://tide.example/?a=1&b=2"


def test_a_broken_entry_costs_no_other(desk):
    items = desk.items(rss(FULL, item("<description>open"), FULL), "feed")
    assert [type(each) for each in items] == [Record, Reject, Record]
    assert items[1].reason is Reason.UNPARSABLE
    assert "mismatched tag, in line 1 of the item" in items[1].detail


def test_an_entry_without_its_end_ends_where_the_next_begins(desk):
    items = desk.items(rss(FULL, "<item><title>Lost</title>", FULL), "feed")
    assert [type(each) for each in items] == [Record, Reject, Record]


def test_an_entry_in_a_cdata_section_is_text(desk):
    (record,) = desk.items(
        rss(item("<description><![CDATA[<p>In XML one writes &lt;item> or <item></item>.</p>]]></description>")), "feed"
    )
    assert "<item></item>" in record.content


def test_pictures_that_say_what_they_show_are_in_the_page(desk):
    media = '<m:content url="https://i.example/1.jpg"><m:description>Waves.</m:description><m:credit>Bo Ek</m:credit></m:content>'
    (record,) = desk.items(rss(item(f"{media}<description>&lt;p&gt;The wall.&lt;/p&gt;</description>")), "feed")
    assert '<img src="https://i.example/1.jpg"><figcaption>Waves. (Photo: Bo Ek)</figcaption>' in record.content


def test_an_address_of_mail_is_no_author(desk):
    authors = "<author>ann@tide.example (Ann Lee)</author><author>desk@tide.example</author>"
    (record,) = desk.items(rss(item(f"{authors}<description>Text.</description>")), "feed")
    assert record.given["authors"] == "Ann Lee"


def test_an_entry_with_nothing_to_read_is_rejected_with_its_address(desk):
    (reject,) = desk.items(rss(item("<link>https://tide.example/1</link>")), "feed")
    assert (reject.reason, reject.url) == (Reason.MISSING_CONTENT, "https://tide.example/1")


def test_a_feed_without_entries_is_empty_and_nothing_else_is_a_feed(desk):
    assert desk.items(rss(), "feed") == []
    (reject,) = desk.items(b"<html><body>Not found</body></html>", "feed")
    assert reject.reason is Reason.UNPARSABLE
    assert "its root is <html>" in reject.detail
