"""Texts written in Markdown, as publishing systems and converters of pages leave them → as readers see them.

Signs of headings, links, pictures, emphasis and quotations go; bullets stay, as texts of all kinds have them.
"""

from __future__ import annotations

import re

from copydesk.blocks.filled import filled_width, parts
from copydesk.blocks.wrapping import rejoined, typed_paragraphs

TITLED = r"""\s+(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\([^()\n]*\))"""
TARGET = rf"\((?:https?:|mailto:|/|#|\.)[^\s()]*(?:\([^\s()]*\)[^\s()]*)*(?:{TITLED})?\)"
HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(?P<text>\S[^\n]*)$", re.MULTILINE)
APART = re.compile(r"(?:\A|\n[ \t\r]*\n) {0,3}#{1,6}[ \t]+\S")  # as headings stand; `# Ferry` in a list is a topic
LINK = re.compile(rf"!?\[(?P<text>[^\[\]\n]*)\](?:{TARGET}|\[[^\[\]\n]{{0,60}}\])")
LINKING = re.compile(r"\]\(|\]\[|\][ \t]*$")
LINKED = re.compile(rf"\]{TARGET}")  # with an address, which no other text has so
STRONG = re.compile(
    r"(?<![\w*_\\])(?P<sign>\*\*\*|\*\*|__)(?=\S)"
    r"(?P<text>(?:[^\n*_]|[*_](?![*_])|[*_](?=(?P=sign)(?![\w*_]))){1,400}?)(?<=[^\s\\])(?P=sign)(?![\w*_])"
)
EMPHASIS = re.compile(r"(?<![\w*_\\])(?P<sign>[*_])(?=[^\s*_])(?P<text>[^\n*_]{1,400}?)(?<=[^\s\\])(?P=sign)(?![\w*_])")
QUOTED = re.compile(r"^ {0,3}(?:> ?)+(?=\S)", re.MULTILINE)
ESCAPED = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
BYTES = 2000  # looked at in every text
HEADED = tuple("#" * rank + " " for rank in range(1, 7))
FEWEST_HEADINGS = 2  # where the first line is no heading and nothing is linked: `# 1 in the charts`
TIMES = 2  # a picture may be what is linked, and a bold word in bold type


def plain(text: bytes) -> bytes:
    """The text without Markdown's signs; as it is where it was not written so."""
    beginning = text[:BYTES]  # single bytes are found in a tenth of the time
    may_be = (b"[" in beginning and b"](" in beginning) or (b"#" in beginning and b"\n#" in beginning) or text.startswith(b"#")
    if not may_be:
        return text
    written = text.decode("utf-8", "replace")
    return _plain(_unwrapped(written)).encode() if _is_markdown(written) else text


def _is_markdown(text: str) -> bool:
    headings = APART.findall(text) if "#" in text else []
    return len(headings) >= FEWEST_HEADINGS or (text.lstrip().startswith(HEADED) and bool(headings)) or _is_linked(text)


def _is_linked(text: str) -> bool:
    return "](" in text and LINKED.search(text) is not None


def _unwrapped(text: str) -> str:
    """A paragraph a line, where lines without links show that they were filled: addresses, which go, took up room in the others."""
    paragraphs = list(typed_paragraphs([line.rstrip() for line in text.split("\n")]))
    width = filled_width([lines for lines in paragraphs if not any(map(LINKING.search, lines))])
    if width is None:
        return text
    whole = ([lines] if any(map(LINKING.search, lines)) else parts(lines, width) for lines in paragraphs)
    return "\n\n".join(rejoined([part for found in whole for part in found], text))


def _plain(text: str) -> str:
    text = HEADING.sub(_heading, text)
    for signs in (LINK, STRONG):
        for _ in range(TIMES):
            text = signs.sub(r"\g<text>", text)
    text = EMPHASIS.sub(r"\g<text>", text)
    return ESCAPED.sub("", QUOTED.sub("", text))


def _heading(found: re.Match[str]) -> str:
    """Without the signs at its end, which a blank parts from it: `C#` keeps its own."""
    text = found["text"].rstrip()
    bare = text.rstrip("#")
    return bare.rstrip() if bare.endswith((" ", "\t")) else text
