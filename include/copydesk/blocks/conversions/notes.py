"""Texts with numbers in brackets at their links or notes, and a list of these at the end: browsers that print pages as text, databases, encyclopedias.

A number in brackets is one only where the list has it: `x[1]` and `[sic]` stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from copydesk.blocks.exports.read_lines import OTHER, ReadLine
from copydesk.blocks.wrapping import unwrap
from copydesk.fields.words import ends_sentence

# `  12. https://…`, `[12] https://…`, `[12] Budget of the town, page 12.`, `¹ Report, table 2.`
LISTED = re.compile(
    r"\s*(?:(?P<bare>\d{1,4})\.\s+(?:[a-z][a-z\d+.-]{1,14}:|/)\S*\s*|\[(?P<number>\d{1,4})\][.]?\s+\S.*|(?P<raised>[¹²³⁰⁴-⁹]{1,3})\s*\S.*)"
)
MARK = re.compile(r"(?P<blank>[ \t]?)\[(?P<number>\d{1,4})\](?P<behind>[ \t]?)")
RAISED = re.compile(r"(?<=[^\s\d⁰¹²³⁴-⁹/⁄])[⁰¹²³⁴-⁹]{1,3}")
DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
MOST_CHARS, HEADING_CHARS = 600, 40
FEWEST, LEAST_SHARE = 2, 0.5  # notes, and those of them that have a mark: some links have no words
ALONE = range(1, 4)  # such marks must be there where no list is, most of them behind the sign that ends a part of a sentence
ATTACHED = re.compile(r"(?<=[^\s\[(])\[(?P<number>\d{1,3})\](?![\w(=])")
BEHIND = re.compile(r"(?<=[.,;:!?»”\"’)\]。，])\[\d{1,3}\]")
DEFINED = re.compile(r"^ {0,3}\[1\]:\s", re.MULTILINE)  # of Markdown, whose links have numbers behind them too
REASON = "a link or a note in a list of them"


class _List(NamedTuple):
    """The list at the end."""

    start: int  # its first line
    numbers: frozenset[int]
    is_raised: bool


def without_notes(text: str, taken: list[ReadLine]) -> str:
    """The text without numbers of notes and their list, which is `taken`; as it is where it has no list, and no numbers in order."""
    lines = text.splitlines()
    found = _list(lines)
    article = "\n".join(lines[: found.start]) if found else ""
    if not found or not _is_referred_to(article, found):
        return _without_marks_alone(text)
    taken += [ReadLine(line.strip(), OTHER, REASON) for line in lines[found.start :] if line.strip()]
    article = unwrap(article) or article  # as long as its lines are as they were filled
    if found.is_raised:
        return RAISED.sub(lambda mark: "" if _value(mark[0]) in found.numbers else mark[0], article)
    return MARK.sub(lambda mark: _unmarked(mark, found.numbers), article)


def _list(lines: Sequence[str]) -> _List | None:
    """The notes at the end, numbered from 1 on, with the heading above them; None where there are none."""
    numbers, start, is_raised = list[int](), len(lines), False
    for at in range(len(lines) - 1, -1, -1):
        if not lines[at].strip():
            continue
        entry = LISTED.fullmatch(lines[at]) if len(lines[at]) <= MOST_CHARS else None
        number = int(entry["bare"] or entry["number"] or _value(entry["raised"])) if entry else None
        if entry and number is not None and (not numbers or number == numbers[-1] - 1):
            numbers.append(number)
            start, is_raised = at, bool(entry["raised"])
            if number == 1:
                break
        elif not _may_be_heading(lines[at]) or not numbers or start - at > FEWEST:
            return None
    if not numbers or numbers[-1] != 1:
        return None
    return _List(_with_heading(lines, start), frozenset(numbers), is_raised)


def _value(raised: str) -> int:
    return int(raised.translate(DIGITS))


def _may_be_heading(line: str) -> bool:
    return len(line.strip()) <= HEADING_CHARS and not ends_sentence(line)


def _with_heading(lines: Sequence[str], start: int) -> int:
    """The line of the heading above the list: the last before it, if it is short, and up to another that stands apart."""
    for _ in range(2):  # `References`, `Visible links`
        above = next((at for at in range(start - 1, -1, -1) if lines[at].strip()), None)
        if above is None or not _may_be_heading(lines[above]) or not _stands_apart(lines, above) or MARK.search(lines[above]):
            break
        start = above
    return start


def _stands_apart(lines: Sequence[str], at: int) -> bool:
    return at == 0 or not lines[at - 1].strip()


def _is_referred_to(article: str, found: _List) -> bool:
    marks = (
        (_value(mark) for mark in RAISED.findall(article))
        if found.is_raised
        else (int(mark["number"]) for mark in MARK.finditer(article))
    )
    named = found.numbers.intersection(marks)
    return 1 in named and len(named) >= max(min(FEWEST, len(found.numbers)), LEAST_SHARE * len(found.numbers))


def _unmarked(mark: re.Match[str], numbers: frozenset[int]) -> str:
    """What stays in the place of a mark: of blanks on both sides one."""
    if int(mark["number"]) not in numbers:
        return mark[0]
    return mark["blank"] or mark["behind"]


def _without_marks_alone(text: str) -> str:
    """Without marks of notes that are not there, as in a part of a page of an encyclopedia."""
    marks = [int(mark["number"]) for mark in ATTACHED.finditer(text)]
    is_counted = set(ALONE).issubset(marks) and marks[0] == 1
    if not is_counted or 2 * len(BEHIND.findall(text)) <= len(marks) or DEFINED.search(text):
        return text
    return ATTACHED.sub("", text)
