"""What it takes to look into one article: its raw record, its texts on the page, and what differs between two of them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import fields
from difflib import SequenceMatcher
from html import escape
from typing import Any

import pandas as pd
from IPython.display import HTML
from pandas.io.formats.style import Styler
from sample_lake import SOURCES

from copydesk.dumps import kind_of
from copydesk.records import Origin, Record, Reject
from copydesk.run import Run
from copydesk.settings import Settings
from copydesk.sources import find
from copydesk.steps.origins import record_at

KEPT, FIELD, CUT = "#D9EAF7", "#FBE9C6", "#F0F0F0"  # told apart without colour by their words
FIELDS = ("title", "standfirst", "date", "byline", "caption")


def raw_record(row: Mapping[str, Any]) -> Record | Reject:
    """The record a row came from, read again from the file, the member and the place its origin names."""
    folder, dump = row["origin_uri"].rpartition("/")[0], row.get("dump") or row["last_seen_dump"]
    sources = os.environ.get("COPYDESK_SOURCES", str(SOURCES))
    settings = Settings(raw=folder, lake=os.environ["COPYDESK_LAKE"], sources=sources)
    values = {part.name: row[f"origin_{part.name}"] for part in fields(Origin)}
    origin = Origin(**{name: None if pd.isna(value) else value for name, value in values.items()})
    found = record_at(Run(find(row["source"], sources), dump, "look", settings, kind_of(dump)), origin)
    if found is None:
        raise LookupError(f"{origin.uri}: has no record {origin.ordinal} any more; was the dump replaced?")
    return found


def text_of(record: Record | Reject, characters: int = 1500) -> HTML:
    """The beginning of the record as it stands in the dump."""
    if isinstance(record, Reject):
        return HTML(f"<p><b>{escape(record.reason)}</b>: {escape(record.detail)}</p>")
    content = record.content if isinstance(record.content, str) else record.content.decode("utf-8", "backslashreplace")
    rest = f"\n… {len(content) - characters:,} characters more" if len(content) > characters else ""
    return HTML(f"<pre style='white-space: pre-wrap'>{escape(content[:characters])}{rest}</pre>")


def described(record: Record) -> dict[str, Any]:
    """The record as `copydesk.explain` takes it."""
    names = ("content", "media_type", "url", "crawl_date")
    return {"id": record.id or record.origin.uri, **{name: getattr(record, name) for name in names}}


def coloured(blocks: pd.DataFrame) -> Styler:
    """Blocks with their fate: kept in the body, kept in a field of its own, or cut."""
    fate = [_fate(block) for block in blocks.to_dict("records")]
    shown = pd.DataFrame(
        {
            "fate": fate,
            "label": blocks["label"],
            "probability": blocks["probability"],
            "text": blocks["text"].map(lambda text: text if len(text) <= 90 else f"{text[:89]}…"),
            "why": blocks["reasons"].map("; ".join),
        }
    )
    colours = {"body": KEPT, "field": FIELD, "cut": CUT}
    style = shown.style.apply(lambda line: [f"background-color: {colours[line['fate']]}; color: #222222"] * len(line), axis=1)
    return style.format({"probability": "{:.2f}"}, escape="html").set_properties(**{"text-align": "left"})


def _fate(block: Mapping[str, Any]) -> str:
    if block["kept"]:
        return "body"
    return "field" if block["label"] in FIELDS else "cut"


def page_of(article: Mapping[str, Any]) -> HTML:
    """The article as a reader would want it."""
    facts = [article["source"], f"{article['published_at']:%d %B %Y, %H:%M} UTC", *article["authors"], article["agency"]]
    line = " · ".join(escape(str(fact)) for fact in facts if not pd.isna(fact))
    paragraphs = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in article["paragraphs"])
    standfirst = f"<p><i>{escape(article['standfirst'])}</i></p>" if isinstance(article["standfirst"], str) else ""
    return HTML(f"<div style='max-width: 42em'><h3>{escape(article['title'])}</h3><p>{line}</p>{standfirst}{paragraphs}</div>")


def changes(before: str, after: str) -> HTML:
    """The words of both texts: what went is struck out, what came is underlined."""
    old, new = before.split(), after.split()
    words = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = escape(" ".join(old[a:b])), escape(" ".join(new[c:d]))
        if kind == "equal":
            words.append(gone)
            continue
        words += [f"<del style='color: #B34700'>{gone}</del>"] * bool(gone)
        words += [f"<ins style='color: #0072B2'>{come}</ins>"] * bool(come)
    return HTML(f"<div style='max-width: 42em'>{' '.join(words)}</div>")
