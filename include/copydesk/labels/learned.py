"""What was learned from gold sets: lexicons and networks, what they make of blocks, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.favor import BALANCE, EVERYTHING, Favor
from copydesk.label_names import LABELS
from copydesk.labels.arrays import Floats, Ints, spans, true_at
from copydesk.labels.decoding import Labels, are_fields
from copydesk.labels.features.lexicon import Lexicon
from copydesk.labels.features.matrix import Features
from copydesk.labels.networks.bars import Bars, bars, belonging
from copydesk.labels.networks.hand_set import load_hand_set, log_softmax
from copydesk.labels.networks.inputs import LEXICONS, PRIOR_SCALE, input_names, length, stack, without_markup
from copydesk.labels.networks.network import Activations, Layers, Weights, forward, layers_of, own_gradients
from copydesk.labels.networks.surroundings import surroundings
from copydesk.labels.rules.around import Around
from copydesk.labels.rules.doubts import doubt
from copydesk.labels.rules.everything import uncut
from copydesk.labels.rules.favor import favored
from copydesk.labels.rules.fragments import eased
from copydesk.labels.rules.leads import leading
from copydesk.labels.rules.list_items import listed
from copydesk.labels.rules.neighbours import vouched
from copydesk.labels.rules.openings import opening
from copydesk.labels.rules.ruling import Settled
from copydesk.labels.texts.characters import Flags

CHUNK = 4_000  # blocks looked at together; bounds the memory
EXPLAINED = 1_000  # blocks explained together: what is made of them stays near (with 1,024 their columns would share few lines of the cache)
FORMS = ("html", "text")  # of documents; each has networks of its own


class Trace(NamedTuple):
    """What the networks made of some blocks, kept for whoever asks why, so that nothing is computed twice."""

    rows: Ints | slice
    networks: tuple[Weights, ...]
    prior: Floats
    layers: list[Layers]


@dataclass(frozen=True, slots=True)
class Learned:
    """What is known of words, and for each form of document networks whose opinions are averaged."""

    version: str
    inputs: tuple[str, ...]  # what the networks read, see `stack`
    lexicons: dict[str, Lexicon]
    networks: dict[str, tuple[Weights, ...]]
    bars: dict[str, Weights]  # what settles how likely a block must be, see `bars`

    def probabilities(self, found: Features, prior: Floats, blocks: pa.Table) -> Floats:
        """Blocks × labels."""
        return self.judge(found, prior, blocks, explains=False)[0]

    def judge(self, found: Features, prior: Floats, blocks: pa.Table, *, explains: bool = True) -> tuple[Floats, list[Trace]]:
        """The same, and what `gains` needs to explain it, where somebody may ask."""
        out = np.empty((len(LABELS), len(prior)), np.float32).T
        traces = []
        for rows, networks, opinions in self._opinions(found, prior, blocks):
            out[rows] = sum(np.exp(log_softmax(made.scores)) for made in opinions) / np.float32(len(opinions))
            if explains:
                traces.append(Trace(rows, networks, prior[rows], [layers_of(made) for made in opinions]))
        return out, traces

    def settle(
        self, chances: Floats, found: Features, blocks: pa.Table, favor: Favor = BALANCE, are_fragments: Flags | None = None
    ) -> Settled:
        """How likely each block must be to belong to the article of its document, and what rules made of that."""
        likely, owner, words = belonging(chances), blocks["document"].to_numpy(), length(found)
        settled = Bars(*np.empty((2, len(likely)), np.float32))
        for form, rows in forms_of(blocks).items():
            for out, values in zip(settled, bars(likely[rows], words[rows], owner[rows], form, self.bars[form]), strict=True):
                out[rows] = values
        if are_fragments is not None:
            settled = eased(settled, are_fragments, found, owner)
        around = Around(blocks["text"], found.lengths, owner, found.are_bylines, found.are_sentences, found.open_rails)
        moved = favored(settled, likely, words, owner, favor, are_fields=partial(are_fields, chances))
        told = listed(vouched(moved, likely, found.are_pages, around), likely, found, blocks)
        told = opening(told, chances, likely, around, are_headings=found.are_headings)
        told = leading(told, settled, chances, likely, are_pages=found.are_pages, owner=owner)
        outcome = Settled(likely, doubt(told, likely, likely * words, found.class_words, around))
        return uncut(outcome, chances, around, are_pages=found.are_pages) if favor == EVERYTHING else outcome

    def gains(self, found: Features, traces: Sequence[Trace], labels: Labels, wanted: Ints) -> Iterator[tuple[Ints, Floats]]:
        """How far each feature of a block itself speaks for its label, against its absence; some of the blocks `wanted` at a time.

        They come as their places in `wanted`, and blocks × features: with all at once each step would go through the whole memory.
        """
        place = np.full(len(labels), -1)
        place[wanted] = np.arange(len(wanted))
        for trace in traces:
            at = np.arange(len(labels))[trace.rows]
            chosen, weights = true_at(place[at] >= 0), _own_weights(found.names, trace.networks)
            for low in range(0, len(chosen), EXPLAINED):
                some = chosen[low : low + EXPLAINED]
                rows = at[some]
                gains = _gradients(len(found.names), trace, some, labels[rows]).T @ weights
                gains *= np.take(found.matrix.T, rows, axis=1).T
                yield place[rows], gains

    def _opinions(
        self, found: Features, prior: Floats, blocks: pa.Table
    ) -> Iterator[tuple[Ints | slice, tuple[Weights, ...], list[Activations]]]:
        """What each network makes of the blocks, documents of one form and some of them at a time."""
        if input_names(found.names) != self.inputs:
            raise ValueError("the model was trained on other features; train again: python -m copydesk.labels.train")
        lexical = [self.lexicons[name].columns(getattr(found, name)) for name in LEXICONS]
        words = length(found)
        for form, rows in forms_of(blocks).items():
            is_whole = len(rows) == len(words)
            part, networks = blocks if is_whole else blocks.take(pa.array(rows)), self.networks[form]
            some = without_markup(self.inputs) if form == "text" else None
            for chunk in _chunks(part["document"].to_numpy()):
                around = surroundings(part.slice(chunk.start, chunk.stop - chunk.start))
                at = chunk if is_whole else rows[chunk]
                inputs = stack(found.matrix[at], prior[at], [columns[at] for columns in lexical], some)
                yield at, networks, [forward(weights, inputs, prior[at], words[at], around, some=some) for weights in networks]


def _gradients(own: int, trace: Trace, chosen: Ints, labels: Labels) -> Floats:
    """What moves the scores of the chosen blocks of a trace: scores of the hand-set opinion, and the networks' first units, × blocks."""
    both = [own_gradients(weights, layers, chosen, labels) for weights, layers in zip(trace.networks, trace.layers, strict=True)]
    share = np.float32(1 / len(both))
    to_prior = np.mean([part.to_prior + PRIOR_SCALE * part.by_input(slice(own, own + len(LABELS))) for part in both], axis=0)
    to_scores = load_hand_set().pull(to_prior, np.take(trace.prior, chosen, axis=0).T)
    return np.concatenate([to_scores, *(part.to_first * share for part in both)])


def _own_weights(names: tuple[str, ...], networks: tuple[Weights, ...]) -> Floats:
    """What each of those does for each feature."""
    return np.concatenate([load_hand_set().ordered(names).T, *(weights["first"][: len(names)].T for weights in networks)])


def _chunks(owner: Ints) -> Iterator[slice]:
    """Stretches of whole documents, about `CHUNK` blocks each."""
    starts, lengths = spans(owner)
    low = 0
    for end in (starts + lengths).tolist():
        if end - low >= CHUNK or end == len(owner):
            yield slice(low, end)
            low = end


def forms_of(blocks: pa.Table) -> dict[str, Ints]:
    """The rows of pages and the rows of texts, where there are any."""
    tags, every = blocks["tag"], np.arange(len(blocks))
    if tags.null_count in (0, len(tags)):
        return {"text" if tags.null_count else "html": every} if len(tags) else {}
    is_html = pc.is_valid(tags.combine_chunks()).to_numpy(zero_copy_only=False)
    rows = {"html": every[is_html], "text": every[~is_html]}
    return {form: found for form, found in rows.items() if len(found)}
