"""Texts with labelled lines → the article, what those lines say, and the lines themselves."""

from __future__ import annotations

from typing import NamedTuple

from copydesk.blocks.exports.above import claims_unlabelled
from copydesk.blocks.exports.claiming import claims_of
from copydesk.blocks.exports.entries import Head, read_head
from copydesk.blocks.exports.front_matter import read_front_matter
from copydesk.blocks.exports.gate import may_be_labelled
from copydesk.blocks.exports.labels import TEXT, UNREAD, read_label
from copydesk.blocks.exports.read_lines import ReadLine, read_line, read_lines
from copydesk.blocks.exports.tails import is_furniture, read_tail
from copydesk.fields.claims import Claim

HEAD_BYTES = 20_000  # no head is longer
ABSTRACT = "description"


class Export(NamedTuple):
    """A text parted into its article and what its labelled lines say."""

    article: bytes
    claims: list[Claim]
    above: int  # lines of the article, blank ones not counted, that stand above the head
    head: list[ReadLine]
    tail: list[ReadLine]


def read_export(utf8: bytes) -> Export | None:
    """The text parted, where it opens with labelled lines; None for nearly all."""
    if not may_be_labelled(utf8):
        return None
    lines = _lines(utf8[:HEAD_BYTES])
    head = read_front_matter(lines) or read_head(lines)
    return _parted(_lines(utf8), head) if head else None


def _lines(utf8: bytes) -> list[str]:
    return utf8.decode("utf-8", "ignore").splitlines()


def _parted(lines: list[str], head: Head) -> Export | None:
    """The export; None where no article is left."""
    opening = head.entries[0].first - head.fence
    end, told = read_tail(lines, head.start)
    entries = [*head.entries, *told]
    over = [line for line in lines[:opening] if line.strip()]
    above = [line for line in over if not is_furniture(line.strip())]
    read = [read_line(line, UNREAD) for line in over if is_furniture(line.strip())]
    article, behind = lines[head.start : end], end
    if any(map(str.strip, article)):
        read += read_lines(lines, range(opening, head.start), head.entries)
        if head.column:
            read.append(read_line(article[0][: head.column], TEXT))
            article[0] = article[0][head.column :]
        read += _without_codes(article)
    else:
        abstract = next((entry for entry in entries if entry.field == ABSTRACT and entry.values), None)
        if abstract is None:
            return None
        entries.remove(abstract)
        article, behind = abstract.values, abstract.last
        read += read_lines(lines, range(opening, abstract.first), entries)
        read.append(read_line(lines[abstract.first].rstrip().removesuffix(article[0]), ABSTRACT))
    tail = list(read_lines(lines, range(behind, len(lines)), entries))
    claims = [*claims_of(entries), *claims_unlabelled(above, article, entries)]
    return Export("\n".join([*above, *article]).encode(), claims, len(above), read, tail)


def _without_codes(article: list[str]) -> list[ReadLine]:
    """The codes that stand before paragraphs of the article, which are taken away from it."""
    taken = []
    for at, line in enumerate(article):
        if line[:2].isupper() and (found := read_label(line)) and found.is_code and found.field == TEXT:
            taken.append(read_line(line[: found.start], TEXT))
            article[at] = line[found.start :]
    return taken
