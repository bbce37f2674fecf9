from __future__ import annotations

import re

import pytest

from copydesk.records import Reason, Record, Reject

DOCTYPE = '<!DOCTYPE nitf SYSTEM "http://nitf.example/nitf-3-6.dtd">\n'
NITF = """<nitf{attributes}><head><title>wall</title><tobject><tobject.subject tobject.subject.type="Ports"/></tobject>
<docdata management-status="{status}"><doc-id id-string="w9" regsrc="TP"/><du-key version="3"/><urgency ed-urg="4"/>
<date.issue norm="20261103T080000Z"/><key-list><keyword key="harbours"/></key-list></docdata>
<pubdata position.section="Coast"/></head><body xml:lang="en"><body.head><hedline><hl1>Harbour wall closed</hl1>
<hl2>Boats move north</hl2></hedline><byline>By <person>Ann Lee</person> <byttl>Tide Press</byttl></byline>
<distributor>Tide Press</distributor><dateline><location>WRENMOUTH</location></dateline></body.head>
<body.content>{content}</body.content></body></nitf>
"""
TEXT = "<p>The wall in <location>Wrenmouth</location> is closed.</p><hl2>The cost</hl2><ul><li>£240,000</li></ul>"


def nitf(content: str = TEXT, status: str = "usable", attributes: str = "") -> bytes:
    return NITF.format(content=content, status=status, attributes=attributes).encode()


@pytest.mark.parametrize("attributes", ["", ' xmlns="http://iptc.org/std/NITF/2006-10-18/"'])
def test_a_story_is_a_page_with_what_its_head_says_beside_it(desk, attributes):
    (record,) = desk.items(DOCTYPE.encode() + nitf(attributes=attributes), "nitf")
    body = "<p>The wall in <span>Wrenmouth</span> is closed.</p><h2>The cost</h2><ul><li>£240,000</li></ul>"
    assert record.content == f"<article>{body}</article>"
    assert (record.id, record.media_type) == ("w9:3", "text/html")
    assert record.given == {
        "title": "Harbour wall closed",
        "standfirst": "Boats move north",
        "authors": "Ann Lee",
        "agency": "Tide Press",
        "dateline": "WRENMOUTH",
        "section": "Coast",
        "tags": "harbours; Ports",
        "language": "en",
        "published_at": "20261103T080000Z",
    }


def test_elements_with_a_prefix_are_the_same(desk):
    content = '<n:nitf xmlns:n="http://iptc.org/std/NITF/2006-10-18/"><n:body><n:body.content><n:p>Text.</n:p></n:body.content></n:body></n:nitf>'
    (record,) = desk.items(content.encode(), "nitf")
    assert "<p>Text.</p>" in record.content


def test_pictures_stand_where_they_stood(desk):
    media = """<media media-type="image"><media-reference mime-type="image/jpeg" source="https://i.example/1.jpg"/>
    <media-caption>Waves on Sunday.</media-caption><media-producer>Bo Ek</media-producer></media>"""
    (record,) = desk.items(nitf(f"<p>One.</p>{media}<p>Two.</p>"), "nitf")
    figure = '<figure><img src="https://i.example/1.jpg"><figcaption>Waves on Sunday. (Photo: Bo Ek)</figcaption></figure>'
    assert f"<p>One.</p>{figure}<p>Two.</p>" in record.content


def test_many_stories_may_stand_in_a_file_one_behind_the_other(desk):
    story = (DOCTYPE.encode() + nitf()) * 3
    assert [item.origin.ordinal for item in desk.items(story, "nitf")] == [0, 1, 2]


@pytest.mark.parametrize("status", ["canceled", "withheld", "embargoed"])
def test_what_is_not_to_be_published_is_a_notice(desk, status):
    notice, record = desk.items(nitf(status=status) + nitf(), "nitf")
    assert (notice.reason, notice.edition, record.origin.ordinal) == (Reason.WITHDRAWN, record.edition, 1)
    assert f"{status}: " in notice.detail


def test_a_notice_about_an_item_without_a_name_is_passed_over_and_counted(desk):
    reading = desk.reading(re.sub(rb"<doc-id[^>]*>", b"", nitf(status="canceled")), "nitf")
    assert list(reading) == []
    assert reading.skipped == {"canceled item": 1}


def test_a_story_without_a_text_is_rejected(desk):
    (reject,) = desk.items(nitf("<p> </p>"), "nitf")
    assert reject.reason is Reason.MISSING_CONTENT


@pytest.mark.parametrize("codec", ["iso-8859-1", "windows-1252", "utf-8", "utf-16"])
@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1252", "utf-8", "utf-16", "klingon"])
def test_letters_are_right_whatever_is_declared(desk, codec, declared):
    story = (
        f'<?xml version="1.0" encoding="{declared}"?>\n' + nitf("<p>Die Mole bei Kössern ist für Wochen gesperrt.</p>").decode()
    )
    (record,) = desk.items(story.replace("£", "").encode(codec), "nitf")
    assert "Die Mole bei Kössern ist für Wochen gesperrt." in record.content


def test_a_file_that_was_cut_keeps_its_whole_stories(desk):
    content = nitf() + nitf()
    first, cut = desk.items(content[:-9], "nitf")
    assert isinstance(first, Record) and isinstance(cut, Reject)
    assert (cut.reason, cut.origin.offset) == (Reason.TRUNCATED, len(nitf()))


def test_words_that_are_marked_up_stay_together_and_paragraphs_apart(desk):
    head = "<hedline><hl1>Wren<em>mouth</em>, closed</hl1></hedline><abstract><p>It is cracked.</p><p>Boats move.</p></abstract>"
    content = f"<nitf><body><body.head>{head}</body.head><body.content><p>Text.</p></body.content></body></nitf>"
    (record,) = desk.items(content.encode(), "nitf")
    assert (record.given["title"], record.given["standfirst"]) == ("Wrenmouth, closed", "It is cracked. Boats move.")
