from __future__ import annotations

import codecs
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.raw.encodings.decoding import LONG_BYTES, Decoded, Undecodable, decode, scrub

GERMAN = "Straße über die Brücke nach Köln: „größer“ als früher"
CHINESE = "本报讯 昨日北京市政府宣布新的交通管理措施"
JAPANESE = "日本の首相は昨日、記者会見で述べた。"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00\x00\x00\x01\x00\x08\x06\x00\x00\x00\\r\xa8f"


def text_of(content: bytes | str, declared: str | None = None, media_type: str = "text/plain") -> str:
    return decode(content, media_type, declared).text


@pytest.mark.parametrize("content", [GERMAN, GERMAN.encode(), codecs.BOM_UTF8 + GERMAN.encode(), b"", ""])
def test_clean_text_passes_untouched(content):
    expected = GERMAN if content else ""
    assert decode(content, "text/html") == Decoded(expected.encode(), "utf-8")


MARKS = {
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


@pytest.mark.parametrize("codec", MARKS)
def test_a_byte_order_mark_decides(codec):
    mark = MARKS[codec]
    assert decode(mark + GERMAN.encode(codec), "text/plain", "utf-8") == Decoded(GERMAN.encode(), codec)


@pytest.mark.parametrize(
    ("text", "codec", "declared"),
    [
        (GERMAN, "cp1252", "ISO-8859-1"),
        (GERMAN, "cp1252", "us-ascii"),
        (CHINESE + "镕", "gb18030", "gb2312"),
        (JAPANESE, "cp932", "Shift_JIS"),
        (JAPANESE, "euc_jp", "EUC-JP"),
        (JAPANESE, "iso2022_jp", "iso-2022-jp"),
        ("Příliš žluťoučký kůň", "iso8859-2", "latin2"),
        ("İstanbul'da güneşli", "cp1254", "ISO-8859-9"),
        ("plain, in two bytes each", "utf-16-le", "utf-16"),
    ],
)
def test_a_declared_encoding_is_read_as_the_web_reads_it(text, codec, declared):
    assert text_of(text.encode(codec), declared) == text


@pytest.mark.parametrize(
    "page", ['<meta charset="windows-1251"><p>Добрый день', '<?xml version="1.0" encoding="windows-1251"?><p>Добрый день']
)
def test_a_page_may_declare_its_own_encoding(page):
    assert decode(page.encode("cp1251"), "text/html") == Decoded(page.encode(), "windows-1251")


def test_what_the_container_declares_comes_before_what_the_page_declares():
    page = "<meta charset=koi8-r><p>Добрый день"
    assert text_of(page.encode("cp1251"), "windows-1251", "text/html") == page


def test_a_page_that_declares_utf_16_in_single_bytes_is_not_utf_16():
    page = "<meta charset=utf-16><p>naïve café"
    assert text_of(page.encode("cp1252"), media_type="text/html") == page


def test_valid_utf8_beats_any_declaration():
    page = f"<meta charset=iso-8859-1><p>{GERMAN}{CHINESE}"
    assert text_of(page.encode(), "windows-1252", "text/html") == page


@pytest.mark.parametrize("declared", ["zip", "rot13", "utf-7", "unicode_escape", "klingon", ""])
def test_a_name_the_web_does_not_know_is_as_good_as_none(declared):
    assert text_of(GERMAN.encode("cp1252"), declared) == GERMAN


@pytest.mark.parametrize(
    ("text", "codec"),
    [(GERMAN, "cp1252"), ("Вчера президент выступил с обращением", "koi8-r"), (CHINESE, "gb18030"), (JAPANESE, "cp932")],
)
def test_without_a_declaration_the_bytes_are_looked_at(text, codec):
    assert text_of(text.encode(codec)) == text


def test_a_few_bytes_of_another_encoding_do_not_spoil_a_utf8_page():
    content = f"naïve über Städte, «{CHINESE}», ".encode() + "café".encode("cp1252")
    assert decode(content, "text/plain", "utf-8") == Decoded(f"naïve über Städte, «{CHINESE}», café".encode(), "utf-8", True, 1)


def test_bytes_that_fit_nothing_are_replaced_and_counted():
    found = decode(b"caf\xe9 \x81\x8d " * 3, "text/plain", "utf-8")
    assert found.text.count("\ufffd") == found.replaced


@pytest.mark.parametrize(
    ("broken", "right"),
    [
        ("donâ€™t close the cafÃ©", "don’t close the café"),
        ("a Â£5m deal", "a £5m deal"),
        ("It\x92s \x93so\x94", "It’s “so”"),
    ],
)
def test_mojibake_is_repaired(broken, right):
    assert decode(broken, "text/plain") == Decoded(right.encode(), "utf-8", repaired=True)


def test_mojibake_is_repaired_in_the_lines_that_have_it():
    assert text_of("SÃO PAULO — “olá”\ncafÃ©\nÂ") == "SÃO PAULO — “olá”\ncafé\nÂ"


@pytest.mark.parametrize("text", ["SÃO PAULO", "L’âge d’or à Nîmes", "“Ångström” Åsa Ä", "ÐÑ", GERMAN])
def test_letters_that_only_look_like_mojibake_stay(text):
    assert decode(text, "text/plain") == Decoded(text.encode(), "utf-8")


def test_control_characters_go_and_are_counted():
    assert decode(b"one\x00 two\x07\x0cthree\t\r\nfour", "text/plain") == Decoded(
        b"one two\nthree\t\r\nfour", "utf-8", replaced=3
    )


def test_surrogates_are_joined_or_replaced():
    assert decode("a\ud83d\ude00b\ud800c", "text/plain") == Decoded("a😀b\ufffdc".encode(), "utf-8", replaced=1)
    assert scrub("\ud83d\ude00\x00\ud800") == "😀\ufffd"


@pytest.mark.parametrize("size", [0, LONG_BYTES])
@pytest.mark.parametrize(
    ("control", "left"), [("\x00", ""), ("\x1f", ""), ("\x7f", ""), ("\x0b", "\n"), ("\x0c", "\n"), ("\t", "\t"), ("é", "é")]
)
def test_a_text_of_any_length_is_without_control_characters(size: int, control: str, left: str) -> None:
    assert scrub(f"слово{control}{'b' * size}") == f"слово{left}{'b' * size}"


@pytest.mark.parametrize("binary", [PNG, PNG * 50, bytes(500), random.Random(3).randbytes(5000)])
@pytest.mark.parametrize("declared", [None, "windows-1252", "utf-8"])
def test_binary_data_are_no_text(binary, declared):
    with pytest.raises(Undecodable, match="control characters"):
        decode(binary, "text/html", declared)


@given(content=st.binary() | st.text(), declared=st.none() | st.sampled_from(["utf-8", "gb2312", "utf-16", "iso-2022-jp"]))
def test_what_comes_out_can_always_be_stored(content, declared):
    try:
        found = decode(content, "text/html", declared)
    except Undecodable:
        return
    found.text.encode("utf-8")
    assert "\0" not in found.text
