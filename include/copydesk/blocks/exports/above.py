"""What stands above the labelled lines without a label, or first below them: the paper, its day and edition, and the headline.

The paper's name stands beside its day; so where two lines or more are above the day, the first is the headline, and else the last of all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from copydesk.blocks.exports.entries import OF_EXPORTS, Entry
from copydesk.fields.claims import Claim
from copydesk.fields.given import GIVEN
from copydesk.fields.times.dates import parse_date

MAX_CHARS = 60  # of a line that is a day
TITLE_CHARS = 200
TITLES = ("title", "subject")


def claims_unlabelled(above: Sequence[str], article: Sequence[str], entries: Iterable[Entry]) -> Iterator[Claim]:
    """The day, the headline and the paper, where no label says them, and the labels are those of an export rather than of a page."""
    fields = {entry.field for entry in entries}
    if fields.isdisjoint(OF_EXPORTS):
        return
    lines = [line.strip() for line in above]
    day = next((at for at, line in enumerate(lines) if len(line) <= MAX_CHARS and parse_date(line)), None)
    if day is not None and "published_at" not in fields:
        yield Claim("published_at", lines[day], GIVEN)
    if not fields.isdisjoint(TITLES):
        return
    if len(lines) > 1:
        headline = _place(lines, day)
        yield Claim("title", lines[headline], GIVEN)
        if day and headline != day - 1:
            yield Claim("site", lines[day - 1], GIVEN)
    elif title := _first_line(article):
        yield Claim("title", title, GIVEN)


def _place(lines: Sequence[str], day: int | None) -> int:
    """Which of them is the headline; the longest, where none is a day."""
    if day is None:
        return max(range(len(lines)), key=lambda at: len(lines[at]))
    return 0 if day > 1 or day == len(lines) - 1 else len(lines) - 1


def _first_line(article: Sequence[str]) -> str | None:
    """The first line of the article, where it stands apart and is no sentence."""
    first = next((at for at, line in enumerate(article) if line.strip()), len(article))
    is_apart = first + 1 < len(article) and not article[first + 1].strip()
    is_title = is_apart and len(article[first]) <= TITLE_CHARS and not article[first].rstrip().endswith((".", ":", "”", '"'))
    return article[first].strip() if is_title else None
