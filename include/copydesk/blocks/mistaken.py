"""Contents that are not what their source calls them: texts in a field of pages, pages in a folder of texts, word processors' files.

A source whose `media_type` was left out, and a folder that somebody put one page into, would else be read without any complaint: a
text as a single paragraph with its headline in it, a page with its tags as words.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import NamedTuple

from copydesk.blocks.pages import INLINE
from copydesk.blocks.rich_text import RICH_TEXT, plain_text
from copydesk.blocks.word_processing import is_document, words_of
from copydesk.blocks.wrapped import DATA, without_data
from copydesk.raw.encodings.decoding import Decoded, Undecodable, decode

HTML, TEXT = "text/html", "text/plain"

PARTING = (
    "html head title body main article section div p br hr h[1-6] ul ol li dl dt dd table tr td th pre blockquote figure center"
)
PARTS = "|".join(PARTING.split())
NAMES = "|".join(sorted(INLINE | {"script", "style", "iframe", "svg", "video", "audio", "button", "form", "noscript"}))
END = r"(?=[\s/>])"
ROOT = re.compile(rb"(?is)\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html)(?=[\s>])")
OPENING = re.compile(rf"(?i)\s*<(?:{PARTS}){END}".encode())
CLOSING = re.compile(rb"(?i)</(?:p|div|li|h[1-6]|td|article|section|body)\s*>")
# Whoever writes one of these parts paragraphs by tags; lists, headings and quotations stand among plain paragraphs, too.
PARAGRAPH = re.compile(rf"(?i)<(?:!doctype|html|body|main|article|section|div|p|br|td|pre|center|frameset){END}".encode())
ANY_TAG = re.compile(rf"(?i)</?(?:{PARTS}|{NAMES}){END}|<!--".encode())
ESCAPED = re.compile(rf"(?i)&lt;(?:{PARTS})(?:\s[^<>]{{0,200}}?)?/?&gt;".encode())
# Blank lines, and the tag behind them that parts paragraphs itself: each run is met once, however long it is.
BLANKS = re.compile(rf"(?i)\n(\s*+)(</?(?:{PARTS}){END}|\Z)?".encode())
LINES = re.compile(rb"\S[ \t]*[\r\n]\s*\S")
START_BYTES = 200
# What is no text although some of it has its letters, by how it begins.
OTHERS = {b"%PDF-": "a PDF", b"%!PS-": "PostScript", b"{\\rtf": ""}
ADVICE = "convert it to text before, as `pdftotext -layout` does"


class Read(NamedTuple):
    """A content, and what it is."""

    decoded: Decoded
    media_type: str
    note: str = ""  # what was found, where it is not what was said


def as_it_is(decoded: Decoded, media_type: str) -> Read:
    """The content as what it is; as it was said to be where nothing speaks against that. Undecodable where it is no text."""
    start = decoded.utf8[:START_BYTES].lstrip()
    if start[:1] in (b"%", b"{") and (kind := next((kind for kind in OTHERS if start.startswith(kind)), None)):
        return _foreign(decoded, kind)
    if start.startswith(b"<?xml") and is_document(decoded.utf8):
        return Read(_with(decoded, words_of(decoded.utf8)), TEXT, "read as a word processor's document")
    decoded = _unwrapped(decoded) if start.startswith(DATA) else decoded  # it may be a text
    return _of_page(decoded) if media_type == HTML else _of_text(decoded, start)


def _foreign(decoded: Decoded, kind: bytes) -> Read:
    if kind != RICH_TEXT:
        raise Undecodable(f"this is {OTHERS[kind]} and no text; {ADVICE}")
    return Read(_with(decoded, plain_text(decoded.utf8)), TEXT, "read as Rich Text")


def _of_text(decoded: Decoded, start: bytes) -> Read:
    """A text, or the page that was called one: it begins with a tag of a page, and closes such tags."""
    if start[:1] == b"<" and (ROOT.match(decoded.utf8) or (OPENING.match(decoded.utf8) and CLOSING.search(decoded.utf8))):
        return Read(decoded, HTML, "read as a page")
    if start[:4] == b"&lt;" and ESCAPED.match(start):
        return Read(_unescaped(decoded), HTML, "read as a page")
    return Read(decoded, TEXT)


def _of_page(decoded: Decoded) -> Read:
    """A page; a text where it has line breaks and no tag at all, and paragraphs from blank lines where no tag parts any."""
    html = decoded.utf8
    if PARAGRAPH.search(html):
        return Read(decoded, HTML)
    if not ANY_TAG.search(html):
        if ESCAPED.search(html):
            return Read(_unescaped(decoded), HTML, "escaped twice")
        return Read(decoded, TEXT, "read as a text") if LINES.search(html) else Read(decoded, HTML)
    # As writers' systems keep an article: tags for links and headings, a blank line between paragraphs.
    parted = BLANKS.sub(_parted, html)
    return Read(decoded, HTML) if parted == html else Read(replace(decoded, utf8=parted), HTML, "paragraphs from blank lines")


def _parted(blanks: re.Match[bytes]) -> bytes:
    """Blank lines with a paragraph's tag, unless another tag parts what stands there."""
    return blanks[0] if blanks[2] is not None or b"\n" not in blanks[1] else blanks[0] + b"<p>"


def _unescaped(decoded: Decoded) -> Decoded:
    return _with(decoded, unescape(decoded.text))


def _unwrapped(decoded: Decoded) -> Decoded:
    return replace(decoded, utf8=without_data(decoded.utf8))


def _with(decoded: Decoded, text: str) -> Decoded:
    return replace(decoded, utf8=decode(text, TEXT).utf8, repaired=True)
