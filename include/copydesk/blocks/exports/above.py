"""What stands above the labelled lines without a label: the paper, its day and edition, and the headline.

The paper's name stands beside its day; so where two lines or more are above the day, the first is the headline, and else the last of all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from copydesk.blocks.exports.entries import Entry
from copydesk.blocks.exports.labels import UNREAD
from copydesk.fields.claims import Claim
from copydesk.fields.dates import parse_date
from copydesk.fields.given import GIVEN

MAX_CHARS = 60  # of a line that is a day


def claims_above(lines: Sequence[str], entries: Iterable[Entry]) -> Iterator[Claim]:
    """The headline and the paper, where no label says the headline, and the labels are those of an export rather than of a page."""
    fields = {entry.field for entry in entries}
    if "title" in fields or UNREAD not in fields:
        return
    above = [line.strip() for line in lines]
    day = next((at for at, line in enumerate(above) if len(line) <= MAX_CHARS and parse_date(line)), None)
    if day is None or len(above) < 2:
        return
    headline = 0 if day > 1 or day == len(above) - 1 else len(above) - 1
    yield Claim("title", above[headline], GIVEN)
    if day > 0 and headline != day - 1:
        yield Claim("site", above[day - 1], GIVEN)
