"""Labelled blocks → articles: fields, paragraphs, pictures, and the rails that were cut, as data."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from copydesk.blocks.table import Claim, Segmented
from copydesk.fields.dates import parse_date
from copydesk.fields.images import Image, group_captions
from copydesk.fields.language import detect_language
from copydesk.fields.people import agency, parse_byline, people
from copydesk.fields.publication import Times, read_times
from copydesk.fields.rails import Line, Rail, read_rails
from copydesk.fields.titles import fold, pick_title
from copydesk.fields.urls import absolute, canonical
from copydesk.labels.labelling import Labelled
from copydesk.labels.names import KEPT, LABELS
from copydesk.schema import CLEAN

DATELINE = re.compile(r"^(?P<dateline>\p{U}[\w .,'’/-]{1,40}?(?:\s*\([\w /]{2,30}\))?)\s*(?:[—–]|--?)\s".replace(r"\p{U}", "[^\\W\\d_a-zа-яα-ω]"))
LETTERS_WITHOUT_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0eff]")
FALSE = frozenset({"false", "no", "0", "locked", "metered"})


@dataclass(frozen=True, slots=True)
class Origination:
    """What is known of all documents of a run: who published them, and how to read what they leave open."""

    source: str
    zone: str = "UTC"
    language: str | None = None


class Block(NamedTuple):
    """One labelled block."""

    ordinal: int
    text: str
    label: str
    probability: float
    href: str | None


class Document(NamedTuple):
    """One document with its labelled blocks and its claims."""

    row: dict[str, Any]
    claims: list[Claim]
    blocks: list[Block]

    def lines(self, label: str) -> list[str]:
        """Texts of the blocks with that label, in order."""
        return [b.text for b in self.blocks if b.label == label]

    def claimed(self, field: str) -> list[str]:
        """What the page states for a field, in order of trust."""
        return [c.value for c in self.claims if c.field == field]


def assemble(segmented: Segmented, labelled: Labelled, origin: Origination) -> pa.Table:
    """One row per document, in order, in the schema of `clean`; a document without a body has null there."""
    rows = [_article(document, origin) for document in documents_of(segmented, labelled)]
    return pa.Table.from_pylist(rows, CLEAN.schema)


def documents_of(segmented: Segmented, labelled: Labelled) -> Iterator[Document]:
    """Documents with their labelled blocks."""
    blocks = segmented.blocks
    texts, hrefs = blocks["text"].to_pylist(), blocks["href"].to_pylist()
    names = [LABELS[i] for i in labelled.labels]
    probabilities = labelled.probabilities.tolist()
    owner = blocks["document"].to_numpy()
    edges = np.searchsorted(owner, np.arange(segmented.documents.num_rows + 1)).tolist()
    for index, row in enumerate(segmented.documents.to_pylist()):
        span = range(edges[index], edges[index + 1])
        found = [Block(i - edges[index], texts[i], names[i], probabilities[i], hrefs[i]) for i in span]
        claims = [Claim(c["field"], c["value"], c["clue"]) for c in row["claims"] or ()]
        yield Document(row, claims, found)


def _article(document: Document, origin: Origination) -> dict[str, Any]:
    kept = [b for b in document.blocks if b.label in KEPT]
    paragraphs = [b.text for b in kept]
    body = "\n\n".join(paragraphs) or None
    url = document.row["url"]
    title = pick_title(document.lines("title"), document.claims)
    standfirst = "\n".join(document.lines("standfirst")) or None
    language = detect_language(title, body or "")
    crawled = parse_date(document.row["crawl_date"], "UTC") if document.row["crawl_date"] else None
    times = read_times(document.claims, document.lines("date"), url, crawled.at if crawled else None, origin.zone, origin.language)
    stated = canonical(next(iter(document.claimed("canonical_url")), None), url) or canonical(url)
    dateline = _dateline(paragraphs)
    authors, supplied_by = _signed(document, dateline)
    return {
        "article_id": _identity(origin.source, stated, document.row["id"], title, times),
        "url": url,
        "canonical_url": stated,
        "title": title,
        "standfirst": standfirst,
        "body": body,
        "paragraphs": paragraphs,
        "authors": authors,
        "agency": supplied_by,
        "dateline": dateline,
        "section": next(iter(document.claimed("section")), None),
        "tags": _tags(document.claimed("tags")),
        "language": language,
        **_time_columns(times),
        "images": _images(document),
        "rails": _rails(document),
        "word_count": _count_words(body or ""),
        "page_type": "live_blog" if any(t.startswith("LiveBlog") for t in document.claimed("type")) else "article",
        "free_to_read": _free(document.claimed("free_to_read")),
        "label_confidence": float(np.mean([b.probability for b in kept])) if kept else 0.0,
        "fingerprint": _digest(fold(part or "") for part in (title, standfirst, body)),
        "origin": document.row["origin"],
    }


def _identity(source: str, address: str | None, given: str | None, title: str | None, times: Times) -> str:
    """The article's id: the same in every dump, so the address counts before the place in the dump."""
    if address:
        return _digest((source, "url", address))
    if title and times.published:
        return _digest((source, "title", fold(title), times.published.at.isoformat()))
    return _digest((source, "id", given or "", fold(title or "")))


