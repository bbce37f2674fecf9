from __future__ import annotations

import gzip
import json

import pytest

from copydesk.records import Reason, Record, Reject

TWO = {
    "uri": "urn:tide:1",
    "version": "2",
    "type": "text",
    "pubStatus": "usable",
    "language": "en-GB",
    "headlines": [{"role": "sub", "value": "Boats move north"}, {"role": "main", "value": "Harbour wall closed"}],
    "by": "By Ann Lee, Tide Press",
    "infoSources": [{"name": "Tide Press"}],
    "firstCreated": "2026-11-03T08:00:00Z",
    "versionCreated": "2026-11-03T10:00:00Z",
    "descriptions": [{"role": "summary", "value": "It is cracked."}],
    "subjects": [{"name": "harbours"}, {"name": "storms"}],
    "bodies": [
        {"contentType": "text/plain", "value": "The wall is closed."},
        {"contentType": "text/html", "value": "<p>The wall is closed.</p>"},
    ],
}
ONE = {
    "uri": "https://tide.example/1",
    "versioncreated": "2026-11-03T10:00:00Z",
    "headline": "Harbour wall closed",
    "byline": "Ann Lee",
    "infosource": [{"name": "Tide Press"}],
    "subject": [{"name": "harbours"}],
    "description_text": "It is cracked.",
    "body_html": "<p>The wall is closed.</p>",
    "body_text": "The wall is closed.",
}


def read(desk, *items: object) -> list:
    return desk.items(json.dumps(list(items)).encode(), "ninjs")


def test_an_item_of_version_2_gives_its_properties(desk):
    (record,) = read(desk, TWO)
    assert record.content == "<article><p>The wall is closed.</p></article>"
    assert (record.id, record.url) == ("urn:tide:1:2", None)
    assert record.given == {
        "title": "Harbour wall closed",
        "standfirst": "It is cracked.",
        "authors": "By Ann Lee, Tide Press",
        "agency": "Tide Press",
        "tags": "harbours; storms",
        "language": "en-GB",
        "published_at": "2026-11-03T08:00:00Z",
        "modified_at": "2026-11-03T10:00:00Z",
    }


def test_an_item_of_version_1_gives_the_same_by_its_own_names(desk):
    (record,) = read(desk, ONE)
    assert "<p>The wall is closed.</p>" in record.content
    assert (record.id, record.url) == ("https://tide.example/1", "https://tide.example/1")
    assert (record.given["title"], record.given["standfirst"]) == ("Harbour wall closed", "It is cracked.")
    assert (record.given["authors"], record.given["agency"], record.given["tags"]) == ("Ann Lee", "Tide Press", "harbours")
    assert record.given["published_at"] == "2026-11-03T10:00:00Z"


def test_a_plain_body_is_a_text(desk):
    (record,) = read(desk, TWO | {"bodies": TWO["bodies"][:1]})
    assert (record.content, record.media_type) == ("The wall is closed.", "text/plain")


def test_a_body_may_be_nitf(desk):
    value = '<?xml version="1.0"?><nitf><body><body.content><p>The wall.</p></body.content></body></nitf>'
    (record,) = read(desk, TWO | {"bodies": [{"contentType": "application/nitf+xml", "value": value}]})
    assert "<article><p>The wall.</p></article>" in record.content


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(ONE),
        json.dumps(ONE, indent=2),
        json.dumps([ONE]),
        f"\n[\n{json.dumps(ONE, indent=4)}\n]\n",
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_an_item_is_found_in_every_layout(desk, content, codec):
    (record,) = desk.items(content.encode(codec), "ninjs")
    assert content.encode(codec)[record.origin.offset :].decode(codec.replace("16", "16-le"), "ignore").startswith("{")


def test_items_one_a_line_stand_for_themselves(desk):
    line = json.dumps(ONE)
    items = desk.items(f"{line}\n\n{line[:60]}\n{line}\n{line[:90]}".encode(), "ninjs")
    assert [type(item) for item in items] == [Record, Reject, Record, Reject]
    assert [item.reason for item in items if isinstance(item, Reject)] == [Reason.UNPARSABLE, Reason.TRUNCATED]
    assert [item.origin.ordinal for item in items] == [0, 1, 2, 3]


def test_an_array_that_was_cut_keeps_its_whole_items(desk):
    content = json.dumps([ONE, ONE, ONE]).encode()
    items = desk.items(content[:-10], "ninjs")
    assert [type(item) for item in items] == [Record, Record, Reject]
    assert items[2].reason is Reason.TRUNCATED
    (*_, reject) = desk.items(content[:-1], "ninjs")
    assert "before the ]" in reject.detail


def test_what_is_no_item_is_said_to_be_none(desk):
    items = read(desk, ONE, "text", None, ONE)
    assert sum(isinstance(item, Record) for item in items) == 2
    assert {item.reason for item in items if isinstance(item, Reject)} == {Reason.UNPARSABLE}


