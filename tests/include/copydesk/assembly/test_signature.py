from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from copydesk.assembly.document import Block, Columns, Document
from copydesk.assembly.edges import find_edges
from copydesk.assembly.headline import standfirst, titles
from copydesk.assembly.signature import signature
from copydesk.assembly.signature_lines import near_texts
from copydesk.blocks.table import BLOCKS
from copydesk.fields.claims import Claim
from copydesk.label_names import FIELDS, KEPT, LABELS

TEXT = "The ferry came back to Nordhaven harbour on Monday, after a refit that took fourteen months and cost nine million."
Line = tuple[str, str]


def told(above: list[Line], below: list[Line] = [], claims: list[Claim] = [], text: str = TEXT) -> dict[str, Any]:  # noqa: B006
    """What is read above a text of one paragraph, from lines given as (label, text); between two others, which are read with it."""
    lines = [*above, ("body", text), *below]
    other = [
        ("title", "Bo Ek is back"),
        ("byline", "By Cy Dee"),
        ("body", TEXT),
        ("rail", "Ed Fox is a reporter at the Courier."),
    ]
    pages = [other, lines, other]
    rows = [{"document": at, "ordinal": n, "text": line[1]} for at, page in enumerate(pages) for n, line in enumerate(page)]
    labels = np.array([LABELS.index(label) for page in pages for label, _ in page], np.int8)
    lengths = np.array([len(row["text"]) for row in rows], int)
    edges = find_edges(pa.Table.from_pylist(rows, BLOCKS), labels, np.full(len(labels), 0.9, np.float32), lengths, len(pages))
    documents = [_document(page, claims if page is lines else []) for page in pages]
    found = titles(documents, edges)
    _, near, _ = near_texts(edges, found)
    return {
        "title": found[1],
        "standfirst": standfirst(documents[1], found[1]),
        **signature(documents[1], near)._asdict(),
    }


def _document(lines: list[Line], claims: list[Claim]) -> Document:
    blocks = [Block(at, line, label, 0.9, None, None) for at, (label, line) in enumerate(lines)]
    fields = [b for b in blocks if b.label in FIELDS]
    paragraphs = [b.text for b in blocks if b.label in KEPT]
    labels, chances = np.array([LABELS.index(b.label) for b in blocks], np.int8), np.full(len(blocks), 0.9, np.float32)
    every = Columns(
        {"text": pa.array([b.text for b in blocks], pa.string())}, slice(0, len(blocks)), labels, chances, has_links=False
    )
    return Document("a", "https://courier.example/1", None, claims, [], paragraphs, fields, every)


def test_a_byline_above_the_text_signs_it_and_those_of_other_stories_do_not() -> None:
    found = told([("title", "Ferry returns"), ("byline", "By Ann Lee, Reuters")], [("byline", "By Bo Ek")])

    assert (found["authors"], found["agency"]) == (["Ann Lee"], "Reuters")


def test_a_text_may_be_signed_below() -> None:
    assert told([("title", "Ferry returns")], [("byline", "Ann Lee (AFP)")])["authors"] == ["Ann Lee"]


def test_a_byline_is_known_without_its_label() -> None:
    assert told([("title", "Ferry returns"), ("rail", "By Ann Lee")])["authors"] == ["Ann Lee"]
    assert told([("title", "Ferry returns"), ("boilerplate", "By"), ("boilerplate", "Ann Lee")])["authors"] == ["Ann Lee"]


def test_a_bare_name_beside_a_date_signs_unless_the_text_speaks_of_its_bearer() -> None:
    lines: list[Line] = [("title", "Ferry returns"), ("boilerplate", "Ann Lee"), ("date", "1 May 2026")]

    assert told(lines)["authors"] == ["Ann Lee"]
    assert told(lines, text=TEXT.replace("Monday", "Monday, said Ann Lee"))["authors"] == []


def test_names_above_the_title_belong_to_the_menu() -> None:
    assert (
        told([("boilerplate", "By Country"), ("boilerplate", "Bo Ek"), ("title", "Ferry returns"), ("rail", "Share")])["authors"]
        == []
    )


def test_an_organisation_that_the_page_credits_is_the_agency() -> None:
    assert told([("title", "Ferry returns")], claims=[Claim("credit", "dpa", "jsonld")])["agency"] == "Deutsche Presse-Agentur"


def test_without_a_stated_title_the_line_that_fits_the_text_is_taken_whatever_its_label() -> None:
    found = told([("title", "Free for thirty days"), ("rail", "Ferry comes back to Nordhaven harbour"), ("date", "1 May 2026")])

    assert found["title"] == "Ferry comes back to Nordhaven harbour"


