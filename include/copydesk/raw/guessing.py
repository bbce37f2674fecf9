"""What format a file has, by the ending of its name, or else by how its content begins."""

from __future__ import annotations

import io
import json
import re
from pathlib import PurePosixPath

from copydesk.raw.encodings.transcoding import Utf8Stream

GUESSED_BYTES = 1 << 14
SUFFIXES = {
    ".txt": "text",
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    **dict.fromkeys((".jsonl", ".ndjson"), "jsonl"),
    **dict.fromkeys((".csv", ".tsv", ".tab"), "csv"),
    ".parquet": "parquet",
    **dict.fromkeys((".warc", ".wet"), "warc"),
    ".ninjs": "ninjs",
    ".nitf": "nitf",
    ".newsml": "newsml",
    **dict.fromkeys((".rss", ".atom"), "feed"),
}
MAGICS = {b"PAR1": "parquet", b"WARC/": "warc"}
WIRE = re.compile(rb"[\s\x00\x16\x7f]*\x01")  # idle signs, and what begins a header
# Element names without their prefix; every other root is a page.
ROOTS = {
    "nitf": "nitf",
    **dict.fromkeys(("newsMessage", "newsItem", "NewsML", "contentSet"), "newsml"),
    **dict.fromkeys(("rss", "feed", "RDF"), "feed"),
}
ROOT = re.compile(
    r"(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^<>\[]*(?:\[.*?\]\s*)?>)*<(?:[\w.-]+:)?([\w.-]+)", re.DOTALL | re.IGNORECASE
)
NINJS = re.compile(r'"(?:body_?(?:html|text)|bodies|pubstatus|versioncreated|headlines?)"\s*:', re.IGNORECASE)
URI = re.compile(r'"uri"\s*:')
# "[Correction] The mayor …" is a text.
ARRAY = re.compile(r'\[\s*(?:[\[{"\]\d-]|true\b|false\b|null\b|$)')
OBJECT = re.compile(r'\{\s*(?:["}]|$)')
ENVELOPE = re.compile(r":\s*\[\s*\{")  # an array of objects in an object


def guess_format(name: str, head: bytes) -> str:
    """The format of a file called `name` whose content begins with `head`."""
    for suffix in reversed(PurePosixPath(name).suffixes):
        if suffix.lower() in SUFFIXES:
            return SUFFIXES[suffix.lower()]
    if magic := next((magic for magic in MAGICS if head.startswith(magic)), None):
        return MAGICS[magic]
    if WIRE.match(head):
        return "iptc7901"
    text = _decoded(head).lstrip()
    if text.startswith("<"):
        root = ROOT.match(text)
        return ROOTS.get(root[1], "html") if root else "html"
    if ARRAY.match(text):
        return "ninjs" if _is_ninjs(text) else "json"
    return _guess_object(text) if OBJECT.match(text) else "text"


def _guess_object(text: str) -> str:
    """The format of a file that begins with a JSON object: one a line, unless the first line is not an object by itself."""
    if _is_ninjs(text):
        return "ninjs"
    line, end, rest = text.partition("\n")
    if not rest.strip() and ENVELOPE.search(line):
        return "json"  # which reads an object that is a record as well
    try:
        json.loads(line)
    except ValueError:
        return "json" if end else "jsonl"  # a line without an end was cut by us
    return "jsonl"


def _is_ninjs(text: str) -> bool:
    return bool(URI.search(text) and NINJS.search(text))


def _decoded(head: bytes) -> str:
    return Utf8Stream(io.BytesIO(head)).peek(2 * len(head)).decode("utf-8", "replace")
