from __future__ import annotations

import gzip
import io
import re
import tracemalloc
from collections import Counter
from pathlib import Path

import pytest
import zstandard
from fastwarc.warc import ArchiveIterator as FastArchive
from fastwarc.warc import WarcRecordType
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from copydesk.raw.compression.stream import State, decompress
from copydesk.raw.context import Context
from copydesk.raw.warc.reader import is_record_start, read_warc
from copydesk.record_fields import RecordFields
from copydesk.records import Reason, Record, Reject, Skipped

SHARED = Path(__file__).parents[6] / "shared"
LIMIT = 200_000
PAGE = "<html><body><h1>Harbour reopens</h1><p>" + "The ferry came back on Tuesday, and the town with it. " * 12
HTML = [("Content-Type", "text/html; charset=utf-8")]


class Writer(WARCWriter):
    """warcio's writer, without the temporary files that it leaves open."""

    _create_temp_file = staticmethod(io.BytesIO)


def read(stored: bytes, limit: int = LIMIT) -> tuple[list, State]:
    stream = decompress(io.BytesIO(stored), 200)
    items = list(read_warc(stream, Context("file:///a.warc", "a.warc", RecordFields(), limit, 200, 1 << 30)))
    return items, stream.ending.state


def records(stored: bytes) -> list[Record]:
    return [item for item in read(stored)[0] if isinstance(item, Record)]


def rejects(stored: bytes, limit: int = LIMIT) -> list[Reject]:
    return [item for item in read(stored, limit)[0] if isinstance(item, Reject)]


def member(
    body: bytes = PAGE.encode(),
    *,
    status: str = "200 OK",
    headers: list[tuple[str, str]] = HTML,
    kind: str = "response",
    url: str = "https://coast.example/harbour",
    warc: dict[str, str] | None = None,
) -> bytes:
    """One record, uncompressed, as warcio writes it."""
    out = io.BytesIO()
    writer = Writer(out, gzip=False)
    http = StatusAndHeaders(status, headers, protocol="HTTP/1.1") if kind in ("response", "revisit") else None
    if kind == "request":
        http = StatusAndHeaders("GET / HTTP/1.1", [("Host", "coast.example")], is_http_request=True)
    type_ = None if http else dict(headers).get("Content-Type", "")
    stated = {"WARC-Date": "2024-05-01T10:00:00Z", **(warc or {})}
    record = writer.create_warc_record(
        url, kind, io.BytesIO(body), warc_headers_dict=stated, http_headers=http, warc_content_type=type_
    )
    writer.write_record(record)
    return out.getvalue()


def by_hand(block: bytes, length: int | str | None = None, **fields: str) -> bytes:
    """One record of any bytes, with a Content-Length of any kind."""
    named = {"WARC_Type": "response", "WARC_Target_URI": "https://coast.example/by-hand", **fields}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in named.items()]
    lines.append(f"Content-Length: {len(block) if length is None else length}")
    return b"WARC/1.0\r\n" + "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def response(body: bytes = PAGE.encode(), headers: str = "Content-Type: text/html") -> bytes:
    return f"HTTP/1.1 200 OK\r\n{headers}\r\n\r\n".encode() + body


def stories(count: int = 3) -> list[bytes]:
    return [member(f"{PAGE} {number}".encode(), url=f"https://coast.example/{number}") for number in range(count)]


def numbers(items: list) -> list[str]:
    return [item.url[-1] for item in items if isinstance(item, Record)]


def starts(members: list[bytes]) -> list[int]:
    return [sum(map(len, members[:count])) for count in range(len(members))]


PACKED = {
    "plain": lambda parts: parts,
    "gzip": lambda parts: [gzip.compress(part) for part in parts],
    "zstd": lambda parts: [zstandard.compress(part) for part in parts],
}
packed = pytest.mark.parametrize("pack", PACKED.values(), ids=PACKED)


@packed
def test_every_page_is_a_record_with_the_place_of_its_member_as_stored(pack):
    parts = pack(stories())
    items, state = read(b"".join(parts))
    assert state is State.COMPLETE
    assert numbers(items) == ["0", "1", "2"]
    assert [item.origin.offset for item in items] == starts(parts)
    assert [item.origin.ordinal for item in items] == [0, 1, 2]


