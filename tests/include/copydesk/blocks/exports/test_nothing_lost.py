"""What of an export is no head stays in its article, and every line is told of; no input takes long."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from copydesk import explain
from copydesk.blocks.exports.labels import known_labels
from copydesk.blocks.exports.reading import HEAD_BYTES, read_export
from copydesk.blocks.segment import segment
from copydesk.records import Origin, Record
from exported import ABOVE, CODES, DATABASE, FRONT_MATTER, FULL_TEXT, LABELS, MAIL, NEWER, PARAGRAPHS, REFERENCE, TEXT, TITLE
from timing import done_within


@pytest.mark.parametrize("text", [LABELS, FULL_TEXT, ABOVE, DATABASE, NEWER, CODES, REFERENCE, FRONT_MATTER, MAIL])
def test_no_line_of_an_export_is_lost(text: str) -> None:
    rows = explain({"id": "a", "content": text, "media_type": "text/plain"}).to_pylist()
    told = "".join("".join(row["text"].split()) for row in rows)

    assert [row["ordinal"] for row in rows] == list(range(len(rows)))
    assert all(row["reasons"] for row in rows)
    assert sorted(told) == sorted("".join(text.split()))


@pytest.mark.parametrize(
    "lines",
    [
        ["A sea of paper", "Title: The Paper Sea", "Author: Ann Lee", "Publisher: North Press", "Pages: 320", *PARAGRAPHS],
        ["Title: The Paper Sea", "Author: Ann Lee", "Publisher: North Press", "Pages: 320", "ISBN: 1-234", *PARAGRAPHS],
        ["What's on", "Title: Songs of the sea", "Date: 12 March 2019", "Time: 19:30", "Venue: Town hall", *PARAGRAPHS],
        ["Fish soup", "Author: Jane Smith", "Serves: 4", "Time: 30 minutes", *PARAGRAPHS, "Note: use fresh fish."],
        [TITLE, "By: Jane Smith", "Published: 12 March 2019", "Updated: 13 March 2019", *PARAGRAPHS, "Source: Harbour board"],
        [
            "The captain speaks",
            PARAGRAPHS[0],
            "Courier: How cold was it?",
            "Moss: Very.",
            "Note: No boat on Sundays.",
            *PARAGRAPHS,
        ],
        ["Rovers win", "Date: none", "Author: nobody", "Result: 2-1", *PARAGRAPHS],
        ["Author", "Title", "Date", "Text", "Send", *PARAGRAPHS],
        ["DE", "EN", "SE", "IN", "CO", "LA", *PARAGRAPHS],
        ["---", *PARAGRAPHS, "---"],
        ["[Video] The ferry", "[Photo] The quay", *PARAGRAPHS],
        [
            f"{line} {n}"
            for n in range(2)
            for line in ("Date: 3 March 2019", "Location: Holm", "Type: theft", "Description: A bike")
        ],
        [
            line
            for n in range(1, 4)
            for line in (f"Title: Song {n}", "Location: Holm", "Organization: Choir", f"Date: {n} May 2019")
        ],
    ],
    ids="review book event recipe page interview match form languages rules brackets police concerts".split(),
)
def test_an_ordinary_article_is_left_as_it_is(lines: list[str]) -> None:
    assert read_export("\n".join(lines).encode()) is None


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from([*LABELS.splitlines(), *DATABASE.splitlines(), *CODES.splitlines(), *ABOVE.splitlines(), "---", ""]))
)
def test_any_mixture_of_such_lines_keeps_each(lines: list[str]) -> None:
    text = "\n".join(lines)
    rows = explain({"id": "a", "content": text, "media_type": "text/plain"}).to_pylist()

    assert sorted("".join("".join(row["text"].split()) for row in rows)) == sorted("".join(text.split()))
    assert [row["ordinal"] for row in rows] == list(range(len(rows)))


@pytest.mark.parametrize(
    "line", ["Title: x" + " " * 300_000 + "y", "A" + "_" * 300_000 + "x", "A" + " ." * 150_000, "[a" * 150_000]
)
def test_no_line_takes_long(line: str) -> None:
    done_within(2, lambda: read_export(f"{LABELS}\n\n{TEXT * 50}\n{line}\n".encode()))


INTERVIEW = [
    f"{voice}: This is said about the ferry, its engine and its crew, for the time number {n}."
    for n in range(20)
    for voice in ("Courier", "Moss")
]


@pytest.mark.parametrize(
    "below",
    [
        ["By: Ann Lee", *INTERVIEW],
        ["Photo: Ann Lee", *INTERVIEW],
        ["Rovers 2, United 1", "Date: 3 March 2019", "City 0, Town 0", "Referee: B. Ash"],
        ["By: Ann Lee", "Hobby: boats", "Pets: none"],
    ],
    ids="signed pictured results signature".split(),
)
def test_labelled_lines_of_the_article_itself_stay_in_it(below: list[str]) -> None:
    export = read_export("\n".join([LABELS, *below, "", "All rights reserved"]).encode())

    assert export is not None
    assert export.article.decode().strip().split("\n")[-len(below) :] == below
    assert [line.text for line in export.tail] == ["All rights reserved"]


def test_a_summary_that_is_the_article_is_never_cut() -> None:
    text = REFERENCE.replace(PARAGRAPHS[0], " ".join(PARAGRAPHS * 100))
    export = read_export(text.encode())

    assert export is not None
    assert len(export.article) > HEAD_BYTES
    assert text.count("sheep") == export.article.decode().count("sheep")


def test_what_is_read_below_a_label_that_stands_alone_is_told_once_and_as_what_it_is() -> None:
    export = read_export(f"{LABELS}\n\nSubjects\nFerries; Harbours\nEnd of Document\nLoad-Date: March 13, 2019".encode())

    assert export is not None
    assert [(line.text, line.reason) for line in export.tail] == [
        ("Subjects", "labelled as topics"),
        ("Ferries; Harbours", "labelled as topics"),
        ("End of Document", "among labelled lines above or below the article"),
        ("Load-Date: March 13, 2019", "labelled as the date of a database"),
    ]


VALUES = [
    "",
    TITLE,
    "Smith, Jane; Ek, Bo",
    "12 March 2019",
    "1999-99-99",
    "NEWS; Pg. 4",
    PARAGRAPHS[0],
    "[a, [b]]",
    "'x' # y",
    ">-",
    "- item",
]
ODD = [
    "\x00",
    "\u3000",
    "\ufeff",
    "\u200fא",
    "\u2028mid",
    "a\x0bb",
    "---",
    "+++",
    "...",
    "LP  y",
    "TX",
    "[Title] y",
    "<TEXT>",
    "End of Document",
]
LINES = st.one_of(
    st.builds(
        "{}{}{}{}".format,
        st.sampled_from(["", "**", "  "]),
        st.sampled_from(sorted(known_labels())),
        st.sampled_from([": ", ":", "：", "\t", "=", "  ", " . . : "]),
        st.sampled_from(VALUES),
    ),
    st.sampled_from([*VALUES, *ODD]),
)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(["", "\ufeff", "---\n", LABELS[:90] + "\n"]),
    st.lists(LINES, max_size=25),
    st.sampled_from(["\n", "\r\n", "\r", "\n\n"]),
)
def test_any_lines_with_any_labels_are_all_in_the_article_or_among_what_was_read(
    opening: str, lines: list[str], end: str
) -> None:
    text = opening + end.join(lines)
    part = segment([Record(text, "text/plain", Origin("file"))], 100)
    assume(not part.rejects)  # of bytes that are no text
    (read_lines,) = part.documents["read_lines"].to_pylist()
    told = [*read_lines, *part.blocks.select(["ordinal", "text"]).to_pylist()]

    assert sorted(row["ordinal"] for row in told) == list(range(len(told)))
    assert _seen("".join(row["text"] for row in told)) == _seen(text)


def _seen(text: str) -> list[str]:
    return sorted(letter for letter in text if letter.isprintable() and letter != " ")
