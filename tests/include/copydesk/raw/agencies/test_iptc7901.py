"""Messages of wires, whole and damaged: what they say, and that none is lost without a word."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.extraction import extract_records
from copydesk.fields.times.dates import parse_date
from copydesk.raw.agencies.anpa_text import read_set
from copydesk.raw.agencies.wire_messages import Stretches
from copydesk.raw.agencies.wire_text import paragraphs, sent_at, title_of
from copydesk.records import Reason, Record
from timing import done_within

HEADER = "tid014 4 pl 171  TP 0065\r\nHarbours/Wrenmouth\r\n"
OPENING = "Hafen von Wrenmouth gesperrt - Fähren weichen aus=\r\n"
BODY = (
    "   Wrenmouth (TP) - Die Mauer des Hafens von Wrenmouth ist gesperrt, nachdem\r\n"
    "Taucher unter der Wasserlinie einen Riss fanden. Niemand war in Gefahr,\r\n"
    "sagte der Hafenmeister.\r\n"
    "   Die Fähren legen für einige Wochen am nördlichen Kai an, der im Frühjahr\r\n"
    "erneuert worden ist.\r\n"
)
ENDING = "\r\n301415 GMT NOV 26\r\n"
PARAGRAPHS = [
    "Wrenmouth (TP) - Die Mauer des Hafens von Wrenmouth ist gesperrt, nachdem Taucher unter der Wasserlinie einen Riss fanden. "
    "Niemand war in Gefahr, sagte der Hafenmeister.",
    "Die Fähren legen für einige Wochen am nördlichen Kai an, der im Frühjahr erneuert worden ist.",
]
ANPA = (
    "\x16\x16\x01B1488\x1ftpstf\r\nr b \x13\x11 BC-Harbor-Wall 1stLd-Writethru TB06 11-30 0120\r\n\x02"
    "^BC-Harbor-Wall, 1st Ld-Writethru,0120<\r\n^Harbor wall closed after divers find crack<\r\n^By ANN LEE=\r\n"
    "\tWRENMOUTH (TP) _ The harbor wall was closed to traffic on Monday after divers\r\n"
    "found a crack below the water line.<\r\n\tFerries leave from the north side.<\r\n\x03TP-WR-11-30-26 1415EST<\r\n\x04"
)


def message(header: str = HEADER, opening: str = OPENING, body: str = BODY, ending: str = ENDING) -> str:
    return f"\x01{header}\x02{opening}{body}\x03{ending}\x04"


def test_a_message_is_a_story_with_what_its_frame_says(desk):
    (record,) = desk.items(message().encode(), "iptc7901")
    assert record.content.split("\n") == PARAGRAPHS
    assert record.given == {
        "title": "Hafen von Wrenmouth gesperrt - Fähren weichen aus",
        "tags": "Harbours; Wrenmouth",
        "published_at": "30 NOV 2026 14:15 GMT",
    }
    assert (record.id, record.media_type, record.edition) == ("tid014 30 NOV 2026 14:15 GMT", "text/plain", None)


@pytest.mark.parametrize("codec", ["latin-1", "utf-8", "windows-1252"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\r\r\n"])
def test_letters_and_ends_of_lines_may_be_any_of_those_that_wires_have(desk, codec, end):
    (record,) = desk.items(message().replace("\r\n", end).encode(codec), "iptc7901")
    assert record.content.split("\n") == PARAGRAPHS
    assert record.given["title"].endswith("Fähren weichen aus")


def test_a_message_of_anpa_1312_is_read_without_the_signs_that_set_it(desk):
    (record,) = desk.items(ANPA.encode(), "iptc7901")
    assert record.content.split("\n") == [
        "By ANN LEE",
        "WRENMOUTH (TP) — The harbor wall was closed to traffic on Monday after divers found a crack below the water line.",
        "Ferries leave from the north side.",
    ]
    assert record.given == {"title": "Harbor wall closed after divers find crack", "published_at": "2026-11-30 14:15 EST"}
    assert record.id == "B1488 2026-11-30 14:15 EST"


def test_what_is_set_above_a_text_of_anpa_1312_is_told_by_its_kind():
    above = [
        "^BC-Harbor-Wall,0120<",
        "^HL:Harbor wall closed after divers",
        "find a crack@<",
        "^Eds: UPDATES with a quote.<",
        "^TP Photo WR101, WR102<",
    ]
    text = [
        "^A crack below the water line has closed the wall<",
        "^By ANN LEE=",
        "\t``Go north,'' she said _ and laughed. ",
        "\t   ___ ",
        "\tEnd.<",
    ]
    assert read_set([*above, *text], "BC-Harbor-W") == (
        "Harbor wall closed after divers find a crack",
        [
            "A crack below the water line has closed the wall",
            "By ANN LEE",
            "\t“Go north,” she said — and laughed. ",
            "",
            "\tEnd.",
        ],
    )
    assert read_set(["^BC-Alert,17<", "\tTOWN _ News."], "BC-Alert") == (None, ["\tTOWN — News."])
    assert read_set(["^BC-Alert,17<", "^By ANN LEE=", "^Tide Press Writer="], "BC-Alert") == (
        None,
        ["By ANN LEE", "Tide Press Writer"],
    )


def test_many_messages_stand_in_a_file_with_idle_signs_between_them(desk):
    content = f"\x16\x16{message()}\r\n\x00\x00\n{ANPA}\x04\x7f{message()}".encode()
    items = desk.items(content, "iptc7901")
    assert [item.origin.ordinal for item in items] == [0, 1, 2]
    assert all(content[item.origin.offset] == 1 for item in items)


@pytest.mark.parametrize(
    ("ending", "time"),
    [
        ("301415 NOV 26", "30 NOV 2026 14:15"),
        ("\r\n010905 Okt 1994\r\n", "01 Okt 1994 09:05"),
        ("TP 301415 NOV 26 MEZ", "30 NOV 2026 14:15 MEZ"),
        ("010203 Sep. 79", "01 Sep 1979 02:03"),
        ("UPI 11-30-87 09:11 AES", "1987-11-30 09:11 AES"),
        ("16:35ET 31-10-14", None),
        ("302515 NOV 26", None),
        ("nothing", None),
    ],
)
def test_the_time_at_the_end_is_read_where_it_can_be_no_other(ending, time):
    assert sent_at(ending) == time


@pytest.mark.parametrize(
    ("ending", "moment"),
    [
        ("301415 GMT NOV 26", "2026-11-30T14:15:00+00:00"),
        ("010905 Okt 1994 MEZ", "1994-10-01T08:05:00+00:00"),
        ("051000 aoû 95", "1995-08-05T10:00:00+00:00"),
        ("TP-WR-11-30-26 1415EST", "2026-11-30T19:15:00+00:00"),
        ("311415 NOV 26", None),
    ],
)
def test_what_is_read_of_the_time_is_a_date(ending, moment):
    found = parse_date(sent_at(ending))
    assert (found.at.isoformat() if found else None) == moment


def test_a_time_in_the_last_line_of_the_text_is_no_text(desk):
    (record,) = desk.items(message(body=BODY + "\r\n301415 Nov 26\r\n", ending="").encode(), "iptc7901")
    assert record.content.split("\n")[-1] == PARAGRAPHS[-1]
    assert record.given["published_at"] == "30 Nov 2026 14:15"


@pytest.mark.parametrize(
    ("above", "title", "signed"),
    [
        (
            "(Correction: the day)\nHarbour wall of Wrenmouth is closed\nto all traffic =",
            "Harbour wall of Wrenmouth is closed to all traffic",
            [],
        ),
        ("REFILE\n1ST LEAD\nHarbour wall closed\nBy Ann Lee, Tide Press =", "Harbour wall closed", ["By Ann Lee, Tide Press"]),
        ("Hafen gesperrt\nVon Anna Lee, TP =", "Hafen gesperrt", ["Von Anna Lee, TP"]),
        ("Ann Lee trifft Frau\nVon der Aue in Wrenmouth =", "Ann Lee trifft Frau Von der Aue in Wrenmouth", []),
        ("HARBOUR WALL CLOSED =", "HARBOUR WALL CLOSED", []),
        ("By Sunday all will be well=", "By Sunday all will be well", []),
        ("(Preview)=", None, []),
    ],
)
def test_a_headline_ends_in_an_equals_sign_with_notes_above_it_and_perhaps_a_byline_below(above, title, signed):
    found, lines = title_of([*above.split("\n"), "", "Text"])
    assert (found, lines) == (title, [*signed, "", "Text"])


def test_a_text_without_the_sign_has_its_headline_looked_for():
    lines = ["Harbour wall closed", "", "The sum = 4", "x ="]
    assert title_of(lines) == (None, lines)


@pytest.mark.parametrize("line", ["more", "(more)", "- MORE TO COME -", "more follows"])
def test_what_is_for_editors_is_no_text(desk, line):
    notes = f"\r\n{line}\r\n\r\n* * *\r\nThe following information is not intended for publication\r\nCall the desk.\r\n"
    (record,) = desk.items(message(body=BODY + notes).encode(), "iptc7901")
    assert record.content.rstrip("* \n").split("\n")[:2] == PARAGRAPHS
    assert "desk" not in record.content


def test_rows_of_tables_and_short_lines_stay_lines():
    lines = [
        "   A line of text that goes on for long enough to be full",
        "and ends here.",
        "United       12   4",
        "Rovers        9   7",
    ]
    assert paragraphs([*lines, "", "   Short.", "Next"]) == [
        "A line of text that goes on for long enough to be full and ends here.",
        "United       12   4",
        "Rovers        9   7",
        "",
        "Short.",
        "Next",
    ]


WHOLE, LOST = message().encode(), b"tid015 4 pl 9\r\n\x02Lost at sea.\x03301500 NOV 26\x04"


@pytest.mark.parametrize(
    ("damaged", "reason", "said"),
    [
        (b"\x01" + LOST.replace(b"\x02", b""), Reason.UNPARSABLE, "no STX"),
        (b"\x01" + LOST.replace(b"\x03", b"").replace(b"\x04", b""), Reason.TRUNCATED, "another begins"),
        (LOST, Reason.UNPARSABLE, "no SOH"),
        (b"\x01tid1 4 pl 9\r\n\x02 \r\n\x03\x04", Reason.MISSING_CONTENT, "nothing stands"),
        (b"\x01\x02" + b"long " * 500 + b"\x03\x04", Reason.TOO_LARGE, "COPYDESK_MAX_RECORD_BYTES=2000"),
        (b"\x01\x02" + bytes(range(5, 32)) * 9 + b"\x03\x04", Reason.UNDECODABLE, "binary"),
    ],
)
def test_a_damaged_message_is_a_reject_with_its_place_and_its_neighbours_are_read(desk, damaged, reason, said):
    reading = desk.reading(WHOLE + damaged + WHOLE, "iptc7901")
    first, reject, last = reading
    assert isinstance(first, Record)
    assert isinstance(last, Record)
    assert (reject.reason, reject.origin.offset, reject.origin.ordinal) == (reason, len(WHOLE), 1)
    assert said in reject.detail
    assert reading.complete == (reason is not Reason.TRUNCATED)


def test_a_message_that_lost_its_beginning_behind_one_that_lost_its_end_is_a_reject_of_its_own(desk):
    story, reject = desk.items(WHOLE.removesuffix(b"\x04") + LOST, "iptc7901")
    assert isinstance(story, Record)
    assert reject.reason is Reason.UNPARSABLE
    assert reject.origin.offset == len(WHOLE) - 1 + LOST.index(b"\x02")


def test_messages_without_their_eot_are_read(desk):
    items = desk.items(WHOLE.replace(b"\x04", b"") * 2, "iptc7901")
    assert [type(item) for item in items] == [Record, Record]
    (unended,) = desk.items(message().replace("\x03", "").encode(), "iptc7901")
    assert unended.given["published_at"] == "30 NOV 2026 14:15 GMT"


def test_a_file_that_ends_in_a_message_is_partial(desk):
    reading = desk.reading(WHOLE + WHOLE[:-60], "iptc7901")
    _, reject = reading
    assert (reject.reason, reject.origin.offset, reading.complete) == (Reason.TRUNCATED, len(WHOLE), False)


@pytest.mark.parametrize(
    ("content", "reason"), [(b"", Reason.EMPTY), (b"\x16\x16\r\n", Reason.EMPTY), (b"A text.", Reason.UNPARSABLE)]
)
def test_a_file_without_a_message_says_so(desk, content, reason):
    (reject,) = desk.items(content, "iptc7901")
    assert reject.reason is reason


def test_a_story_becomes_an_article(desk):
    row = extract_records(desk.items(message().encode("latin-1"), "iptc7901")).to_pylist()[0]
    assert (row["title"], row["paragraphs"]) == ("Hafen von Wrenmouth gesperrt - Fähren weichen aus", PARAGRAPHS)
    assert (row["published_at"].isoformat(), row["published_zone"]) == ("2026-11-30T14:15:00+00:00", "GMT")
    assert (row["tags"], row["language"]) == (["Harbours", "Wrenmouth"], "de")


SIGNS = st.sampled_from([b"\x01", b"\x02", b"\x03", b"\x04", b"\r\n", b"301415 NOV 26", b"tid1 4 pl 9\n", b"^Head<\n", b"= "])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(SIGNS, st.binary(max_size=9)), max_size=40), st.integers(0, 2 * len(WHOLE)))
def test_whatever_stands_in_a_file_its_stretches_are_all_of_it_and_each_is_a_record_or_a_reject(any_desk, pieces, cut):
    damaged = (WHOLE * 2)[:cut] + b"".join(pieces) + (WHOLE * 2)[cut:]
    content = WHOLE + damaged + b"\x04" + WHOLE
    stretches = list(Stretches(io.BytesIO(content), 2000))
    assert b"".join(stretch.content or b"" for stretch in stretches) == content
    items = any_desk.items(content, "iptc7901")
    assert [item.origin.ordinal for item in items] == list(range(len(items)))
    assert {stretch.offset for stretch in stretches if not stretch.is_idle} <= {item.origin.offset for item in items}
    for item, content in ((items[0], PARAGRAPHS), (items[-1], PARAGRAPHS)):
        assert isinstance(item, Record)
        assert item.content.split("\n") == content


def test_a_line_that_sends_nothing_but_ends_takes_no_longer(desk):
    desk.settings = desk.settings.model_copy(update={"max_record_bytes": 1_000_000})
    dump = message().encode() + b"\x04" * 500_000 + message().encode()
    first, last = done_within(1, lambda: desk.items(dump, "iptc7901"))

    assert first.content == last.content
