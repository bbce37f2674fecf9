from __future__ import annotations

from time import process_time
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from copydesk import explain, extract
from copydesk.blocks.exports.gate import may_be_labelled
from copydesk.blocks.exports.labels import known_labels
from copydesk.blocks.exports.reading import HEAD_BYTES, read_export
from copydesk.blocks.segment import segment
from copydesk.extraction import extract_records
from copydesk.records import Origin, Record

TITLE = "Ferry to Holm sails again after a winter in the dock"
PARAGRAPHS = [
    "The ferry to Holm went back into service on Tuesday, four months after its engine had failed in a gale in November.",
    "Sixty people stood on the quay before the first crossing at seven in the morning, one of them with a sheep in his van.",
    "“We had almost forgotten what it sounds like,” said Martha Quill, who runs the bakery on the island.",
    "A second boat may follow next year.",
]
TEXT = "\n\n".join(PARAGRAPHS)
ABSTRACT = "The old boat has a new engine and fewer seats."
GERMAN = [
    "Die Fähre nach Holm fährt seit Dienstag wieder, vier Monate nachdem ihr Motor in einem Sturm im November ausgefallen war.",
    "Sechzig Menschen standen vor der ersten Überfahrt um sieben Uhr am Kai, einer von ihnen mit einem Schaf im Wagen.",
    "Ein zweites Schiff könnte im nächsten Jahr folgen.",
]
RUSSIAN = [
    "Паром на остров Хольм во вторник вернулся на линию, через четыре месяца после того, как его двигатель отказал во время шторма.",
    "Шестьдесят человек ждали на причале первого рейса в семь утра, один из них с овцой в фургоне.",
    "В следующем году может появиться второе судно.",
]
CHINESE = [
    "开往霍尔姆岛的渡轮周二恢复航行，四个月前它的发动机在十一月的大风中出了故障。",
    "清晨七点首航之前，约六十人在码头排队，还有一人的货车里载着一只羊。",
    "明年可能还会有第二艘船投入使用。",
]

LABELS = (
    f"Title: {TITLE}\nAuthor: Smith, Jane\nDate: 12 March 2019\nPublication: The Westport Courier\nLength: 612 words\n\n{TEXT}"
)
FULL_TEXT = (
    f"Publication: The Westport Courier\nHeadline: {TITLE}\nByline: By Jane Smith\nDate: March 12, 2019\nAbstract: {ABSTRACT}\n"
    + "Full text: "
    + "\n".join(PARAGRAPHS)
    + "\nSubject: Ferries; Harbours\nDocument type: News\nCopyright: © 2019 Westport Courier"
)
ABOVE = f"TITLE\n{TITLE}\n\nAUTHOR\nJane Smith\n\nDATE\n12 March 2019\n\nSUBJECTS\nFerries; Harbours\n\nTEXT\n\n{TEXT}"
DATABASE = f"""          4 of 25 DOCUMENTS

       The Westport Courier

      March 12, 2019 Tuesday
          First Edition

{TITLE}

BYLINE: Jane Smith

SECTION: NEWS; Pg. 4

LENGTH: 612 words

{TEXT}

LOAD-DATE: March 13, 2019

GRAPHIC: The boat at the quay

       Copyright 2019 Westport Courier Ltd
             All Rights Reserved
"""
NEWER = f"""{TITLE}
The Westport Courier
March 12, 2019 Tuesday

Copyright 2019 Westport Courier Ltd All Rights Reserved
Section: NEWS; Pg. 4
Length: 612 words
Byline: Jane Smith

Body

{TEXT}

Classification

Language: ENGLISH
Subject: FERRIES (90%); HARBOURS (78%)
Load-Date: March 13, 2019

End of Document
"""
CODES = f"""HD  {TITLE}
BY  By Jane Smith
WC  612 words
PD  12 March 2019
SN  The Westport Courier

LP  {PARAGRAPHS[0]}

TD  {PARAGRAPHS[1]}

{PARAGRAPHS[2]}

{PARAGRAPHS[3]}

NS  gtrans : Transport
AN  Document WESTCO0020190312ef3c0001x
"""
REFERENCE = f"TY  - NEWS\nTI  - {TITLE}\nAU  - Smith, Jane\nDA  - 2019/03/12/\nJO  - The Westport Courier\nAB  - {' '.join(PARAGRAPHS)}\nER  - "
PERCENT = f"%0 News\n%T {TITLE}\n%A Smith, Jane\n%8 12 March 2019\n%J The Westport Courier\n%X {' '.join(PARAGRAPHS)}\n"
FRONT_MATTER = f"---\ntitle: >-\n  {TITLE}\nauthors:\n  - Jane Smith\ndate: 2019-03-12\ntags: [Ferries, 'Harbours']\ndraft: false\n---\n{TEXT}"
TOML = f'+++\ntitle = "{TITLE}"\nauthor = "Jane Smith"\ndate = 2019-03-12T08:00:00Z\n+++\n\n{TEXT}'
MAIL = f"From: Jane Smith <jane@courier.example>\nTo: desk@courier.example\nSubject: {TITLE}\nDate: Tue, 12 Mar 2019 08:15:00 +0000\n\n{TEXT}"
BRACKETS = f"[Title] {TITLE}\n[Author] Jane Smith\n[Date] 2019-03-12\n[Source] The Westport Courier\n[Text]\n{TEXT}"
TAGS = f"<TITLE>{TITLE}</TITLE>\n<AUTHOR>Jane Smith</AUTHOR>\n<DATE>2019-03-12</DATE>\n<TEXT>\n{TEXT}\n</TEXT>"
EQUALS = f"TITLE={TITLE}\nAUTHOR=Jane Smith\nDATE=2019-03-12\nSOURCE=The Westport Courier\n\n{TEXT}"
FORWARDED = f"-----Original Message-----\nFrom: Jane Smith\nSent: Tuesday, March 12, 2019 8:15 AM\nTo: a@courier.example\nSubject: {TITLE}\n\n{TEXT}"
UNTITLED = f"""Quelle: The Westport Courier vom 12.03.2019, Nr. 60, S. 4
ISSN: 0123-4567
Ressort: News
Autor: Jane Smith

{TITLE}

{TEXT}

Alle Rechte vorbehalten: (c) The Westport Courier
"""
CITED = (
    LABELS.replace("Length", "Pages")
    + """

Source Citation (MLA 9th Edition)
Smith, Jane. "Ferry to Holm sails again after a winter in the dock." The Westport Courier, 12 Mar. 2019, p. 4. Archive, link.example/A1234.

Document Number: ARCHIVE|A1234
"""
)
BOLD = f"**Title:** {TITLE}  \n**Author:** Jane Smith  \n**Date:** 2019-03-12  \n\n{TEXT}"


