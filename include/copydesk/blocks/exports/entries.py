"""The labelled lines above an article, each with its value, and where the article begins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as made_by
from typing import NamedTuple

from copydesk.blocks.exports.labels import TEXT, UNREAD, Labelled, is_swedish, read_label
from copydesk.fields.people.bylines import is_person
from copydesk.fields.times.dates import parse_date
from copydesk.fields.words import ends_sentence

MOST_ABOVE = 9  # lines before the first label: the paper's name, its date and edition, the headline
MOST_BETWEEN = 3  # lines without a label, or with an unknown one, between two that are known
VALUE_CHARS, LINE_CHARS, TITLE_CHARS, NAMES_CHARS = 600, 120, 300, 200
SENTENCE_CHARS = 60  # a longer line that ends as sentences do is the article's
LONG = frozenset({"description", "tags", UNREAD, TEXT, "caption"})  # fields whose values may be long
FEWEST_LABELS, FEWEST_READ = 3, 2  # different ones, by which a head is known
NOT_READ = frozenset({UNREAD, TEXT, "caption", "loaded", "modified_at", "canonical_url"})  # they do not make a head
RUBRIK = "rubrik"
SIGNED = "author"  # `Text: Ann Lee`
OF_EXPORTS = frozenset({UNREAD, "loaded", "site", "info"})
DATED = frozenset({"published_at", "modified_at", "loaded"})
SHORT = DATED | {"canonical_url"}  # fields whose values take up one line
OF_ONE = frozenset({"title", "published_at", "section", "description", "site"})  # fields of which one article has one
PLACING = frozenset({"published_at", "site", "info", "section", "sender", "source"})  # say when or where it appeared
# One of them beside a title is enough where nothing else is said.
SIGNING = frozenset({"author", "published_at", "site", "source"})


@dataclass(slots=True)
class Entry:
    """A label with its value, and the lines that both take up."""

    field: str
    label: str
    first: int
    last: int  # the line behind it
    values: list[str] = made_by(default_factory=list)
    is_inline: bool = False  # the value stands in the line of the label

    @property
    def value(self) -> str:
        """The value in one line."""
        return " ".join(self.values)


class Head(NamedTuple):
    """What stands above an article."""

    entries: list[Entry]
    start: int  # line at which the article begins
    column: int = 0  # in that line
    fence: int = 0  # lines above the first entry that belong to the head


class _Between(NamedTuple):
    """A line without a label that is known."""

    at: int
    line: str
    is_apart: bool  # behind a blank line
    is_labelled: bool  # with a label that is not known


def read_head(lines: Sequence[str]) -> Head | None:
    """The labelled lines that the text opens with; None where it opens with none, or too few to tell."""
    entries: list[Entry] = []
    between: list[_Between] = []
    head = None
    is_apart = False
    for at, line in enumerate(lines):
        if not line.strip():
            is_apart = True
            continue
        found = read_label(line)
        if found is not None and found.field is not None and fits(found):
            _take(entries, between)
            name = SIGNED if found.field == TEXT and is_person(found.value) else found.field
            entries.append(Entry(name, found.label, at, at + 1, [found.value] if found.value else [], bool(found.value)))
            if name == TEXT:
                head = Head(entries, at if found.value else at + 1, found.start if found.value else 0)
                break
            between = []
        else:
            between.append(_Between(at, line.strip(), is_apart, found is not None and bool(found.value)))
            if not _may_go_on(entries, between):
                break
        is_apart = False
    if not entries:
        return None
    return _checked(head or Head(entries, _close(entries, lines)))


def fits(found: Labelled) -> bool:
    """Whether the value can be one of the field."""
    if found.field in DATED:
        return not found.value or (len(found.value) <= LINE_CHARS and parse_date(found.value) is not None)
    most = {"title": TITLE_CHARS, "author": NAMES_CHARS}.get(found.field or "", VALUE_CHARS)
    return found.field in LONG or len(found.value) <= most


def _may_go_on(entries: Sequence[Entry], between: Sequence[_Between]) -> bool:
    """Whether another label may follow lines without one."""
    if not entries:
        return len(between) <= MOST_ABOVE
    last = entries[-1]
    rest = [line for line in between[_length_of_value(last, between) :] if not line.is_labelled]
    if len(rest) > MOST_BETWEEN or len(between) > 4 * MOST_BETWEEN:
        return False
    return all(not is_sentence(line.line) or (last.field in LONG and not line.is_apart) for line in rest)


def _length_of_value(entry: Entry, between: Sequence[_Between]) -> int:
    """How many lines behind a label that stands alone are its value: the next one, and what follows that without a gap."""
    if entry.values or not between:
        return 0
    apart = (at for at, line in enumerate(between) if at and line.is_apart)
    return next(apart, len(between))


def is_sentence(line: str) -> bool:
    """Whether it is as long as the lines of articles are, or ends so."""
    return len(line) > LINE_CHARS or ends_as_sentence(line)


def ends_as_sentence(line: str) -> bool:
    """Whether it has a full stop, and is no abbreviation."""
    return len(line) > SENTENCE_CHARS and ends_sentence(line)


def _take(entries: Sequence[Entry], between: Sequence[_Between]) -> None:
    """The lines between two labels are the value of the first, so far as they follow it."""
    if not entries or not between:
        return
    last = entries[-1]
    own = _length_of_value(last, between) or next(
        (at for at, line in enumerate(between) if line.is_apart or line.is_labelled), len(between)
    )
    if own and not (last.field in SHORT and last.values):
        last.values += [line.line for line in between[:own]]
        last.last = between[own - 1].at + 1


def _close(entries: Sequence[Entry], lines: Sequence[str]) -> int:
    """The line behind the last entry: a value below its label and lines set in are its own, and unknown labels up to a blank line."""
    last = entries[-1]
    if not last.values:
        return _close_below(last, lines)
    end = last.last
    while end < len(lines) and lines[end][:1] in (" ", "\t") and lines[end].strip():
        last.values.append(lines[end].strip())
        end += 1
    last.last = closed = end
    while closed < len(lines) and (found := read_label(lines[closed])) and found.value and found.field is None:
        closed += 1
    return closed if closed < len(lines) and not lines[closed].strip() else end


def _close_below(last: Entry, lines: Sequence[str]) -> int:
    """The same where the last label stands alone: the next line is its value, and those up to a blank one."""
    start = next((at for at in range(last.last, len(lines)) if lines[at].strip()), len(lines))
    end = next((at for at in range(start, len(lines)) if not lines[at].strip()), start + 1)
    last.values = [line.strip() for line in lines[start:end][:MOST_BETWEEN]]
    last.last = start + len(last.values)
    return last.last


def _checked(head: Head) -> Head | None:
    """The head, if it is one: by how many different labels it has, and what they say.

    Pages have a few such lines too, above their text or in forms: `Published: …`, `Source:`, `Author`. None of those is the title, or
    what only databases keep. Reviews have them of a book or a film: those say neither when the article appeared nor where.
    """
    _read_rubrik(head.entries)
    entries = [entry for entry in head.entries if entry.field == TEXT or _says(entry)]
    if _is_list(entries):
        return None
    labels, read = {entry.label for entry in entries}, {entry.field for entry in entries} - NOT_READ
    is_titled = "title" in read
    is_export = is_titled or any(entry.is_inline and entry.field in OF_EXPORTS for entry in entries)
    enough = len(labels) >= FEWEST_LABELS and len(read) >= FEWEST_READ and is_export and not read.isdisjoint(PLACING)
    is_brief = (
        len(labels) == len(read) == FEWEST_READ and is_titled and not head.entries[0].first and not read.isdisjoint(SIGNING)
    )
    return head if enough or is_brief else None


def _read_rubrik(entries: Sequence[Entry]) -> None:
    """`Rubrik` as the headline that it is among Swedish labels, and not the section that it is in German, where none else is the title."""
    if any(entry.field == "title" for entry in entries) or not any(is_swedish(entry.label) for entry in entries):
        return
    for entry in entries:
        if entry.label == RUBRIK:
            entry.field = "title"
            return


def _is_list(entries: Sequence[Entry]) -> bool:
    """Whether they are of several things, such as what the police report or what is on; a mail holds the head of another."""
    times = Counter(entry.label for entry in entries if entry.field in OF_ONE)
    again = [count for count in times.values() if count > 1]
    return (len(again) > 1 or max(again, default=0) > 2) and all(entry.field != "sender" for entry in entries)


def _says(entry: Entry) -> bool:
    """Whether it has a value that can be one of its field."""
    return bool(entry.value) and (entry.field != "published_at" or parse_date(entry.value) is not None)
