"""The text member of a word processor's document (docx, odt) → its words, a line a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

OPENING_BYTES = 20_000  # where the root stands, behind the names of many vocabularies
ROOT = re.compile(rb"<(?:w:document|office:document-content)[\s>]")
TOKEN = re.compile(r"<(/?)([\w:.-]+)[^<>]*?(/?)>|([^<]+)")
ENDS = frozenset({"/w:p", "/text:p", "/text:h", "w:br", "w:cr", "text:line-break"})
GAPS = frozenset({"w:tab", "text:tab", "text:s"})
# What was deleted while changes are tracked, commands of fields, older copies of drawings, and remarks are no text of the document.
SILENT = frozenset(
    {"w:del", "w:moveFrom", "w:instrText", "mc:Fallback", "text:tracked-changes", "office:annotation", "text:note"}
)
HOLDERS = frozenset({"w:t", "office:text"})  # outside of these no text stands


def is_document(utf8: bytes) -> bool:
    """Whether a content is such a member."""
    return ROOT.search(utf8[:OPENING_BYTES]) is not None


def words_of(utf8: bytes) -> str:
    """The words of a document, its paragraphs lines of their own."""
    return unescape("".join(_pieces(utf8.decode("utf-8", "replace"))))


def _pieces(xml: str) -> Iterator[str]:
    silent, holding = "", 0  # the element that is passed over; how many are open that may hold text
    depth = 0  # of elements of the same name in it
    for close, name, empty, text in TOKEN.findall(xml):
        if silent:
            depth += (name == silent and not empty) * (-1 if close else 1)
            silent = silent if depth else ""
        elif text:
            if holding:
                yield text.replace("\n", " ")
        elif name in SILENT and not close and not empty:
            silent, depth = name, 1
        elif close + name in ENDS:
            yield "\n"
        elif name in GAPS and not close:
            yield " "
        elif name in HOLDERS and not empty:
            holding += -1 if close else 1
