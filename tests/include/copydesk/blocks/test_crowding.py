from __future__ import annotations

import pytest

from copydesk import extract
from copydesk.blocks.crowding import MAX_LINES, MAX_TAGS
from copydesk.blocks.segment import segment
from copydesk.records import Origin, Reason, Record
from timing import done_within

SENTENCE = "The harbour of Ostwick froze in the night, said its master, and the ferries waited for the morning."


def record(content: str, media_type: str) -> Record:
    return Record(content, media_type, Origin("file:a"), id="a")


@pytest.mark.parametrize(
    ("content", "media_type", "found"),
    [
        (f"<p>{SENTENCE}</p>" + "<p>x" * MAX_TAGS, "text/html", f"{MAX_TAGS + 2} tags, more than {MAX_TAGS}"),
        (f"{SENTENCE}\n" * (MAX_LINES + 1), "text/plain", f"{MAX_LINES + 1} lines, more than {MAX_LINES}"),
    ],
)
def test_a_document_of_too_many_blocks_is_a_reject_that_names_the_limit_and_its_neighbour_is_read(content, media_type, found):
    part = done_within(2, lambda: segment([record(content, media_type), record(f"<p>{SENTENCE}</p>", "text/html")], 512))
    assert part.rejects[0].reason is Reason.TOO_LARGE
    assert found in part.rejects[0].detail
    assert part.documents.num_rows == 1


def test_a_document_of_many_blocks_is_read():
    content = f"<h1>Harbour freezes</h1><p>{SENTENCE}</p>" + f"<p>{SENTENCE}</p>" * 5000
    assert not segment([record(content, "text/html")], 512).rejects


def test_extract_rejects_what_no_reader_would_give_it():
    content = SENTENCE + " " * (16 << 20)
    table = extract([{"id": "a", "content": content, "media_type": "text/plain"}])
    assert table["reject_reason"].to_pylist() == ["too_large"]
