"""Labelled blocks → articles: fields, paragraphs, pictures, and the rails that were cut, as data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, groupby
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from copydesk.blocks.segment import host
from copydesk.blocks.table import Claim, Segmented
from copydesk.fields.agencies import agency_in_brackets, read_dateline
from copydesk.fields.dates import parse_date
from copydesk.fields.identity import article_id, fingerprint
from copydesk.fields.images import Image, Shown, add_elements, group_captions
from copydesk.fields.language import detect_language
from copydesk.fields.people import parse_byline, people, signed_parts
from copydesk.fields.publication import MODIFIED, PUBLISHED, Reader, Times, read_times, says_change
from copydesk.fields.rails import Line, Rail, read_rails
from copydesk.fields.titles import pick_title
from copydesk.fields.urls import absolute, canonical
from copydesk.labels.labelling import Labelled
from copydesk.labels.names import KEPT, LABELS
from copydesk.schema import CLEAN, ORIGIN_COLUMNS

LETTERS_WITHOUT_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0eff]")
TEXT = "text/plain"
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
    datetime: str | None


class Document(NamedTuple):
    """One document with its labelled blocks and its claims."""

    row: dict[str, Any]
    claims: list[Claim]
    blocks: list[Block]

    @property
    def url(self) -> str | None:
        """Where it was fetched from."""
        url: str | None = self.row["url"]
        return url

    def lines(self, *labels: str) -> list[str]:
        """Texts of the blocks with one of the labels, in order."""
        return [b.text for b in self.blocks if b.label in labels]

    def runs(self, label: str) -> Iterator[list[Block]]:
        """Blocks with that label that stand together."""
        return (list(run) for found, run in groupby(self.blocks, key=lambda b: b.label) if found == label)

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
    names = [LABELS[i] for i in labelled.labels.tolist()]
    texts, hrefs, datetimes = (blocks[name].to_pylist() for name in ("text", "href", "datetime"))
    columns = (texts, names, labelled.probabilities.tolist(), hrefs, datetimes)
    owner = blocks["document"].to_numpy()
    edges = np.searchsorted(owner, np.arange(segmented.documents.num_rows + 1)).tolist()
    for index, row in enumerate(segmented.documents.to_pylist()):
        span = slice(edges[index], edges[index + 1])
        found = list(map(Block._make, zip(count(), *(column[span] for column in columns), strict=False)))
        claims = [Claim(c["field"], c["value"], c["clue"]) for c in row["claims"] or ()]
        yield Document(row, claims, found)


def _article(document: Document, origin: Origination) -> dict[str, Any]:
    kept = [b for b in document.blocks if b.label in KEPT]
    paragraphs = [b.text for b in kept]
    body = "\n\n".join(paragraphs) or None
    title = pick_title(document.lines("title"), document.claims, host(document.url))
    standfirst = "\n".join(document.lines("standfirst")) or None
    stated = canonical(next(iter(document.claimed("canonical_url")), None), document.url) or canonical(document.url)
    times = _times(document, origin)
    published = times.published.at if times.published else None
    return {
        "article_id": article_id(origin.source, stated, document.row["id"], title, published),
        "url": document.url,
        "canonical_url": stated,
        "title": title,
        "standfirst": standfirst,
        "body": body,
        "paragraphs": paragraphs,
        **_signature(document, paragraphs),
        "section": next(iter(document.claimed("section")), None),
        "tags": _tags(document.claimed("tags")),
        "language": detect_language(title, body or ""),
        **_time_columns(times),
        "images": _images(document),
        "rails": _rails(document),
        "word_count": count_words(body or ""),
        "page_type": "live_blog" if any(t.startswith("LiveBlog") for t in document.claimed("type")) else "article",
        "free_to_read": _free(document.claimed("free_to_read")),
        "label_confidence": float(np.mean([b.probability for b in kept])) if kept else 0.0,
        "fingerprint": fingerprint(title, standfirst, body),
        **{column.name: document.row[column.name] for column in ORIGIN_COLUMNS},
    }


def _times(document: Document, origin: Origination) -> Times:
    """Times from claims and date lines; a byline may carry the date too."""
    crawled = parse_date(document.row["crawl_date"]) if document.row["crawl_date"] else None
    reader = Reader(crawled.at if crawled else None, origin.zone, origin.language)
    dated = [b for b in document.blocks if b.label in ("date", "byline")]
    elements = [Claim(MODIFIED if says_change(b.text) else PUBLISHED, b.datetime, "time") for b in dated if b.datetime]
    lines = [b.text for b in sorted(dated, key=lambda b: b.label == "byline")]
    return read_times([*document.claims, *elements], lines, document.url, reader)


def _time_columns(times: Times) -> dict[str, Any]:
    published = times.published
    return {
        "published_at": published.at if published else None,
        "published_precision": published.precision if published else None,
        "published_zone": published.zone if published else None,
        "published_clue": times.clue,
        "modified_at": times.modified.at if times.modified else None,
    }


def _signature(document: Document, paragraphs: Sequence[str]) -> dict[str, Any]:
    """People who signed, and the agency; a date line may carry the byline too."""
    lines = document.lines("byline") + [part for line in document.lines("date") for part in signed_parts(line)]
    stated = document.claimed("author")
    dateline = read_dateline(paragraphs)
    agencies = [*(parse_byline(line).agency for line in (*lines, *stated)), agency_in_brackets(dateline or "")]
    return {
        "authors": list(people(stated) or people(lines)),
        "agency": next((name for name in agencies if name), None),
        "dateline": dateline,
    }


def _images(document: Document) -> list[Image]:
    """Pictures that have a caption; the picture elements that stand beside it give the address."""
    pictures = document.row["pictures"] or []
    images: list[Image] = []
    for run in document.runs("caption"):
        near = [p for p in pictures if run[0].ordinal - 1 <= p["before"] <= run[-1].ordinal + 1 and p["url"]]
        found = group_captions([b.text for b in run])
        add_elements(found, [Shown(absolute(p["url"], document.url) or p["url"], p["alt"]) for p in near])
        images += found
    return images


def _rails(document: Document) -> list[Rail]:
    """Lists of links to other stories; in a page, lines without a link are none."""
    runs = (run for run in document.runs("rail") if document.row["media_type"] == TEXT or any(b.href for b in run))
    lines = ([Line(b.text, absolute(b.href, document.url) or b.href) for b in run] for run in runs)
    return [rail for run in lines for rail in read_rails(run)]


def _tags(stated: Sequence[str]) -> list[str]:
    """Keywords, each once; meta tags put many into one string."""
    parts = (part.strip() for value in stated for part in re.split(r"[,;]", value))
    return list(dict.fromkeys(part for part in parts if part))


def _free(stated: Sequence[str]) -> bool | None:
    return stated[0].lower() not in FALSE if stated else None


def count_words(text: str) -> int:
    """Words of `text`; letters of scripts that put no spaces between words count as one each."""
    letters = len(LETTERS_WITHOUT_SPACES.findall(text))
    return len(LETTERS_WITHOUT_SPACES.sub(" ", text).split()) + letters