def test_what_the_container_gives_is_believed_before_what_the_page_says() -> None:
    given = [
        Claim("agency", "AP", "given"),
        Claim("dateline", "NORDHAVEN", "given"),
        Claim("author", "Bo Ek", "given"),
        Claim("description", "Fourteen months, nine million.", "given"),
    ]
    found = told([("title", "Ferry returns"), ("standfirst", "A line."), ("byline", "By Ann Lee, Reuters")], claims=given)

    assert (found["agency"], found["dateline"], found["authors"]) == ("Associated Press", "NORDHAVEN", ["Bo Ek"])
    assert found["standfirst"] == "Fourteen months, nine million."


def test_an_agency_that_nobody_knows_is_believed_where_it_is_given() -> None:
    assert told([], claims=[Claim("agency", "Tide Press", "given")])["agency"] == "Tide Press"


def test_a_name_beside_a_date_signs_if_it_is_a_common_one() -> None:
    assert told([("title", "Ferry returns"), ("boilerplate", "Ann Lee 2 May 2026")])["authors"] == ["Ann Lee"]
    assert told([("title", "Ferry returns"), ("boilerplate", "Nordhaven Times 2 May 2026")])["authors"] == []


def test_who_is_presented_below_the_text_wrote_it_unless_the_text_speaks_of_them() -> None:
    bio = ("rail", "Ann Lee is a reporter at the Courier.")

    assert told([("title", "Ferry returns")], [bio])["authors"] == ["Ann Lee"]
    assert told([("title", "Ferry returns"), ("body", TEXT.replace("Monday", "Monday, said Ann Lee"))], [bio])["authors"] == []


def test_a_name_right_below_the_text_signs_unless_it_is_among_the_tags() -> None:
    assert told([("title", "Ferry returns")], [("boilerplate", "Ann Lee")])["authors"] == ["Ann Lee"]
    assert told([("title", "Ferry returns")], [("boilerplate", "Key Points")])["authors"] == []
    assert (
        told([("title", "Ferry returns")], [("rail", "Ann Lee")], text=TEXT.replace("Monday", "Monday, Lee said"))["authors"]
        == []
    )


def test_a_desk_may_sign_where_nobody_else_does() -> None:
    assert told([("title", "Ferry returns"), ("byline", "By Courier Staff")])["authors"] == ["Courier Staff"]
    assert told([("title", "Ferry returns"), ("byline", "By Courier Staff and Ann Lee")])["authors"] == ["Ann Lee"]


def test_a_byline_is_looked_for_where_the_page_states_no_person() -> None:
    claims = [Claim("author", "Courier Newsroom", "jsonld")]

    assert told([("title", "Ferry returns"), ("boilerplate", "By Ann Lee")], claims=claims)["authors"] == ["Ann Lee"]


def test_a_title_among_the_lines_is_without_the_site_s_name() -> None:
    assert (
        told([("title", "Ferry returns to Nordhaven | Courier"), ("byline", "By Ann Lee")])["title"]
        == "Ferry returns to Nordhaven"
    )


@pytest.mark.parametrize(
    "heading", ["Wall Street", "Weitere Themen", "New York", "Faits Divers", "Buenos Aires", "ПОСЛЕДНИЕ НОВОСТИ"]
)
@pytest.mark.parametrize(
    "above",
    [
        [("boilerplate", "{}"), ("date", "3 November 2026")],
        [("date", "3 November 2026"), ("rail", "{}")],
        [("boilerplate", "{}")],
        [("byline", "{}")],
        [("date", "{} | 3 November 2026")],
        [("boilerplate", "{} Reporter")],
    ],
)
def test_a_heading_or_a_place_below_the_title_signs_nothing_and_a_rare_name_there_does(heading: str, above: list[Line]) -> None:
    def signed(name: str) -> list[str]:
        authors: list[str] = told([("title", "Ferry returns"), *((label, line.format(name)) for label, line in above)])["authors"]
        return authors

    assert (signed(heading), signed("Oswin Trell")) == ([], ["Oswin Trell"])


@pytest.mark.parametrize("above", ["By Oswin Trell", "We value your privacy"])
def test_a_byline_or_the_heading_of_a_banner_is_a_title_only_where_there_is_no_other(above: str) -> None:
    text = f"Oswin Trell, who has a value of privacy of your kind, was there on Monday. {TEXT}"

    assert told([("title", above), ("boilerplate", "Nordhaven ferry is back")], text=text)["title"] == "Nordhaven ferry is back"
    assert told([("title", above)], text=text)["title"] == above


def test_the_name_of_a_paper_that_has_the_rights_is_no_headline() -> None:
    above = [
        ("title", "NORDHAVEN COURIER"),
        ("date", "3 November 2026"),
        ("boilerplate", "Ferry is back in Nordhaven harbour after refit"),
    ]
    rights = ("boilerplate", "Copyright 2026 Nordhaven Courier. All rights reserved.")

    assert told([*above, rights])["title"] == "Ferry is back in Nordhaven harbour after refit"
    assert told([above[0], rights])["title"] == "NORDHAVEN COURIER"
