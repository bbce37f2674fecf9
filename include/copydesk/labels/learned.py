"""What was learned from gold sets: lexicons and networks, in one file beside the code."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.favor import BALANCE, Favor
from copydesk.label_names import LABELS
from copydesk.labels.arrays import Floats, Ints, spans, true_at
from copydesk.labels.decoding import Labels, are_fields
from copydesk.labels.features.lexicon import COLUMNS, Lexicon
from copydesk.labels.features.matrix import WORDS_LOG_BASE, Features, is_markup
from copydesk.labels.networks.bars import Bars, bars, belonging
from copydesk.labels.networks.hand_set import HandSet, load_hand_set, log_softmax
from copydesk.labels.networks.network import Activations, Layers, Weights, forward, layers_of, own_gradients
from copydesk.labels.networks.surroundings import surroundings
from copydesk.labels.rules.doubts import doubt
from copydesk.labels.rules.favor import favored
from copydesk.labels.rules.list_items import listed
from copydesk.labels.rules.neighbours import vouched
from copydesk.labels.rules.ruling import Settled
from copydesk.labels.rules.signers import Around

FILE = "learned.npz"
CHUNK = 4_000  # blocks looked at together; bounds the memory
EXPLAINED = 1_000  # blocks explained together: what is made of them stays near (with 1,024 their columns would share few lines of the cache)
PRIOR_SCALE = np.float32(0.25)
LOWEST = -8.0  # log-probabilities below say no more
LEXICONS = ("words", "class_words")
ALONE = tuple(f"alone_{label}" for label in LABELS)  # the hand-set opinion, as inputs
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

    def settle(self, chances: Floats, found: Features, blocks: pa.Table, favor: Favor = BALANCE) -> Settled:
        """How likely each block must be to belong to the article of its document, and what rules made of that."""
        likely, owner, words = belonging(chances), blocks["document"].to_numpy(), length(found)
        settled = Bars(*np.empty((2, len(likely)), np.float32))
        for form, rows in forms_of(blocks).items():
            for out, values in zip(settled, bars(likely[rows], words[rows], owner[rows], form, self.bars[form]), strict=True):
                out[rows] = values
        around = Around(blocks["text"], found.lengths, owner, found.are_bylines)
        moved = favored(settled, likely, words, owner, favor, are_fields=partial(are_fields, chances))
        told = listed(vouched(moved, likely, found.are_sentences, found.are_pages, around), likely, found, blocks)
        return Settled(likely, doubt(told, likely, likely * words, found.class_words, around))

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
            some = _without_markup(self.inputs) if form == "text" else None
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


def length(found: Features) -> Floats:
    """Words of each block, as the features count them."""
    result: Floats = np.expm1(found.matrix[:, found.names.index("words_log")] * np.float32(np.log(WORDS_LOG_BASE)))
    return result


def stack(matrix: Floats, prior: Floats, lexical: list[Floats], some: Ints | None = None) -> Floats:
    """What the networks read: features, the hand-set opinion, what the lexicons say; `input_names` names the columns.

    Of these `some`, where only some are wanted.
    """
    parts = [matrix.T, prior.T * PRIOR_SCALE, *(columns.T for columns in lexical)]
    if some is not None:
        parts = [parts[at][rows] for at, rows in _stretches(tuple(some.tolist()), tuple(map(len, parts)))]
    out = np.empty((sum(map(len, parts)), len(matrix)), np.float32)  # or they would lie as the parts do, and sums differ by it
    return np.concatenate(parts, out=out).T


@cache
def _stretches(some: tuple[int, ...], sizes: tuple[int, ...]) -> list[tuple[int, slice]]:
    """Where rows that are `some` of all parts of these `sizes` stand in them: as few stretches as can be, to copy each at once."""
    ends = np.cumsum(sizes)
    part = np.searchsorted(ends, some, "right")
    row = np.array(some) - (ends - sizes)[part]
    edges = [0, *(true_at((np.diff(some) != 1) | (np.diff(part) != 0)) + 1).tolist(), len(some)]
    return [(int(part[low]), slice(int(row[low]), int(row[high - 1]) + 1)) for low, high in pairwise(edges)]


def input_names(features: tuple[str, ...]) -> tuple[str, ...]:
    """Names of the columns of `stack`."""
    return (*features, *ALONE, *(f"{name}_{column}" for name in LEXICONS for column in COLUMNS))


@cache
def _without_markup(inputs: tuple[str, ...]) -> Ints:
    """The inputs that a text can have: a third of the work is left out."""
    of_classes = [f"{LEXICONS[1]}_{column}" for column in COLUMNS]
    return true_at(~(is_markup(inputs) | np.isin(inputs, of_classes)))


def forms_of(blocks: pa.Table) -> dict[str, Ints]:
    """The rows of pages and the rows of texts, where there are any."""
    tags, every = blocks["tag"], np.arange(len(blocks))
    if tags.null_count in (0, len(tags)):
        return {"text" if tags.null_count else "html": every} if len(tags) else {}
    is_html = pc.is_valid(tags.combine_chunks()).to_numpy(zero_copy_only=False)
    rows = {"html": every[is_html], "text": every[~is_html]}
    return {form: found for form, found in rows.items() if len(found)}


def opinion(model: HandSet, found: Features) -> Floats:
    """The hand-set model's log-probabilities, as the networks take them."""
    return np.maximum(model.scores(found), np.float32(LOWEST))