def test_a_record_says_what_its_headers_say():
    (record,) = records(member(warc={"WARC-Record-ID": "<urn:uuid:1>", "WARC-Target-URI": "<https://coast.example/harbour>"}))
    assert (record.url, record.id, record.crawl_date) == ("https://coast.example/harbour", "urn:uuid:1", "2024-05-01T10:00:00Z")
    assert (record.media_type, record.charset, record.content) == ("text/html", "utf-8", PAGE.encode())


def test_without_a_record_id_its_place_is_one_that_lasts():
    archive = by_hand(response()) + by_hand(response())
    ids = [record.id for record in records(archive)]
    assert len(set(ids)) == 2
    assert ids == [record.id for record in records(archive)]


def test_a_single_member_may_hold_every_record():
    assert numbers(read(gzip.compress(b"".join(stories())))[0]) == ["0", "1", "2"]


def dictionary_archive(compress_dictionary: bool) -> bytes:
    parts = stories(40)
    dictionary = zstandard.train_dictionary(4096, [part[at : at + 200] for part in parts for at in range(0, 800, 100)])
    content = dictionary.as_bytes()
    content = zstandard.compress(content) if compress_dictionary else content
    compressor = zstandard.ZstdCompressor(dict_data=dictionary)
    return b"\x5d\x2a\x4d\x18" + len(content).to_bytes(4, "little") + content + b"".join(map(compressor.compress, parts))


@pytest.mark.parametrize("compress_dictionary", [False, True])
def test_a_dictionary_in_the_first_frame_is_used(compress_dictionary):
    items, state = read(dictionary_archive(compress_dictionary))
    assert (len(items), state) == (40, State.COMPLETE)
    assert all(isinstance(item, Record) for item in items)


def test_a_broken_dictionary_is_damage():
    stored = bytearray(dictionary_archive(False))
    stored[8:40] = bytes(32)
    items, state = read(bytes(stored))
    assert state is State.CORRUPT
    assert [item.reason for item in items] == [Reason.CORRUPT_COMPRESSION]


@pytest.mark.parametrize(
    ("record", "kind"),
    [
        (member(kind="request"), "request"),
        (member(kind="metadata", headers=[("Content-Type", "application/warc-fields")]), "metadata"),
        (member(kind="revisit"), "revisit"),
        (member(status="301 Moved Permanently"), "status 301"),
        (member(status="404 Not Found"), "status 404"),
        (member(headers=[("Content-Type", "image/jpeg")]), "image"),
        (member(headers=[("Content-Type", "application/json")]), "json"),
        (member(headers=[("Content-Type", "application/rss+xml")]), "xml"),
        (member(headers=[("Content-Type", "application/vnd.strange")]), "other type"),
        (member(b"\x00\x01", headers=[]), "no type"),
        (member(url="https://coast.example/robots.txt", headers=[("Content-Type", "text/plain")]), "robots.txt"),
        (by_hand(b"coast.example. 300 IN A 192.0.2.1", Content_Type="text/dns"), "response without HTTP"),
        (by_hand(b"?", WARC_Type="x-note"), "unknown record type"),
    ],
)
def test_what_is_no_document_is_counted_by_its_kind(record, kind):
    assert read(record)[0] == [Skipped(kind)]


@pytest.mark.parametrize(
    ("record", "media_type"),
    [
        (member(headers=[("Content-Type", "application/xhtml+xml")]), "text/html"),
        (member(headers=[("Content-Type", "Text/HTML;charset=x, text/html")]), "text/html"),
        (member(headers=[]), "text/html"),
        (member(headers=[("Content-Type", "application/octet-stream")]), "text/html"),
        (member(headers=[("Content-Type", "text/plain")]), "text/html"),
        (member(b"Just a story.", headers=[("Content-Type", "text/plain")]), "text/plain"),
        (member(kind="resource", headers=[("Content-Type", "text/html")]), "text/html"),
        (member(b"The text of a page.", kind="conversion", headers=[("Content-Type", "text/plain")]), "text/plain"),
    ],
)
def test_pages_and_texts_are_documents(record, media_type):
    assert [record.media_type for record in records(record)] == [media_type]


