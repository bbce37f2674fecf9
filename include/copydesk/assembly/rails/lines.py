"""Lines of rails, where one rail ends and the next begins, and which lines are its stories."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from copydesk.assembly.rails.signs import Signs
from copydesk.assembly.spans import ranges
from copydesk.fields.matching import Flags
from copydesk.labels.arrays import Ints, sums
from copydesk.labels.texts.tokens import Tokens

NONE = -1  # in place of a line


class Lines(NamedTuple):
    """Lines of rails of many documents, the links they carry in a page, and what they say; an entry a line."""

    texts: pa.Array
    words: Tokens  # theirs
    urls: list[str | None]
    signs: Signs


class Parts(NamedTuple):
    """Stretches of lines, each perhaps a rail; an entry a part, in order."""

    start: Ints
    stop: Ints
    opens: Flags  # whether the first line is its heading
    is_linked: Flags  # whether any of its lines carries a link

    def lines(self) -> tuple[Ints, Ints]:
        """The lines below its heading, and the part each is of."""
        return ranges(self.start + self.opens, self.stop)


class Stories(NamedTuple):
    """The stories that parts point to, as places of lines; an entry a story."""

    part: Ints
    headline: Ints
    caption: Ints
    link: Ints  # the line that carries it

    @classmethod
    def of(cls, part: Ints, headline: Ints, caption: Ints | None = None, link: Ints | None = None) -> Stories:
        """Stories without captions or links, unless given."""
        none = np.full(len(part), NONE, np.int64)
        return cls(part, headline, none if caption is None else caption, none if link is None else link)

    def take(self, places: Ints) -> Stories:
        """Some of them."""
        return Stories(*(of[places] for of in self))


def parts_of(lines: Lines, runs: Sequence[range]) -> Parts:
    """The parts of unbroken runs of lines that have more than one line."""
    guide, heading = (flags.tobytes() for flags in (lines.signs.guide, lines.signs.heading))
    found = [part for run in runs for part in _parts(guide, heading, run) if len(part) > 1]
    start, stop = (np.array([getattr(part, edge) for part in found], np.int64) for edge in ("start", "stop"))
    has_link = np.array(list(map(bool, lines.urls)), bool)
    links = sums(has_link)
    is_linked = links[stop] > links[start]
    opens = lines.signs.heading[start] | lines.signs.more[start + 1] | (is_linked & ~has_link[start])
    return Parts(start, stop, opens, is_linked)


def _parts(guide: bytes, heading: bytes, run: range) -> Iterator[range]:
    """Stretches from one heading to the next, unless no story stands between them."""
    start, stop = run.start, run.stop
    while (story := guide.find(0, start, stop)) >= 0 and (opening := heading.find(1, story, stop)) >= 0:
        yield range(start, opening)
        start = opening
    yield range(start, stop)