@cache
def load_learned() -> Learned:
    """What is shipped with the code."""
    return read(files("copydesk.labels").joinpath(FILE).read_bytes())


def read(content: bytes) -> Learned:
    """The inverse of `write`; a damaged file raises ValueError or KeyError."""
    with np.load(io.BytesIO(content), allow_pickle=False) as stored:
        arrays = dict(stored)
    lexicons = {name: Lexicon(arrays[f"{name}.words"], arrays[f"{name}.odds"].astype(np.float32)) for name in LEXICONS}
    version = f"learned-{hashlib.blake2b(content, digest_size=4).hexdigest()}"
    inputs = tuple(str(arrays["inputs"]).split("\n"))
    networks = {form: tuple(_networks(arrays, form)) for form in FORMS}
    return Learned(version, inputs, lexicons, networks, {form: _under(arrays, f"{form}.bars.") for form in FORMS})


def _networks(arrays: dict[str, np.ndarray], form: str) -> Iterator[Weights]:
    for index in range(int(arrays[f"{form}.networks"])):
        yield _under(arrays, f"{form}.{index}.")


def _under(arrays: dict[str, np.ndarray], prefix: str) -> Weights:
    return {key.removeprefix(prefix): value.astype(np.float32) for key, value in arrays.items() if key.startswith(prefix)}


def write(learned: Learned) -> bytes:
    """One file of plain arrays; the same model gives the same bytes."""
    arrays: dict[str, np.ndarray] = {"inputs": np.array("\n".join(learned.inputs))}
    for name, lexicon in learned.lexicons.items():
        arrays[f"{name}.words"] = lexicon.words
        arrays[f"{name}.odds"] = lexicon.odds.astype(np.float16)
    for form, networks in learned.networks.items():
        arrays[f"{form}.networks"] = np.array(len(networks))
        for index, weights in enumerate(networks):
            # The first layer holds the scales of its inputs, which differ too much for half precision.
            arrays |= {f"{form}.{index}.{k}": v if k.startswith("first") else v.astype(np.float16) for k, v in weights.items()}
    for form, weights in learned.bars.items():
        arrays |= {f"{form}.bars.{name}": value for name, value in weights.items()}
    out = io.BytesIO()
    np.savez_compressed(out, allow_pickle=False, **arrays)
    return out.getvalue()
