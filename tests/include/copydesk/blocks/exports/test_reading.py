from __future__ import annotations

import pytest

from copydesk import explain, extract
from copydesk.blocks.exports.gate import may_be_labelled
from copydesk.extraction import extract_records
from copydesk.records import Origin, Record
from exported import (
    ABOVE,
    ABSTRACT,
    BOLD,
    BRACKETS,
    CHINESE,
    CITED,
    CODES,
    DATABASE,
    EQUALS,
    FORWARDED,
    FRONT_MATTER,
    FULL_TEXT,
    GERMAN,
    LABELS,
    MAIL,
    NEWER,
    PARAGRAPHS,
    PERCENT,
    REFERENCE,
    RUSSIAN,
    TAGS,
    TITLE,
    TOML,
    UNTITLED,
    read,
)


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


@pytest.mark.parametrize(
    ("labels", "title"),
    [
        (("Rubrik", "Tidning", "Datum", "Författare"), "Färjan till Holm är tillbaka"),
        (("Rubrik", "Underrubrik", "Publicerad", "Sida"), "Färjan till Holm är tillbaka"),
        (("Rubrik", "Titel", "Datum", "Zeitung"), "2019-03-12"),
    ],
)
def test_a_rubrik_is_a_headline_in_swedish_and_a_section_in_german(labels: tuple[str, ...], title: str) -> None:
    values = ("Färjan till Holm är tillbaka", "2019-03-12", "2019-03-12", "Jan Ek")
    head = "\n".join(f"{label}: {value}" for label, value in zip(labels, values, strict=True))

    assert read("\n\n".join([head, *PARAGRAPHS]))["title"] == title


@pytest.mark.parametrize(
    "template", ["［{}］{}", "〖{}〗{}", "◆{}：{}", "■{} {}", "【{}】{}"], ids="wide hollow diamond square black".split()
)
def test_labels_in_the_brackets_and_shapes_of_chinese_and_japanese_exports_are_known(template: str) -> None:
    fields = [("見出し", "渡し船が戻る"), ("掲載紙", "潮新聞"), ("掲載日", "2019年3月12日"), ("ページ", "12")]
    row = read("\n".join(template.format(*field) for field in fields) + "\n\n" + "\n".join(CHINESE))

    assert (row["title"], str(row["published_at"])[:10], row["paragraphs"]) == ("渡し船が戻る", "2019-03-12", CHINESE)


def test_labels_that_are_spread_out_are_known() -> None:
    head = "标　题：渡轮恢复航行\n来　源：海港报\n作　者：林小雨\n日　期：2019-03-12\n正　文：\n"
    row = read(head + "\n".join(CHINESE))

    assert (row["title"], row["authors"], row["paragraphs"]) == ("渡轮恢复航行", ["林小雨"], CHINESE)


def test_lines_that_were_read_say_what_as() -> None:
    rows = explain({"id": "a", "content": LABELS, "media_type": "text/plain"}).to_pylist()
    read = {row["text"].partition(":")[0]: (row["label"], row["reasons"]) for row in rows if not row["kept"]}

    assert read["Author"] == ("byline", ["labelled as who wrote it"])
    assert read["Length"] == ("boilerplate", ["among labelled lines above or below the article"])


def test_a_text_without_labels_is_told_by_its_beginning() -> None:
    assert not may_be_labelled("\n".join([TITLE, "7 February 2024, 15:24", *PARAGRAPHS]).encode())
    assert may_be_labelled(LABELS.encode())


def test_lines_of_old_systems_and_of_arabic_are_read() -> None:
    arabic = "\u200fالعنوان: العبارة تعود\n\u202bالكاتب: علي حسن\n\u200fالتاريخ: 2019-03-12\nالصحيفة: البريد\n\nنص المقال هنا في هذا السطر"

    assert (read(LABELS.replace("\n", "\r"))["title"], read(f"\ufeff{LABELS}")["title"]) == (TITLE, TITLE)
    assert read(arabic)["title"] == "العبارة تعود"


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
