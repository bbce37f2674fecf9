"""What was learned from gold sets: lexicons and networks, in one file beside the code."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import pyarrow as pa

from copydesk.labels.arrays import Floats, Ints, spans
from copydesk.labels.choice import Labels
from copydesk.labels.features import WORDS_LOG_BASE, Features
from copydesk.labels.lexicon import COLUMNS, Lexicon
from copydesk.labels.model import Model, load, log_softmax
from copydesk.labels.names import LABELS
from copydesk.labels.network import Activations, Weights, forward, own_gradients
from copydesk.labels.surroundings import surroundings

FILE = "learned.npz"
CHUNK = 4_000  # blocks looked at together; bounds the memory
PRIOR_SCALE = np.float32(0.25)
LOWEST = -8.0  # log-probabilities below say no more
LEXICONS = ("words", "class_words")


@dataclass(frozen=True, slots=True)
class Learned:
    """The networks, whose opinions are averaged, and what their inputs are made of."""

    version: str
    features: tuple[str, ...]
    mean: Floats
    scale: Floats
    lexicons: dict[str, Lexicon]
    networks: tuple[Weights, ...]

    def probabilities(self, found: Features, prior: Floats, blocks: pa.Table) -> Floats:
        """Blocks × labels."""
        out = np.empty((len(prior), len(LABELS)), np.float32)
        for rows, opinions in self._opinions(found, prior, blocks):
            np.mean([np.exp(log_softmax(made.scores)) for made in opinions], axis=0, out=out[rows])
        return out

    def gains(self, found: Features, blocks: pa.Table, labels: Labels) -> Floats:
        """Blocks × features: how far each feature of the block itself speaks for its label, against its absence."""
        hand = load()
        prior, scale = opinion(hand, found), self.scale[: len(self.features)]
        out = np.empty((len(prior), len(self.features)), np.float32)
        for rows, opinions in self._opinions(found, prior, blocks):
            both = [own_gradients(weights, made, labels[rows]) for weights, made in zip(self.networks, opinions, strict=True)]
            to_inputs, to_prior = (np.mean(part, axis=0) for part in zip(*both, strict=True))
            place = slice(len(scale), len(scale) + len(LABELS))
            to_prior += to_inputs[:, place] * self.scale[place] * PRIOR_SCALE
            out[rows] = to_inputs[:, : len(scale)] * scale + hand.pull(to_prior, prior[rows], self.features)
        return out * found.select(self.features)

    def _opinions(self, found: Features, prior: Floats, blocks: pa.Table) -> Iterator[tuple[slice, list[Activations]]]:
        """What each network makes of the blocks, some documents at a time."""
        inputs, words = self._inputs(found, prior), length(found)
        for rows in _chunks(blocks["document"].to_numpy()):
            around = surroundings(blocks.slice(rows.start, rows.stop - rows.start))
            yield rows, [forward(weights, inputs[rows], prior[rows], words[rows], around) for weights in self.networks]

    def _inputs(self, found: Features, prior: Floats) -> Floats:
        """What the networks look at, standardised."""
        lexical = [self.lexicons[name].columns(getattr(found, name)) for name in LEXICONS]
        inputs = stack(self.features, found, prior, np.concatenate(lexical, axis=1))
        inputs -= self.mean
        inputs *= self.scale
        return inputs


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


def stack(names: tuple[str, ...], found: Features, prior: Floats, lexical: Floats) -> Floats:
    """The inputs of the networks before they are standardised: features, the hand-set opinion, lexicons."""
    return np.concatenate([found.select(names), prior * PRIOR_SCALE, lexical], axis=1)


def input_names(features: tuple[str, ...]) -> tuple[str, ...]:
    """Names of the columns of `stack`."""
    return (*features, *(f"alone_{label}" for label in LABELS), *(f"{name}_{column}" for name in LEXICONS for column in COLUMNS))


def opinion(model: Model, found: Features) -> Floats:
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
    lexicons = {
        name: Lexicon(pa.array(str(arrays[f"{name}.words"]).split("\n")), arrays[f"{name}.odds"].astype(np.float32))
        for name in LEXICONS
    }
    version = f"learned-{hashlib.blake2b(content, digest_size=4).hexdigest()}"
    return Learned(
        version, tuple(str(arrays["features"]).split("\n")), arrays["mean"], arrays["scale"], lexicons, tuple(_networks(arrays))
    )


def _networks(arrays: dict[str, np.ndarray]) -> Iterator[Weights]:
    count = int(arrays["networks"])
    for index in range(count):
        prefix = f"network{index}."
        yield {key.removeprefix(prefix): value.astype(np.float32) for key, value in arrays.items() if key.startswith(prefix)}


def write(learned: Learned) -> bytes:
    """One file of plain arrays; the same model gives the same bytes."""
    arrays: dict[str, np.ndarray] = {
        "features": np.array("\n".join(learned.features)),
        "mean": learned.mean,
        "scale": learned.scale,
        "networks": np.array(len(learned.networks)),
    }
    for name, lexicon in learned.lexicons.items():
        arrays[f"{name}.words"] = np.array("\n".join(lexicon.words.to_pylist()))
        arrays[f"{name}.odds"] = lexicon.odds.astype(np.float16)
    for index, weights in enumerate(learned.networks):
        arrays |= {f"network{index}.{key}": value.astype(np.float16) for key, value in weights.items()}
    out = io.BytesIO()
    np.savez_compressed(out, allow_pickle=False, **arrays)
    return out.getvalue()
