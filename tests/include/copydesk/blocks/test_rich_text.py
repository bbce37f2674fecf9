from __future__ import annotations

import pytest

from copydesk.blocks.rich_text import plain_text
from timing import done_within


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        (r"a {\v gone}b\v also\v0  c", "a b c"),
        (r"a \deleted gone\deleted0 {\v x\deleted y\v0 z}b\v x\plain  c", "a b c"),
        (r"The boat{\super\chftn}{\footnote\pard\chftn Built in Holm.} ran.\par", "The boat ran.\n\n\nBuilt in Holm."),
        (r"one\line two\page three\column four", "one\ntwo\nthree\nfour"),
        (r"one\par}}} two", "one\n two"),
        (r"a{\pict\wmetafile8 0102}b{\*\shppict{\pict 89}}c", "abc"),
        (r"{\uc2\u233 ab}t\u233\'e9 {\uc0\u8364 }x", "été €x"),
        (r"{\fonttbl{\f0\fcharset128 MS;}}\f0\'93\'8c\'8b\'9e", "東京"),
        (r"\mac caf\'8e", "café"),
        (r"\trowd\intbl One\cell Two\cell\row After", "One\tTwo\t\nAfter"),
    ],
)
def test_what_readers_see_is_read(inside: str, found: str) -> None:
    assert plain_text(rf"{{\rtf1\ansi {inside}}}".encode()) == found


@pytest.mark.parametrize("piece", ["{", "}", r"\u97", r"\'e9", r"{\*\x ", "\\", r"{\footnote a", r"\v\v0"])
def test_no_document_takes_long(piece: str) -> None:
    written = (r"{\rtf1 " + piece * (400_000 // len(piece))).encode()

    done_within(6, lambda: plain_text(written))