def _digest(parts: Iterator[str] | Sequence[str]) -> str:
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()


def _time_columns(times: Times) -> dict[str, Any]:
    published = times.published
    return {
        "published_at": published.at if published else None,
        "published_precision": published.precision if published else None,
        "published_zone": published.zone if published else None,
        "published_clue": times.clue,
        "modified_at": times.modified.at if times.modified else None,
    }


def _signed(document: Document, dateline: str | None) -> tuple[list[str], str | None]:
    """People who signed, and the agency: bylines on the page before what its markup states."""
    lines = document.lines("byline")
    stated = document.claimed("author")
    authors = people(stated) or people(lines)
    named = [parse_byline(line).agency for line in (*lines, *stated)]
    in_dateline = re.search(r"\(([^)]*)\)", dateline or "")
    named.append(agency(in_dateline[1]) if in_dateline else None)
    return list(authors), next((name for name in named if name), None)


def _dateline(paragraphs: Sequence[str]) -> str | None:
    """`LONDON (AP)` of `LONDON (AP) — …`: capitals or an agency in brackets, else it is a sentence with a dash."""
    found = DATELINE.match(paragraphs[0]) if paragraphs else None
    if not found:
        return None
    place = found["dateline"].strip()
    bracket = re.search(r"\(([^)]*)\)", place)
    is_dateline = agency(bracket[1]) is not None if bracket else place.isupper()
    return place if is_dateline else None


def _images(document: Document) -> list[Image]:
    """Pictures that have a caption; the picture element that stands nearest before it gives the address."""
    pictures = document.row["pictures"] or []
    images: list[Image] = []
    for label, run in groupby(document.blocks, key=lambda b: b.label):
        if label != "caption":
            continue
        blocks = list(run)
        near = [p for p in pictures if blocks[0].ordinal - 1 <= p["before"] <= blocks[-1].ordinal + 1 and p["url"]]
        found = group_captions([b.text for b in blocks])
        for image, picture in zip(found, near, strict=False):
            image["url"] = absolute(picture["url"], document.row["url"]) or picture["url"]
            if picture["alt"] and picture["alt"] != image.get("caption"):
                image.setdefault("alt", picture["alt"])
        images += found
    return images


def _rails(document: Document) -> list[Rail]:
    rails: list[Rail] = []
    for label, run in groupby(document.blocks, key=lambda b: b.label):
        if label == "rail":
            rails += read_rails([Line(b.text, absolute(b.href, document.row["url"])) for b in run])
    return rails


def _tags(stated: Sequence[str]) -> list[str]:
    """Keywords, each once; meta tags put many into one string."""
    parts = (part.strip() for value in stated for part in re.split(r"[,;]", value))
    return list(dict.fromkeys(part for part in parts if part))


def _free(stated: Sequence[str]) -> bool | None:
    return stated[0].lower() not in FALSE if stated else None


def _count_words(body: str) -> int:
    letters = len(LETTERS_WITHOUT_SPACES.findall(body))
    return len(LETTERS_WITHOUT_SPACES.sub(" ", body).split()) + letters