def read(text: str) -> dict[str, Any]:
    found: list[dict[str, Any]] = extract([{"id": "a", "content": text, "media_type": "text/plain"}]).to_pylist()
    return found[0]


@pytest.mark.parametrize(
    "text",
    [
        LABELS,
        FULL_TEXT,
        ABOVE,
        DATABASE,
        NEWER,
        CODES,
        FRONT_MATTER,
        TOML,
        MAIL,
        BOLD,
        LABELS.replace("\n", "\r\n"),
        BRACKETS,
        TAGS,
        EQUALS,
        FORWARDED,
        UNTITLED,
        CITED,
    ],
    ids="labels full_text above database newer codes front_matter toml mail bold crlf brackets tags equals forwarded untitled cited".split(),
)
def test_an_export_gives_its_fields_and_its_text_and_nothing_else(text: str) -> None:
    row = read(text)

    assert (row["title"], row["authors"], str(row["published_at"])[:10]) == (TITLE, ["Jane Smith"], "2019-03-12")
    assert row["paragraphs"] == PARAGRAPHS


@pytest.mark.parametrize(
    "text", [REFERENCE, REFERENCE.replace("TY  - NEWS", "TY  - NEWS\nUR  - https://courier.example/ferry"), PERCENT]
)
def test_a_summary_alone_is_the_text(text: str) -> None:
    row = read(text)

    assert (row["title"], row["authors"], row["paragraphs"]) == (TITLE, ["Jane Smith"], [" ".join(PARAGRAPHS)])


def test_sections_topics_and_summaries_are_read() -> None:
    assert (read(DATABASE)["section"], read(NEWER)["tags"]) == ("NEWS", ["FERRIES", "HARBOURS"])
    assert (read(FULL_TEXT)["standfirst"], read(FULL_TEXT)["tags"]) == (ABSTRACT, ["Ferries", "Harbours"])


@pytest.mark.parametrize(
    ("labels", "title", "author", "paragraphs"),
    [
        (("Titel", "Autor", "Datum", "Zeitung"), "Fähre nach Holm fährt wieder", "Jörg Albers", GERMAN),
        (("Заголовок", "Автор", "Дата", "Издание"), "Паром на Хольм снова ходит", "Ольга Ветрова", RUSSIAN),
        (("标题", "作者", "日期", "报纸"), "开往霍尔姆岛的渡轮恢复航行", "林小雨", CHINESE),
    ],
)
@pytest.mark.parametrize("colon", [": ", "：", " : ", "\t"])
def test_labels_of_other_languages_are_known(
    labels: tuple[str, ...], title: str, author: str, paragraphs: list[str], colon: str
) -> None:
    values = (title, author, "2019-03-12", "Bote")
    head = "\n".join(f"{label}{colon}{value}" for label, value in zip(labels, values, strict=True))
    row = read(f"{head}\n\n" + "\n".join(paragraphs))

    assert (row["title"], row["authors"], str(row["published_at"])[:10]) == (title, [author], "2019-03-12")
    assert row["paragraphs"] == paragraphs


