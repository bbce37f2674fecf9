from __future__ import annotations

import io
import zipfile

from archive_making import contents

from copydesk.raw.archives.office import DRESS

TEXT = b'<?xml version="1.0"?><w:document><w:body><w:p><w:r><w:t>Fares rise.</w:t></w:r></w:p></w:body></w:document>'


def packed(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


WORD = packed({"[Content_Types].xml": b"<Types/>", "_rels/.rels": b"<R/>", "word/document.xml": TEXT, "word/styles.xml": b"<s/>"})
OPEN = packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": TEXT, "meta.xml": b"<m/>"})


def test_of_a_word_processors_document_its_text_alone_is_a_record(desk):
    for document, name, others in ((WORD, "word/document.xml", 3), (OPEN, "content.xml", 2)):
        reading = desk.reading(document, "text")
        assert contents(list(reading)) == [(name, TEXT)]
        assert (reading.skipped, reading.rejected, reading.complete) == ({DRESS: others}, 0, True)


def test_so_it_is_of_one_in_an_archive(desk):
    reading = desk.reading(packed({"a.docx": WORD, "b.txt": b"Another."}), "text")
    assert contents(list(reading)) == [("a.docx/word/document.xml", TEXT), ("b.txt", b"Another.")]


def test_other_archives_are_read_whole(desk):
    members = {"mimetype": b"application/epub+zip", "content.xml": b"x", "word.txt": b"y"}
    assert len(contents(list(desk.reading(packed(members), "text")))) == 3