@pytest.mark.parametrize(
    "head",
    [
        "HTTP/1.1 200 OK\nContent-Type: text/html\n\n",
        "HTTP/2 200\r\ncontent-type: text/html\r\n\r\n",
        ":status: 200\r\ncontent-type: text/html\r\n\r\n",
        "http/1.0 200\r\nnonsense\r\n: none\r\nContent-Type:\r\n text/html\r\n\r\n",
    ],
)
def test_headers_are_read_as_servers_write_them(head):
    assert [record.content for record in records(by_hand(head.encode() + PAGE.encode()))] == [PAGE.encode()]


@pytest.mark.parametrize("version", ["WARC/0.17", "WARC/0.18", "WARC/1.0", "WARC/1.1"])
def test_every_version_is_read(version):
    assert len(records(by_hand(response()).replace(b"WARC/1.0", version.encode()))) == 1


def test_lines_may_end_without_a_carriage_return():
    block = b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n" + PAGE.encode()
    head, _, rest = by_hand(block).partition(b"HTTP/")
    assert [record.content for record in records(head.replace(b"\r\n", b"\n") + b"HTTP/" + rest)] == [PAGE.encode()]


@pytest.mark.parametrize(
    ("stated", "read_as"),
    [
        ("2024-05-01T10:00:00.123Z", "2024-05-01T10:00:00.123Z"),
        ("20080430204825", "2008-04-30T20:48:25Z"),
        ("yesterday", None),
        ("99999999999999", None),
    ],
)
def test_dates_are_passed_on_where_they_can_be_read(stated, read_as):
    assert records(by_hand(response(), WARC_Date=stated))[0].crawl_date == read_as


def test_a_charset_of_the_header_reaches_the_text():
    from copydesk.blocks.segment import segment

    page = "<html><body><p>Добрый день, это новости нашего города.</p>".encode("koi8-r")
    blocks = segment(read(member(page, headers=[("Content-Type", "text/html; charset=koi8-r")]))[0], 512).blocks
    assert any("Добрый день" in text for text in blocks["text"].to_pylist())


# Broken and hostile archives


def broken(parts: list[bytes], which: int, change: bytes) -> bytes:
    return b"".join([*parts[:which], change, *parts[which + 1 :]])


@pytest.mark.parametrize("name", ["gzip", "zstd"])
def test_a_broken_member_costs_itself_and_no_other(name):
    parts = PACKED[name](stories(5))
    items, _ = read(broken(parts, 2, parts[2][:60] + bytes(80) + parts[2][140:]))
    assert numbers(items) == ["0", "1", "3", "4"]
    (reject,) = [item for item in items if isinstance(item, Reject)]
    assert reject.reason is (Reason.CORRUPT_COMPRESSION if name == "gzip" else Reason.CORRUPT_RECORD)  # no checksum in the frames
    assert reject.origin.offset == starts(parts)[2]
    assert [item.origin.offset for item in items if item is not reject] == [starts(parts)[at] for at in (0, 1, 3, 4)]


def test_a_checksum_that_fails_turns_down_its_own_record_alone():
    parts = PACKED["gzip"](stories())
    wrong = parts[1][:-8] + b"\0\0\0\0" + parts[1][-4:]
    items, _ = read(broken(parts, 1, wrong))
    assert numbers(items) == ["0", "2"]
    assert len(items) == 3


def test_damage_to_which_no_member_follows_ends_the_archive():
    parts = PACKED["gzip"](stories())
    items, state = read(parts[0] + parts[1][:50] + b"\xff" * 5000)
    assert numbers(items) == ["0"]
    assert (len(items), state) == (2, State.CORRUPT)


def test_zeros_in_a_plain_archive_are_one_reject():
    parts = stories()
    items, _ = read(parts[0] + bytes(100_000) + parts[1])
    assert numbers(items) == ["0", "1"]
    (reject,) = [item for item in items if isinstance(item, Reject)]
    assert (reject.reason, reject.origin.offset) == (Reason.CORRUPT_RECORD, len(parts[0]))
    assert "100000 bytes were passed over" in reject.detail


@packed
@pytest.mark.parametrize("length", ["1", "700", "2000", "1900000", "-5", "many", "", "9" * 15, "9" * 60])
def test_a_length_that_lies_is_told_and_the_records_behind_it_are_read(pack, length):
    parts = stories(4)
    parts[1] = re.sub(rb"(?<=Content-Length: )\d+", length.encode(), parts[1])
    items, _ = read(b"".join(pack(parts)))
    assert numbers(items)[0] == "0"
    assert sum(isinstance(item, Reject) for item in items) >= 1
    assert "1" not in numbers(items)
    if pack is not PACKED["plain"] or length not in ("1900000",):
        assert numbers(items) == ["0", "2", "3"]


