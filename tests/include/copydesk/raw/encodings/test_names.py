from __future__ import annotations

import codecs

import pytest

from copydesk.raw.encodings.names import CODECS, python_codec


@pytest.mark.parametrize("codec", sorted(set(CODECS.values())))
def test_python_knows_every_codec_of_the_table(codec):
    assert codecs.lookup(codec)


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("ISO-8859-1", "windows-1252"),
        (" latin_1 ", "windows-1252"),
        ("x-sjis", "cp932"),
        ("GB2312", "gb18030"),
        ("UTF8", "utf-8"),
        ("idna", None),
    ],
)
def test_names_are_read_as_the_web_reads_them(name, codec):
    assert python_codec(name) == codec
