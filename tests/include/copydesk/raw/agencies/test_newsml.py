from __future__ import annotations

from copydesk.records import Edition, Reason

HTML = """<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>no</title></head>
<body><p>The wall is closed.</p></body></html></inlineXML>"""
ITEM = """<newsItem guid="urn:tide:1" version="2" xml:lang="en"><itemMeta><itemClass qcode="ninat:{kind}"/>
<provider literal="TIDE"/><versionCreated>2026-11-03T10:00:00Z</versionCreated>
<firstCreated>2026-11-03T08:00:00Z</firstCreated><pubStatus qcode="stat:{status}"/></itemMeta><contentMeta>
<headline role="hld:sub">Boats move north</headline><headline>Harbour wall closed</headline><by>By Ann Lee</by>
<creditline>Tide Press</creditline><dateline>WRENMOUTH, Nov 3</dateline><language tag="en-GB"/>
<subject qcode="medtop:1"><name>harbours</name></subject><description role="drol:summary">It is cracked.</description>
</contentMeta><contentSet>{content}</contentSet></newsItem>
"""
NEWSML1 = """<NewsML Version="1.2"><NewsEnvelope/><NewsItem><Identification><NewsIdentifier><PublicIdentifier>urn:newsml:tide:7:1
</PublicIdentifier></NewsIdentifier></Identification><NewsManagement><FirstCreated>20261103T080000+0000</FirstCreated>
<Status FormalName="{status}"/></NewsManagement><NewsComponent><NewsLines><HeadLine>Harbour wall closed</HeadLine>
<ByLine>By Ann Lee</ByLine></NewsLines><NewsComponent><Role FormalName="Contact"/><ContentItem><DataContent>
<p>{contact}</p></DataContent></ContentItem></NewsComponent><NewsComponent><Role FormalName="Body"/><ContentItem>
<DataContent><html><body><p>The wall is closed.</p></body></html></DataContent></ContentItem></NewsComponent>
</NewsComponent></NewsItem></NewsML>"""


def item(content: str = HTML, kind: str = "text", status: str = "usable") -> str:
    return ITEM.format(content=content, kind=kind, status=status)


def message(*items: str) -> bytes:
    sets = "".join(f"<itemSet>{each}</itemSet>" for each in items)
    return f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header/>{sets}</newsMessage>'.encode()


def test_every_item_of_a_message_is_a_record(desk):
    first, second = desk.items(message(item(), item()), "newsml")
    assert "<article><p>The wall is closed.</p></article>" in first.content.replace("\n", "")
    assert (first.id, first.origin.ordinal, second.origin.ordinal) == ("urn:tide:1:2", 0, 1)
    assert first.given == {
        "title": "Harbour wall closed",
        "standfirst": "It is cracked.",
        "authors": "By Ann Lee",
        "agency": "Tide Press",
        "dateline": "WRENMOUTH, Nov 3",
        "tags": "harbours",
        "language": "en-GB",
        "published_at": "2026-11-03T08:00:00Z",
        "modified_at": "2026-11-03T10:00:00Z",
    }


def test_a_story_in_nitf_says_what_the_item_does_not(desk):
    nitf = """<inlineXML><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.head><hedline><hl1>Other</hl1></hedline>
    </body.head><body.content><p>The wall.</p></body.content></body></nitf></inlineXML>"""
    (record,) = desk.items(item(nitf).encode(), "newsml")
    assert "<p>The wall.</p>" in record.content
    assert record.given["title"] == "Harbour wall closed"
    (bare,) = desk.items(f"<contentSet>{nitf}</contentSet>".encode(), "newsml")
    assert bare.given["title"] == "Other"


def test_plain_data_are_text_unless_there_is_markup_too(desk):
    plain = '<inlineData contenttype="text/plain">The wall &amp; the quay.</inlineData>'
    (record,) = desk.items(item(plain).encode(), "newsml")
    assert (record.content, record.media_type) == ("The wall & the quay.", "text/plain")
    (record,) = desk.items(item(plain + HTML).encode(), "newsml")
    assert record.media_type == "text/html"


def test_what_lies_elsewhere_is_never_fetched(desk):
    remote = '<remoteContent href="http://tide.example/1.xml"/>'
    reading = desk.reading(message(item(remote), item(remote, kind="picture"), item(kind="picture", status="canceled")), "newsml")
    (reject,) = list(reading)
    assert reject.reason is Reason.MISSING_CONTENT
    assert "http://tide.example/1.xml" in reject.detail
    assert reading.skipped == {"picture item": 1, "canceled item": 1}


def test_packages_are_no_documents(desk):
    reading = desk.reading(message('<packageItem guid="p"/>', item()), "newsml")
    assert len(list(reading)) == 1
    assert reading.skipped == {"packageItem": 1}


def test_newsml_1_is_read_by_the_roles_of_its_components(desk):
    content = NEWSML1.format(status="Usable", contact="Call the press desk, which knows all about the wall and will tell.")
    (record,) = desk.items(content.encode(), "newsml")
    assert "<p>The wall is closed.</p>" in record.content
    assert "press desk" not in record.content
    assert record.id == "urn:newsml:tide:7:1"
    assert record.given == {"title": "Harbour wall closed", "authors": "By Ann Lee", "published_at": "20261103T080000+0000"}


def test_an_item_that_is_not_to_be_published_is_a_notice(desk):
    note = "<edNote>Kill: it was the pier.</edNote></itemMeta>"
    (notice,) = desk.items(message(item(status="canceled").replace("</itemMeta>", note)), "newsml")
    assert (notice.reason, notice.edition) == (Reason.WITHDRAWN, Edition("urn:tide:1", 2))
    assert "canceled: urn:tide:1, version 2: Harbour wall closed; Kill: it was the pier." in notice.detail
    (record,) = desk.items(message(item()), "newsml")
    assert record.edition == notice.edition


def test_newsml_1_names_its_items_apart_from_their_revisions(desk):
    (notice,) = desk.items(NEWSML1.format(status="Withheld", contact="x").encode(), "newsml")
    assert (notice.reason, notice.edition) == (Reason.WITHDRAWN, Edition("urn:newsml:tide:7:1"))
    parts = (
        "<ProviderId>tide.example</ProviderId><DateId>20261103</DateId><NewsItemId>wall</NewsItemId><RevisionId>3</RevisionId>"
    )
    named = NEWSML1.format(status="Usable", contact="x").replace("<PublicIdentifier>", parts + "<PublicIdentifier>")
    (record,) = desk.items(named.encode(), "newsml")
    assert record.edition == Edition("urn:newsml:tide.example:20261103:wall", 3)
