from __future__ import annotations

import pytest

from copydesk.fields.people.bylines import Byline, introduces_name, is_person, opens_byline, parse_byline, people, signed_parts


@pytest.mark.parametrize(
    ("text", "authors", "agency"),
    [
        ("By Ann Lee", ["Ann Lee"], None),
        ("By Press Association", [], "Press Association"),
        ("By Ann Lee and Bo Ek, Press Association", ["Ann Lee", "Bo Ek"], "Press Association"),
        ("Words by Dr Ann Lee, Health Editor", ["Ann Lee"], None),
        ("Von Pia Landgraf und Jost Wiegand (dpa)", ["Pia Landgraf", "Jost Wiegand"], "Deutsche Presse-Agentur"),
        ("Par Solène Aubertin", ["Solène Aubertin"], None),
        ("Publié le 31 octobre 2026 à 17h30 | Par Maxence Rivoire", ["Maxence Rivoire"], None),
        ("By Apolline Vuillard 3 November 2026, 10:10", ["Apolline Vuillard"], None),
        ("Por Casilda Montoro", ["Casilda Montoro"], None),
        ("Автор: Иван Петров", ["Иван Петров"], None),
        ("Ludwig van der Meer", ["Ludwig van der Meer"], None),
        ("By Ann Lee ann@paper.example", ["Ann Lee"], None),
        ("ByAnn Lee", ["Ann Lee"], None),
        ("Byron Ek", ["Byron Ek"], None),
        ("Ludwig von Tann", ["Ludwig von Tann"], None),
        ("View all posts by Ann Lee", ["Ann Lee"], None),
        ("By Ann Lee Oct 6, 2026 at 12:55 pm ET • 1 min read", ["Ann Lee"], None),
        ("By Ann Lee for the Sunday Courier", ["Ann Lee"], None),
        ("By Ann Lee Associated Press", ["Ann Lee"], "Associated Press"),
        ("Ann Lee, Chief Executive Officer", ["Ann Lee"], None),
        ("Ann Lee MS, RDN", ["Ann Lee"], None),
        ("von Ann Lee, NDR NORD", ["Ann Lee"], None),
        ("ANN LEE, BO EK", ["ANN LEE", "BO EK"], None),
        ("Ann C.J.", ["Ann C.J."], None),
        ("Ann Lee og Bo Ek", ["Ann Lee", "Bo Ek"], None),
        ("박서연 기자", ["박서연"], None),
        ("記者 山田花子", ["山田花子"], None),
        ("東京日日新聞", [], None),
        ("Ein Kommentar von Ann Lee", ["Ann Lee"], None),
        ("By Ann Lee on", ["Ann Lee"], None),
        ("von Ann LeeDec 5, 2026", ["Ann Lee"], None),
        ("(责编：王小明、李大华)", ["王小明", "李大华"], None),
        ("(Reporting by Ann Lee and Bo Ek; Editing by Cy Om and Di Ug)", ["Ann Lee", "Bo Ek"], None),
        ("Edited by Ann Lee", ["Ann Lee"], None),
        ("Oleh Maryam Okafor", ["Maryam Okafor"], None),
        ("Oleh: Maryam Okafor", ["Maryam Okafor"], None),
        ("Oleh Zhdanov", ["Oleh Zhdanov"], None),
        ("Nga Pham", ["Nga Pham"], None),
        ("Tác giả: Mai Okafor", ["Mai Okafor"], None),
        ("Írta: Okafor Mária", ["Okafor Mária"], None),
        ("Scris de Maria Okafor", ["Maria Okafor"], None),
        ("Scritto da Maria Okafor", ["Maria Okafor"], None),
        ("Skrevet av Maria Okafor", ["Maria Okafor"], None),
        ("Ein Artikel von Maria Okafor", ["Maria Okafor"], None),
        ("Пише: Марија Окафор", ["Марија Окафор"], None),
        ("द्वारा अली ताहिर", ["अली ताहिर"], None),
        ("【記者林海／台北報導】", ["林海"], None),
        ("本报记者 林海", ["林海"], None),
        ("文｜林海", ["林海"], None),
        ("记者从市政府获悉", [], None),
        ("[김바다 기자]", ["김바다"], None),
        ("작성자 김바다", ["김바다"], None),
        ("Quelle: dpa", [], "Deutsche Presse-Agentur"),
        ("AFP", [], "Agence France-Presse"),
        ("The Guardian", [], None),
        ("by our own correspondent", [], None),
        ("", [], None),
    ],
)
def test_a_byline_names_people_and_agency(text: str, authors: list[str], agency: str | None) -> None:
    assert parse_byline(text) == Byline(tuple(authors), agency)


def test_only_the_part_that_opens_like_a_byline_is_signed() -> None:
    assert signed_parts("Publié le 1 mai 2024 | Par Ann Lee") == ["Par Ann Lee"]
    assert signed_parts("1 May 2024 | London") == []


@pytest.mark.parametrize(
    "line",
    [
        "Ann Lee - May 1, 2026",
        "1. Mai 2026 • Ann Lee • 3 Minuten",
        "May 1, 2026 / Ann Lee",
        "posted on 2026-05-01 23:30 EST by Ann Lee",
        "Von Ann Lee, Nordtor 01.05.2026, 20:59 Uhr",
        "Ann LeePublished: May 1, 2026",
    ],
)
def test_a_date_line_may_name_who_signed(line: str) -> None:
    assert people(signed_parts(line)) == ("Ann Lee",)


@pytest.mark.parametrize(
    "line",
    [
        "Read More",
        "Facebook Twitter Email",
        "In This Article",
        "Der Bote",
        "The Courier",
        "News Desk",
        "Mehr Artikel",
        "Kolumne von",
    ],
)
def test_what_pages_invite_to_is_no_person(line: str) -> None:
    assert not is_person(line)


def test_a_byline_is_known_by_how_it_opens() -> None:
    assert opens_byline("— By Ann Lee")
    assert not opens_byline("Bylaws of the harbour are old")
    assert introduces_name("By")
    assert not introduces_name("By Ann Lee")


def test_each_person_is_named_once() -> None:
    assert people(["By Ann Lee", "ANN LEE and Bo Ek"]) == ("Ann Lee", "Bo Ek")


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("โดย สมชาย ใจดี", "สมชาย ใจดี"),
        ("نویسنده: مریم احمدی", "مریم احمدی"),
        ("بقلم أحمد منصور", "أحمد منصور"),
        ("كتب: أحمد منصور", "أحمد منصور"),
        ("מאת: דנה לוי", "דנה לוי"),
        ("रिपोर्ट: सुनील वर्मा", "सुनील वर्मा"),
        ("Haber: Ayşe Yılmaz", "Ayşe Yılmaz"),
        ("取材・文: 山田太郎", "山田太郎"),
    ],
)
def test_bylines_open_in_the_words_of_their_language(line: str, name: str) -> None:
    assert opens_byline(line)
    assert parse_byline(line).authors == (name,)
    date_line = f"3.11.2026 10:30 {line}"
    assert [author for part in signed_parts(date_line) for author in parse_byline(part).authors] == [name]


@pytest.mark.parametrize("line", ["كتب الرئيس على تويتر", "haber verdi", "تقرير جديد عن المياه"])
def test_words_that_introduce_a_name_do_so_before_a_colon(line: str) -> None:
    assert not opens_byline(line)