def test_lengths_that_lie_again_and_again_take_no_longer_for_it():
    lie = b"WARC/1.0\r\nContent-Length: 150000\r\n\r\n"
    items, _ = read(lie * 60_000)
    assert all(isinstance(item, Reject) for item in items)


def test_a_member_without_its_closing_lines_is_whole():
    parts = [gzip.compress(part.removesuffix(b"\r\n\r\n")) for part in stories()]
    assert numbers(read(b"".join(parts))[0]) == ["0", "1", "2"]


def test_a_bomb_among_good_records_costs_itself():
    bomb = gzip.compress(by_hand(response(b"<html>" + bytes(100 << 20))))
    parts = PACKED["gzip"](stories())
    tracemalloc.start()
    items, _ = read(parts[0] + bomb + parts[1])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert numbers(items) == ["0", "1"]
    assert [item.reason for item in items if isinstance(item, Reject)] == [Reason.TOO_LARGE]
    assert items[-1].origin.offset == len(parts[0]) + len(bomb)
    assert peak < 10 << 20


def test_a_record_over_the_limit_is_named_with_the_setting_and_not_held():
    big = member(b"<html>" + b"<p>words and words</p>" * (1 << 20))
    archive = big + member()
    tracemalloc.start()
    items, _ = read(archive)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [type(item) for item in items] == [Reject, Record]
    assert items[0].reason is Reason.TOO_LARGE
    assert f"COPYDESK_MAX_RECORD_BYTES={LIMIT}" in items[0].detail
    assert items[0].url == "https://coast.example/harbour"
    assert peak < 3 << 20


def test_a_video_over_the_limit_is_skipped_as_any_other():
    assert read(member(b"\0" * 1_000_000, headers=[("Content-Type", "video/mp4")]))[0] == [Skipped("video")]


@pytest.mark.parametrize(
    ("record", "reason", "said"),
    [
        (by_hand(response(), WARC_Truncated="length"), Reason.TRUNCATED, "'length'"),
        (by_hand(response(), WARC_Segment_Number="1"), Reason.TRUNCATED, "segment"),
        (by_hand(response(b"")), Reason.EMPTY, "no text"),
        (by_hand(response(), WARC_Block_Digest="sha1:" + "A" * 32), Reason.CORRUPT_RECORD, "digest sha1:AAAA"),
        (by_hand(response(), WARC_Payload_Digest="md5:" + "0" * 32), Reason.CORRUPT_RECORD, "digest md5:0000"),
        (
            by_hand(response(b"5\r\nhello\r\n", "Content-Type: text/plain\r\nTransfer-Encoding: chunked")),
            Reason.TRUNCATED,
            "chunk",
        ),
    ],
)
def test_what_is_not_whole_is_turned_down(record, reason, said):
    (reject,) = rejects(record)
    assert reject.reason is reason
    assert said in reject.detail


@pytest.mark.parametrize("stated", ["sha1:short", "crc32:12345678", "nonsense"])
def test_a_digest_that_cannot_be_checked_is_none(stated):
    assert len(records(by_hand(response(), WARC_Block_Digest=stated))) == 1


def test_a_payload_digest_is_not_asked_where_the_digest_of_the_block_is_right():
    assert len(records(member(warc={"WARC-Payload-Digest": "sha1:" + "A" * 32}))) == 1


@pytest.mark.parametrize("junk", [b"", b"\r\n" * 50_000])
def test_an_archive_without_records_is_complete(junk):
    assert read(junk) == ([], State.COMPLETE)


def test_what_is_no_archive_is_one_reject():
    assert [item.reason for item in rejects(b"A letter to the editor.\n" * 10_000)] == [Reason.CORRUPT_RECORD]