@pytest.mark.parametrize("text", [LABELS, FULL_TEXT, ABOVE, DATABASE, NEWER, CODES, REFERENCE, FRONT_MATTER, MAIL])
def test_no_line_of_an_export_is_lost(text: str) -> None:
    rows = explain({"id": "a", "content": text, "media_type": "text/plain"}).to_pylist()
    told = "".join("".join(row["text"].split()) for row in rows)

    assert [row["ordinal"] for row in rows] == list(range(len(rows)))
    assert all(row["reasons"] for row in rows)
    assert sorted(told) == sorted("".join(text.split()))


def test_lines_that_were_read_say_what_as() -> None:
    rows = explain({"id": "a", "content": LABELS, "media_type": "text/plain"}).to_pylist()
    read = {row["text"].partition(":")[0]: (row["label"], row["reasons"]) for row in rows if not row["kept"]}

    assert read["Author"] == ("byline", ["labelled as who wrote it"])
    assert read["Length"] == ("boilerplate", ["among labelled lines above or below the article"])


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


def test_a_text_without_labels_is_told_by_its_beginning() -> None:
    assert not may_be_labelled("\n".join([TITLE, "7 February 2024, 15:24", *PARAGRAPHS]).encode())
    assert may_be_labelled(LABELS.encode())


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
    started = process_time()
    read_export(f"{LABELS}\n\n{TEXT * 50}\n{line}\n".encode())

    assert process_time() - started < 2


def test_lists_within_lists_are_read_as_one_whatever_their_depth() -> None:
    nested = FRONT_MATTER.replace("[Ferries, 'Harbours']", "[[Ferries, ['Harbours']]]")
    deep = FRONT_MATTER.replace("[Ferries, 'Harbours']", "[" * 9000 + "]" * 9000)

    assert read(nested)["tags"] == ["Ferries", "Harbours"]
    assert read(deep)["title"] == TITLE


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


def test_lines_of_old_systems_and_of_arabic_are_read() -> None:
    arabic = "\u200fالعنوان: العبارة تعود\n\u202bالكاتب: علي حسن\n\u200fالتاريخ: 2019-03-12\nالصحيفة: البريد\n\nنص المقال هنا في هذا السطر"

    assert (read(LABELS.replace("\n", "\r"))["title"], read(f"\ufeff{LABELS}")["title"]) == (TITLE, TITLE)
    assert read(arabic)["title"] == "العبارة تعود"


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


@pytest.mark.parametrize(
    ("url", "address"),
    [
        (None, "https://a.example/ferry"),
        ("https://a.example/text/1", "https://a.example/ferry"),
        ("https://b.example/1", "https://b.example/1"),  # nobody takes the place of another's article
    ],
)
def test_a_labelled_address_is_believed_of_its_own_host(url: str | None, address: str) -> None:
    text = LABELS.replace("Length: 612 words", "URL: https://a.example/ferry")
    (row,) = extract([{"id": "a", "content": text, "media_type": "text/plain", "url": url}]).to_pylist()

    assert row["canonical_url"] == address


def test_what_the_container_says_stands_and_labelled_lines_say_the_rest() -> None:
    given = {"title": "Ferry back", "authors": "Bo Ek"}
    (row,) = extract_records([Record(DATABASE, "text/plain", Origin("file"), given=given)]).to_pylist()

    assert (row["title"], row["authors"], row["section"]) == ("Ferry back", ["Bo Ek"], "NEWS")


@pytest.mark.parametrize(
    ("written", "claims"),
    [
        (
            'title: "The \\"old\\" ferry" # ours\ndate: 2019-03-12 # a Tuesday',
            {"title": 'The "old" ferry', "published_at": "2019-03-12"},
        ),
        (
            "title: 'It''s back'\nauthor:\n  name: Jane Smith\n  email: jane@a.example",
            {"title": "It's back", "author": "Jane Smith"},
        ),
        (
            "title: Back\nauthors:\n- name: Jane Smith\n  url: /jane\n- name: Bo Ek",
            {"title": "Back", "author": "Jane Smith; Bo Ek"},
        ),
        ("title: Back\nauthor: null\nimage:\n  title: The quay\n  url: /quay.jpg", {"title": "Back"}),
        ("title: Back\nsection: [News,\n  Sea]\nseo:\n  title: Other", {"title": "Back", "section": "News"}),
        ("title: Back\ndescription: |\n  Note: it is\n\n  back.", {"title": "Back", "description": "Note: it is back."}),
        (
            '+title = """Back"""\nauthors = ["Jane Smith", "Bo Ek"]\n[params]\n  title = "Other"',
            {"title": "Back", "author": "Jane Smith; Bo Ek"},
        ),
    ],
    ids="escapes map maps nothing list text toml".split(),
)
def test_front_matter_is_read_as_systems_write_it(written: str, claims: dict[str, str]) -> None:
    fence = "+++" if written.startswith("+") else "---"
    export = read_export("\n".join([fence, written.removeprefix("+"), fence, TEXT]).encode())

    assert export is not None
    assert {claim.field: claim.value for claim in export.claims} == claims
    assert export.article.decode() == TEXT
