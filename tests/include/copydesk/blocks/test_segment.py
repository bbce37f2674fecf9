from __future__ import annotations

from copydesk.blocks.segment import batches, segment
from copydesk.records import Origin, Reason, Record, Reject, Stage

ORIGIN = Origin("file")


def record(content: bytes | str, media_type: str = "text/plain", **more: str) -> Record:
    return Record(content, media_type, ORIGIN, **more)


def test_pages_and_texts_become_one_table_in_the_order_of_the_records() -> None:
    found = segment([record("a\nb"), record("<p>c<p>d", "text/html"), record("e")], 512)

    assert found.blocks["text"].to_pylist() == ["a", "b", "c", "d", "e"]
    assert found.blocks["document"].to_pylist() == [0, 0, 1, 1, 2]
    assert found.blocks["ordinal"].to_pylist() == [0, 1, 0, 1, 0]


def test_what_cannot_be_cut_is_a_reject_at_its_place() -> None:
    read = Reject(Stage.READ, Reason.TRUNCATED, "cut", ORIGIN)
    found = segment([read, record("a"), record(bytes(range(256)) * 9), record("<div>" * 900, "text/html")], 512)

    assert {at: reject.reason for at, reject in found.rejects.items()} == {
        0: Reason.TRUNCATED,
        2: Reason.UNDECODABLE,
        3: Reason.TOO_DEEP,
    }
    assert found.documents.num_rows == 1


def test_what_the_container_says_is_the_first_claim() -> None:
    page = record("<title>In the page</title>", "text/html")
    found = segment([Record(page.content, page.media_type, ORIGIN, given={"title": "In the container"})], 512)

    assert [c["value"] for c in found.documents["claims"].to_pylist()[0]] == ["In the container", "In the page"]


def test_documents_of_a_source_are_one_group_and_others_go_by_their_host() -> None:
    records = [record("a", url="https://www.example.org/1"), record("b")]

    assert segment(records, 512).documents["group"].to_pylist() == ["example.org", ""]
    assert segment(records, 512, "lbc").documents["group"].to_pylist() == ["lbc", "lbc"]


def test_no_records_are_tables_without_rows() -> None:
    found = segment([], 512)

    assert (found.documents.num_rows, found.blocks.num_rows, dict(found.rejects)) == (0, 0, {})


def test_batches_are_full_but_for_the_last() -> None:
    items = [record(str(n)) for n in range(5)]

    assert [len(batch) for batch in batches(items, 2)] == [2, 2, 1]


def test_large_records_come_fewer_at_a_time() -> None:
    items = [record("x" * (3 << 20))] * 7

    assert [len(batch) for batch in batches(items, 500)] == [3, 3, 1]
