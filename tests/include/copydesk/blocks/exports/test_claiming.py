from __future__ import annotations

import pytest

from copydesk.blocks.exports.claiming import claims_of, written_forward
from copydesk.blocks.exports.entries import Entry
from copydesk.blocks.exports.gate import may_be_labelled
from copydesk.blocks.exports.labels import field_of, read_label
from timing import done_within


def claims(*told: tuple[str, str, str]) -> list[tuple[str, str]]:
    entries = [Entry(field, label, at, at + 1, [value]) for at, (field, label, value) in enumerate(told)]
    return [(claim.field, claim.value) for claim in claims_of(entries)]


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ("Smith, Jane", "Jane Smith"),
        ("Smith, Jane; Ek, Bo", "Jane Smith; Bo Ek"),
        ("Smith, Jane, Ek, Bo", "Jane Smith; Bo Ek"),
        ("Jane Smith, Bo Ek", "Jane Smith, Bo Ek"),
        ("Jane Smith, Courier", "Jane Smith, Courier"),
        ("Courier Staff", "Courier Staff"),
    ],
)
def test_names_are_written_as_bylines_have_them(given: str, names: str) -> None:
    assert written_forward(given) == names


def test_the_subject_of_a_mail_is_its_title_and_that_of_an_article_its_topics() -> None:
    assert ("title", "Ferry sails") in claims(
        ("sender", "from", "Jane Smith <j@c.example>"), ("subject", "subject", "Ferry sails")
    )
    assert claims(("subject", "subject", "Ferries; Harbours")) == [("tags", "Ferries"), ("tags", "Harbours")]


@pytest.mark.parametrize("before", ["Fwd: ", "RE: ", "AW: WG: ", "Re[2]: ", "转发：", "VS: SV: "])
def test_what_mails_put_before_a_subject_is_no_part_of_a_title(before: str) -> None:
    assert ("title", "Ferry sails") in claims(("sender", "from", "j@c.example"), ("subject", "subject", f"{before}Ferry sails"))
    assert ("title", "Report: it sails") in claims(("sender", "from", "j@c.example"), ("subject", "subject", "Report: it sails"))


def test_a_sender_is_who_wrote_it_without_the_address() -> None:
    assert claims(("sender", "from", "Jane Smith <j@c.example>")) == [("author", "Jane Smith")]
    assert claims(("sender", "from", "j@c.example (Jane Smith)")) == [("author", "Jane Smith")]


def test_a_source_is_an_agency_or_the_paper() -> None:
    assert claims(("source", "source", "Reuters")) == [("agency", "Reuters")]
    assert claims(("source", "source", "The Courier. 25/03/2019, p4.")) == [
        ("published_at", "The Courier. 25/03/2019, p4."),
        ("site", "The Courier"),
    ]


def test_a_day_that_can_be_read_in_two_ways_is_not_taken_from_a_source() -> None:
    assert claims(("source", "source", "The Courier. 03/12/2019, p4.")) == [("site", "The Courier")]


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("Title: Ferry: a story", "title", "Ferry: a story"),
        ("Titel . . . . : Fähre", "title", "Fähre"),
        ("**Author(s):** Jane Smith", "author", "Jane Smith"),
        ("LOAD-DATE: 12 March 2019", "loaded", "12 March 2019"),
        ("[Title] Ferry", "title", "Ferry"),
        ("【标题】渡轮", "title", "渡轮"),
        ("［見出し］渡し船", "title", "渡し船"),
        ("〖标题〗渡轮", "title", "渡轮"),
        ("标　题：渡轮", "title", "渡轮"),
        ("◆見出し：渡し船", "title", "渡し船"),
        ("■見出し 渡し船", "title", "渡し船"),
        ("TITLE=Ferry", "title", "Ferry"),
        ("DC.Title: Ferry", "title", "Ferry"),
        ("%T Ferry", "title", "Ferry"),
        ("Date (published): today", "published_at", "today"),
        ("HD  Ferry", "title", "Ferry"),
        ("TI  - Ferry", "title", "Ferry"),
        ("DATE", "published_at", ""),
        ("Minister: We are proud.", None, "We are proud."),
    ],
)
def test_a_label_says_of_which_field_the_line_is(line: str, field: str | None, value: str) -> None:
    found = read_label(line)

    assert found is not None
    assert (found.field, found.value, line[found.start :].rstrip("*_ ")) == (field, value, value)


@pytest.mark.parametrize(
    "line",
    [
        "14:32",
        "https://courier.example",
        "The board of the harbour said this: it sails.",
        "Ferry sails",
        "■港の 渡し船",
        "［写真］渡し船",
        "",
    ],
)
def test_what_begins_with_no_label_is_none(line: str) -> None:
    assert read_label(line) is None


@pytest.mark.parametrize(
    ("titles", "authors", "dates"),
    [("Título", "Autor", "Fecha"), ("Titre", "Auteur", "Date"), ("Tytuł", "Autorzy", "Data"), ("Otsikko", "Kirjoittaja", "Päivämäärä"),
     ("ΤΙΤΛΟΣ", "Συντάκτης", "Ημερομηνία"), ("BAŞLIK", "Yazar", "Tarih"), ("العنوان", "الكاتب", "التاريخ"), ("見出し", "著者", "日付"),
     ("제목", "기자", "날짜"), ("Cím", "Szerzők", "Dátum"), ("Titulek", "Autoři", "DATUM")],
)  # fmt: skip
def test_labels_of_many_languages_are_known(titles: str, authors: str, dates: str) -> None:
    text = f"{titles}: A\n{authors}: B\n{dates}: 2019-03-12\n\nText"

    assert [field_of(label) for label in (titles, authors, dates)] == ["title", "author", "published_at"]
    assert may_be_labelled(text.encode())


def test_labels_are_known_however_they_are_written() -> None:
    assert {field_of(label) for label in ("Publication Date", "PUBLICATION-DATE", "publication_date")} == {"published_at"}


@pytest.mark.parametrize("value", ["a" + " " * 200_000 + "b", "a." * 100_000, "a" + "(" * 200_000, "1" * 200_000, "(1%" * 70_000])
@pytest.mark.parametrize("field", ["sender", "tags", "section", "source", "info", "author", "title"])
def test_no_value_takes_long(field: str, value: str) -> None:
    told = done_within(2, lambda: [*claims_of([Entry(field, field, 0, 1, [value])])])

    assert len(told) < 10