@pytest.mark.parametrize("kind", ["picture", "video", "event"])
def test_items_that_are_no_text_are_passed_over_unless_they_carry_one(desk, kind):
    bodiless = {name: value for name, value in TWO.items() if name != "bodies"}
    content = json.dumps([bodiless | {"type": kind}, TWO | {"type": kind}, bodiless | {"type": kind, "pubStatus": "canceled"}])
    reading = desk.reading(content.encode(), "ninjs")
    (record,) = list(reading)
    assert record.origin.ordinal == 0
    assert reading.skipped == {f"{kind} item": 1, "canceled item": 1}


def test_a_text_without_a_body_is_rejected(desk):
    (reject,) = read(desk, {"uri": "urn:tide:1", "type": "text"})
    assert reject.reason is Reason.MISSING_CONTENT


def test_pictures_that_go_with_a_story_stand_above_it(desk):
    picture = {
        "type": "picture",
        "description_text": "Waves on Sunday.",
        "byline": "Bo Ek",
        "renditions": {"s": {"href": "https://i.example/s", "width": 9}, "l": {"href": "https://i.example/l", "width": 90}},
    }
    (record,) = read(desk, ONE | {"associations": {"main": picture}})
    assert '<figure><img src="https://i.example/l"><figcaption>Waves on Sunday. (Photo: Bo Ek)' in record.content


def test_a_record_over_the_limit_is_rejected_and_the_next_is_read(desk):
    items = read(desk, ONE | {"body_text": "x" * 5000}, ONE)
    assert [type(item) for item in items] == [Reject, Record]
    assert items[0].reason is Reason.TOO_LARGE


def test_a_line_over_the_limit_is_too_large_with_or_without_its_end(desk):
    (reject,) = desk.items(json.dumps(ONE | {"body_text": "x" * 5000}).encode(), "ninjs")
    assert reject.reason is Reason.TOO_LARGE


def test_a_compressed_file_that_was_cut_has_one_reject(desk):
    content = gzip.compress("".join(json.dumps(ONE | {"uri": str(n)}) + "\n" for n in range(50)).encode())
    *records, reject = desk.items(content[:-30], "ninjs")
    assert all(isinstance(record, Record) for record in records)
    assert reject.reason is Reason.TRUNCATED


def test_an_empty_file_is_no_item_and_an_empty_array_has_none(desk):
    for blank in (b"", b"\xef\xbb\xbf", b" \n"):
        (reject,) = desk.items(blank, "ninjs")
        assert reject.reason is Reason.EMPTY
    assert read(desk) == []


ENVELOPES = {
    "items": '{{"items": {0}}}',
    "indented": '{{\n  "items": {0}\n}}\n',
    "hateoas": '{{"_links": {{"self": [{{"href": "x"}}]}}, "_meta": {{"page": 1}}, "_items": {0}, "more": [{{"uri": "none"}}]}}\n',
}


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
@pytest.mark.parametrize("envelope", ENVELOPES.values(), ids=ENVELOPES)
def test_items_in_an_object_are_each_a_record_from_where_it_stands(desk, envelope, codec):
    items = [ONE | {"uri": f"urn:tide:{n}"} for n in range(3)]
    content = envelope.format(json.dumps(items)).encode(codec)
    reading = desk.reading(content, "ninjs")
    records = list(reading)
    assert [record.id for record in records] == ["urn:tide:0", "urn:tide:1", "urn:tide:2"]
    for record in records:
        assert content[record.origin.offset :].decode(codec.replace("16", "16-le")).startswith('{"uri": "urn:tide:')
    assert reading.complete


def test_an_object_around_items_may_be_larger_than_one_record(desk):
    items = [TWO | {"uri": f"urn:tide:{n}"} for n in range(100)]
    content = json.dumps({"took": 3, "items": items}).encode()
    assert len(content) > 10 * desk.settings.max_record_bytes
    assert [record.id for record in desk.items(content, "ninjs")] == [f"urn:tide:{n}:2" for n in range(100)]


@pytest.mark.parametrize("lost", [1, 2, 5, 300])
def test_an_object_around_items_that_was_cut_keeps_its_whole_items(desk, lost):
    content = json.dumps({"items": [ONE, ONE, ONE]}).encode()
    *records, reject = desk.items(content[:-lost], "ninjs")
    assert len(records) == (3 if lost < 3 else 2)
    assert reject.reason is Reason.TRUNCATED


def test_what_follows_an_object_around_items_is_no_secret(desk):
    content = json.dumps({"items": [ONE]})
    items = desk.items(f"{content}\n{content}\n".encode(), "ninjs")
    assert [type(item) for item in items] == [Record, Reject]


def test_an_item_with_items_that_go_with_it_is_no_object_around_them(desk):
    picture = {"name": "main", "uri": "urn:tide:9", "type": "picture", "headlines": [{"value": "Waves"}]}
    item = {"associations": [picture], "subjects": [{"uri": "urn:s", "name": "storms"}]} | TWO
    (record,) = desk.items(json.dumps(item).encode(), "ninjs")
    assert record.id == "urn:tide:1:2"