@packed
def test_an_archive_cut_at_any_byte_gives_its_first_records_and_one_reject(pack):
    parts = pack(stories())
    archive = b"".join(parts)
    whole = [*starts(parts), len(archive)]
    for cut in range(3, len(archive)):
        items, state = read(archive[:cut])
        complete = max(at for at, start in enumerate(whole) if start <= cut)
        found = numbers(items)
        assert found in (
            ["0", "1", "2"][:complete],
            ["0", "1", "2"][: complete + 1],
        )  # of the next only its closing lines may be cut
        said = [item for item in items if isinstance(item, Reject)]
        if cut in whole:
            assert (said, state) == ([], State.COMPLETE)
        elif len(found) == complete or state is not State.COMPLETE:
            assert [item.reason for item in said] == [Reason.TRUNCATED]
            assert said[0].origin.offset in (whole[complete], cut)


ARCHIVES = [b"".join(pack(stories(4))) for pack in PACKED.values()]


@settings(max_examples=300, deadline=None)
@given(
    archive=st.sampled_from(ARCHIVES),
    flips=st.lists(st.tuples(st.integers(0, 10_000), st.integers(1, 255)), min_size=1, max_size=8),
)
def test_no_flipped_bytes_raise(archive, flips):
    stored = bytearray(archive)
    for at, mask in flips:
        stored[at % len(stored)] ^= mask
    items, _ = read(bytes(stored))
    assert all(isinstance(item, Record | Reject | Skipped) for item in items)


@given(st.binary(max_size=400))
def test_no_bytes_in_a_record_raise(junk):
    read(by_hand(junk))
    read(b"WARC/1.0\r\n" + junk)
    read(by_hand(response(junk, "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: br, deflate, gzip")))


# Other readers of the same archives


def mixed_archive() -> bytes:
    writer = Writer(out := io.BytesIO(), gzip=True)
    writer.write_record(writer.create_warcinfo_record("a.warc.gz", {"software": "a test"}))
    chunked = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (PAGE.encode()[:100], PAGE.encode()[100:])) + b"0\r\n\r\n"
    coded = [*HTML, ("Content-Encoding", "gzip")]
    for part in (
        *stories(5),
        member(kind="request"),
        member(status="302 Found"),
        member(chunked, headers=[*HTML, ("Transfer-Encoding", "chunked")]),
        member(gzip.compress(PAGE.encode()), headers=coded),
        member(kind="resource", headers=[("Content-Type", "text/html")]),
    ):
        out.write(gzip.compress(part))
    return out.getvalue()


def test_warcio_reads_the_same_pages_at_the_same_places():
    archive = mixed_archive()
    expected = []
    iterator = ArchiveIterator(io.BytesIO(archive))
    for record in iterator:
        is_page = record.rec_type == "resource" or (
            record.rec_type == "response" and record.http_headers.get_statuscode() == "200"
        )
        content = record.content_stream().read()
        offset = iterator.get_record_offset()
        if is_page:
            expected.append((record.rec_headers.get_header("WARC-Target-URI"), offset, content))
    assert [(record.url, record.origin.offset, record.content) for record in records(archive)] == expected
    assert len(expected) == 8


def test_fastwarc_reads_the_same_records():
    archive = mixed_archive()
    items, _ = read(archive)
    assert len(items) == len(list(FastArchive(io.BytesIO(archive))))
    skipped = Counter(item.kind for item in items if isinstance(item, Skipped))
    assert skipped == {"warcinfo": 1, "request": 1, "status 302": 1}
    fast = FastArchive(io.BytesIO(archive), record_types=WarcRecordType.response, auto_decode="all")
    pages = [record.reader.read() for record in fast if record.http_headers.status_code == 200]
    assert [item.content for item in items if isinstance(item, Record)][:-1] == pages


def test_a_page_of_common_crawl_reads_as_far_as_it_goes():
    path = SHARED / "dumps" / "cc_houstonpress_1record.warc.gz"
    if not path.exists():
        pytest.skip("needs ../shared/dumps beside the checkout")
    stored = path.read_bytes()  # the sample is cut inside its only member
    (reject,) = rejects(stored)
    assert (reject.reason, reject.origin.offset) == (Reason.TRUNCATED, 0)
    assert reject.url and reject.url.startswith("http://www.houstonpress.com/music/")


@pytest.mark.parametrize(
    ("prefix", "is_start"), [(b"WARC/1.0\r\n", True), (b"WARC/0.18\nx", True), (b"WARC/1.0", False), (b" WARC/1.0\n", False)]
)
def test_a_record_starts_with_the_line_of_its_version(prefix, is_start):
    assert is_record_start(prefix) is is_start
