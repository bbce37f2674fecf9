"""Documents of word processors (docx, odt), which are zip archives: the one member that has the text is the file, the rest its dress."""

from __future__ import annotations

from copydesk.raw.archives.zip_directory import LOCAL, LOCAL_HEADER

DRESS = "part of a word processor's document beside its text"
# The first members, as Word and LibreOffice write them, and where the text stands.
WORD_TEXT, OPEN_TEXT = "word/document.xml", "content.xml"
WORD_FIRST = (b"[Content_Types].xml", b"_rels/.rels", b"docProps/", b"word/")
OPEN_FIRST, OPEN_TYPE = b"mimetype", b"application/vnd.oasis.opendocument.text"


def text_member(head: bytes) -> str | None:
    """The member with the text, where an archive that begins with `head` is such a document."""
    name = head[LOCAL_HEADER.size :]
    if not head.startswith(LOCAL):
        return None
    if name.startswith(WORD_FIRST):
        return WORD_TEXT
    return OPEN_TEXT if name.startswith(OPEN_FIRST) and OPEN_TYPE in name else None
