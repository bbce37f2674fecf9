"""Texts with labelled lines → the article, what those lines say, and the lines themselves."""

from __future__ import annotations

from typing import NamedTuple

from copydesk.blocks.exports.above import claims_unlabelled
from copydesk.blocks.exports.claiming import claims_of
from copydesk.blocks.exports.entries import Entry, Head, read_head
from copydesk.blocks.exports.front_matter.reading import read_front_matter
from copydesk.blocks.exports.gate import may_be_labelled
from copydesk.blocks.exports.labels import TEXT, UNREAD, read_label
from copydesk.blocks.exports.read_lines import ReadLine, read_line, read_lines
from copydesk.blocks.exports.tails import is_furniture, read_tail
from copydesk.fields.claims import Claim

HEAD_BYTES = 20_000  # no head is longer, up to the line that has the last
SUMMARY = "description"
UNSEEN = "\ufeff\u200b"  # around lines; those of nothing else are blank


class Export(NamedTuple):
    """A text parted into its article and what its labelled lines say."""

    article: bytes
    claims: list[Claim]
    above: int  # lines of the article, blank ones not counted, that stand above the head
    head: list[ReadLine]
    tail: list[ReadLine]


class _Article(NamedTuple):
    """The article among the lines."""

    article: list[str]
    read: list[ReadLine]  # that stand before it
    behind: int  # the line below it
    summary: Entry | None = None  # that the article is


def read_export(utf8: bytes) -> Export | None:
    """The text parted, where it opens with labelled lines; None for nearly all."""
    if not may_be_labelled(utf8):
        return None
    lines = _lines(utf8)
    opening = lines[: len(_lines(utf8[:HEAD_BYTES]))]
    head = read_front_matter(opening) or read_head(opening)
    return _parted(lines, head) if head else None


def with_taken(export: Export | None, taken: list[ReadLine]) -> Export | None:
    """The export with lines that were taken out of its article, which stand first below it; one that has nothing else, where there is none."""
    if not taken:
        return export
    return export._replace(tail=[*taken, *export.tail]) if export else Export(b"", [], 0, [], taken)


def _lines(utf8: bytes) -> list[str]:
    return [line.strip(UNSEEN) for line in utf8.decode("utf-8", "ignore").splitlines()]


def _parted(lines: list[str], head: Head) -> Export | None:
    """The export; None where no article is left."""
    opening = head.entries[0].first - head.fence
    end, told = read_tail(lines, head.start, {entry.field for entry in head.entries})
    found = _below(lines, opening, head, end) or _summed_up(lines, opening, head, told)
    if found is None:
        return None
    over = [line for line in lines[:opening] if line.strip()]
    above = [line for line in over if not is_furniture(line.strip())]
    furniture = [read_line(line, UNREAD) for line in over if is_furniture(line.strip())]
    entries = [entry for entry in (*head.entries, *told) if entry is not found.summary]
    claims = [*claims_of(entries), *claims_unlabelled(above, found.article, entries)]
    tail = list(read_lines(lines, range(found.behind, len(lines)), entries))
    return Export("\n".join([*above, *found.article]).encode(), claims, len(above), [*furniture, *found.read], tail)


def _below(lines: list[str], opening: int, head: Head, end: int) -> _Article | None:
    """The lines below the head; None where they are blank."""
    article = lines[head.start : end]
    if not any(map(str.strip, article)):
        return None
    read = list(read_lines(lines, range(opening, head.start), head.entries))
    if head.column:
        read.append(read_line(article[0][: head.column], TEXT))
        article[0] = article[0][head.column :]
    return _Article(article, [*read, *_without_codes(article)], end)


def _summed_up(lines: list[str], opening: int, head: Head, told: list[Entry]) -> _Article | None:
    """The summary in the place of the article, as databases have some texts; None where there is none."""
    entries = [*head.entries, *told]
    summary = next((entry for entry in entries if entry.field == SUMMARY and entry.values), None)
    if summary is None:
        return None
    if head.fence and summary in head.entries:  # its lines have quotation marks and comments, too
        return _Article(summary.values, [*read_lines(lines, range(opening, summary.last), entries)], summary.last, summary)
    label = read_line(lines[summary.first].rstrip().removesuffix(summary.values[0]), SUMMARY)
    return _Article(summary.values, [*read_lines(lines, range(opening, summary.first), entries), label], summary.last, summary)


def _without_codes(article: list[str]) -> list[ReadLine]:
    """The codes that stand before paragraphs of the article, which are taken away from it."""
    taken = []
    for at, line in enumerate(article):
        if line[:2].isupper() and (found := read_label(line)) and found.is_code and found.field == TEXT:
            taken.append(read_line(line[: found.start], TEXT))
            article[at] = line[found.start :]
    return taken
