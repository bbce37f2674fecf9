"""The rails that were cut, as data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.assembly.document import pieces
from copydesk.assembly.rails.lines import NONE, Lines, Stories, parts_of
from copydesk.assembly.rails.linked import Card, LinkedLines, lead_aside, read_cards
from copydesk.assembly.rails.signs import CUES, RANK, read_as_sections, read_signs
from copydesk.assembly.rails.unlinked import listed_stories
from copydesk.blocks.table import Segmented, one_array
from copydesk.fields.matching import Flags, end_in_full_stop
from copydesk.fields.urls import absolute_links
from copydesk.label_names import LABELS
from copydesk.labels.arrays import Ints, steps, sums, true_at
from copydesk.labels.labelling import Labelled
from copydesk.schema import RAIL, RAIL_ITEM

TEXT = "text/plain"
NOTHING = pa.array([], RAIL)


class Rails(NamedTuple):
    """Rails as places of lines, in order; an entry a rail, but for the stories."""

    first: Ints  # line
    heading: Ints
    more: Ints
    is_ranked: Flags  # whether it numbers its stories
    stories: Stories


def rails(segmented: Segmented, labelled: Labelled) -> pa.Array:
    """Lists of links to other stories, for each document; in a page, lines without a link do not count."""
    documents = segmented.documents
    rows = true_at(labelled.labels == LABELS.index("rail"))
    if not len(rows):
        return _nested(np.zeros(documents.num_rows, np.int64), NOTHING, pa.list_(RAIL))
    texts, hrefs, document = (one_array(segmented.blocks[name].take(pa.array(rows))) for name in ("text", "href", "document"))
    owner, words = document.to_numpy(), labelled.features.words
    urls = _addresses(hrefs, documents["url"], document)
    lines = Lines(texts, words._replace(text=words.text[rows]), urls, read_signs(texts, labelled.features.says(CUES, rows)))
    is_text = pc.equal(documents["media_type"], TEXT).to_pylist()
    runs = (run for run in _runs(rows, owner) if len(run) > 1)
    found = read_rails(lines, [run for run in runs if is_text[owner[run.start]] or any(urls[run.start : run.stop])])
    return _nested(np.bincount(owner[found.first], minlength=documents.num_rows), structs(found, lines), pa.list_(RAIL))


def _addresses(hrefs: pa.Array, pages: pa.ChunkedArray, document: pa.Array) -> list[str | None]:
    """Absolute where they can be made so, seen from the page of each."""
    if hrefs.null_count == len(hrefs):
        return [None] * len(hrefs)
    return absolute_links(hrefs, one_array(pages.take(document)))


def _runs(rows: Ints, owner: Ints) -> Iterator[range]:
    """Stretches of lines that stand together in one document, as positions in `rows`."""
    if not len(rows):
        return iter(())
    edges = true_at((steps(rows) != 1) | (steps(owner) != 0)) + 1
    return map(range, [0, *edges.tolist()], [*edges.tolist(), len(rows)])


def read_rails(lines: Lines, runs: list[range]) -> Rails:
    """Rails of unbroken runs of lines; a heading opens each. Menus among them are left out, and lines that stand alone."""
    parts = parts_of(lines, runs)
    rest, part = parts.lines()
    is_story = ~lines.signs.note[rest]
    rest, part = rest[is_story], part[is_story]
    linked = parts.is_linked[part]
    more, is_ranked, listed = listed_stories(lines, rest[~linked], part[~linked], parts.opens)
    leading, cards = _linked_stories(lines, rest[linked], part[linked], len(parts.start))
    stories = Stories(*map(np.concatenate, zip(listed, cards, strict=True)))
    stories = stories.take(np.argsort(stories.part, kind="stable"))
    heading = np.where(parts.opens, parts.start, NONE)
    return _with_stories(lines, Rails(parts.start, heading, np.where(parts.is_linked, leading, more), is_ranked, stories))


def _linked_stories(lines: Lines, rest: Ints, part: Ints, parts: int) -> tuple[Ints, Stories]:
    """For each part the line that leads to a whole section, and the stories; `rest` are lines, each of a `part` with links."""
    more, counts = np.full(parts, NONE), np.zeros(parts, np.int64)
    if not len(rest):
        return more, Stories.of(part, rest)
    signs, cards = lines.signs, list[Card]()
    aside = lead_aside(lines.texts, pa.array(lines.urls, pa.string()), signs.section)
    python = LinkedLines(lines.texts.to_pylist(), lines.urls, signs.more.tolist(), signs.section.tolist(), aside.tolist())
    edges = true_at(np.diff(part, prepend=NONE, append=parts))
    for at, places in zip(part[edges[:-1]].tolist(), pieces(rest.tolist(), edges), strict=True):
        more[at], found = read_cards(python, places)
        counts[at] = len(found)
        cards += found
    return more, Stories(np.repeat(np.arange(parts), counts), *np.array(cards, np.int64).reshape(-1, len(Card._fields)).T)


def _with_stories(lines: Lines, rails: Rails) -> Rails:
    """Those whose stories read like headlines; one line alone is no list, unless it has a heading, nor with a promotion beside it."""
    parts = len(rails.first)
    counts = np.bincount(rails.stories.part, minlength=parts)
    promos = np.bincount(rails.stories.part[lines.signs.promo[rails.stories.headline]], minlength=parts)
    doubtful = (rails.heading == NONE) & (counts - promos > 1)
    is_section = lines.signs.section[rails.stories.headline]
    numbered = true_at((rails.is_ranked & doubtful)[rails.stories.part])
    if len(numbered):
        is_section[numbered] = read_as_sections(_headlines(lines, rails._replace(stories=rails.stories.take(numbered))))
    sections = np.bincount(rails.stories.part[is_section], minlength=parts)
    sentences = np.bincount(rails.stories.part[_are_sentences(lines, rails.stories, doubtful)], minlength=parts)
    reads_like_one = (sections <= counts / 2) & (sentences < counts / 2)
    is_rail = np.where(doubtful, reads_like_one, (rails.heading != NONE) & (counts > 0))
    stories = rails.stories.take(true_at(is_rail[rails.stories.part]))
    stories = stories._replace(part=(np.cumsum(is_rail) - 1)[stories.part])
    return Rails(rails.first[is_rail], rails.heading[is_rail], rails.more[is_rail], rails.is_ranked[is_rail], stories)


def _are_sentences(lines: Lines, stories: Stories, doubtful: Flags) -> Flags:
    """Which headlines of doubtful parts, those that carry no link, end in a full stop: comments and notices are lists, too."""
    found: Flags = doubtful[stories.part] & (stories.link == NONE)
    rows = true_at(found)
    if len(rows):
        found[rows] = end_in_full_stop(lines.texts.take(pa.array(stories.headline[rows])))
    return found


def _headlines(lines: Lines, rails: Rails) -> pa.Array:
    """The headline of each story; of those that are ranked without the number."""
    headlines = lines.texts.take(pa.array(rails.stories.headline))
    if not rails.is_ranked.any():
        return headlines
    numbered = pa.array(rails.is_ranked[rails.stories.part])
    return pc.replace_with_mask(headlines, numbered, pc.replace_substring_regex(headlines.filter(numbered), RANK, ""))


def structs(rails: Rails, lines: Lines) -> pa.Array:
    """Rails as Arrow has them, column by column: a dict for each story would take ten times as long."""
    stories = rails.stories
    columns = [
        _headlines(lines, rails),
        _taken(lines.texts, stories.caption),
        _taken(pa.array(lines.urls, pa.string()), stories.link),
    ]
    items = pa.StructArray.from_arrays(columns, fields=list(RAIL_ITEM))
    listed = _nested(np.bincount(stories.part, minlength=len(rails.first)), items, RAIL.field("items").type)
    texts = (_taken(lines.texts, places) for places in (rails.heading, rails.more))
    return pa.StructArray.from_arrays([*texts, listed], fields=list(RAIL))


def _taken(values: pa.Array, places: Ints) -> pa.Array:
    """The value at each place, null where there is none."""
    return values.take(pa.array(places, mask=places == NONE))


def _nested(counts: Ints, values: pa.Array, kind: pa.DataType) -> pa.Array:
    """Lists of so many of the values each."""
    return pa.ListArray.from_arrays(sums(counts).astype(np.int32), values, kind)
