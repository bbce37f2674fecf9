from __future__ import annotations

import os

import pytest

from copydesk.raw.encodings.decoding import Undecodable, decode
from copydesk.raw.encodings.names import python_codec

ENGLISH = "Café owners on “the quay” feared for trade — the board’s gap is £3m.\nPassengers’ unions will go to court.\n"
GERMAN = "Fahrgäste der „Nordstern“ zahlen für jede Überfahrt mehr. Größe und Gewicht zählen künftig nicht.\n"
FRENCH = "Les passagers paieront plus cher dès avril, déclare Hélène à l'étage du conseil: « inévitable ».\n"
POLISH = "Pasażerowie zapłacą więcej od kwietnia. Właściciele kawiarni na nabrzeżu obawiają się o zyski.\n"
TURKISH = "Yolcular nisan ayından itibaren daha fazla ödeyecek; bu, iki yıl içindeki üçüncü artış. Rıhtımda.\n"
RUSSIAN = "Пассажиры с апреля будут платить больше, сообщило правление порта.\nРешение обжалуют в суде.\n"
UKRAINIAN = "Пасажири з квітня платитимуть більше. Це третє підвищення за два роки, повідомила її рада.\n"
GREEK = "Οι επιβάτες θα πληρώνουν περισσότερα από τον Απρίλιο.\nΤο συμβούλιο ψήφισε τις νέες τιμές.\n"
THAI = "ผู้โดยสารเรือจะต้องจ่ายมากขึ้น\nตั้งแต่เดือนเมษายน 2546 เป็นต้นไป\n"
CHINESE = "北星号的乘客从四月起将支付更多的票价，\n这是两年内的第三次上涨。一周 7 天如此。\n"
JAPANESE = "北星号の乗客は4月から運賃を多く払うことになる。\n港湾委員会は火曜日に会合を開いた。\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((ENGLISH, encoding) for encoding in ("mac_roman", "windows-1252")),
        *((GERMAN, encoding) for encoding in ("mac_roman", "windows-1252", "iso8859-1")),
        *((GERMAN.replace("„", '"').replace("“", '"'), encoding) for encoding in ("cp850", "cp437")),
        *((FRENCH, encoding) for encoding in ("mac_roman", "cp850", "windows-1252")),
        *((POLISH, encoding) for encoding in ("mac_latin2", "cp852", "windows-1250", "iso8859-2")),
        *((TURKISH, encoding) for encoding in ("mac_turkish", "cp857", "windows-1254")),
        *((GREEK, encoding) for encoding in ("cp737", "iso8859-7")),
        *((RUSSIAN, encoding) for encoding in ("koi8-r", "cp866", "windows-1251")),
        (UKRAINIAN, "koi8-u"),
        (JAPANESE, "iso2022_jp"),
    ],
)
def test_texts_of_older_systems_are_read_by_the_words_they_make(text, encoding):
    content = (text * 3).encode(encoding, "replace")
    assert decode(content, "text/plain").text == content.decode(encoding)


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [ENGLISH, POLISH, RUSSIAN, GREEK, THAI, CHINESE, JAPANESE])
def test_utf_16_needs_no_mark(text, order):
    assert decode(text.encode(order), "text/plain").text == text
    assert decode(text.encode(order)[:-1], "text/plain").text[:-1] == text[:-1]


@pytest.mark.parametrize(
    "content", [os.urandom(5000), bytes(range(256)) * 20, b"\0" * 100 + b"ab", b"\xff\xd8\xff\xe0" + b"\0\1" * 300]
)
def test_binary_data_is_no_utf_16(content):
    with pytest.raises(Undecodable):
        decode(content, "text/plain")


def test_a_text_with_stray_zeros_is_as_it_was():
    assert decode(b"Fares rise.\0\0 Cafes fear.\n" * 4, "text/plain").text == "Fares rise. Cafes fear.\n" * 4
    assert decode("Café à la carte\0.\n".encode("windows-1252") * 5, "text/plain").text == "Café à la carte.\n" * 5


def test_encodings_of_older_systems_have_names():
    names = "macintosh", "x-mac-ce", "ibm437", "CP-850", "cp852", "x-mac-greek"
    assert list(map(python_codec, names)) == ["mac_roman", "mac_latin2", "cp437", "cp850", "cp852", "mac_greek"]
