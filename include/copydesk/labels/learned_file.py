"""The file of what was learned, beside the code: read once a process, and written by training."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import numpy as np

from copydesk.labels.features.lexicon import Lexicon
from copydesk.labels.learned import FORMS, Learned
from copydesk.labels.networks.inputs import LEXICONS
from copydesk.labels.networks.network import Weights

FILE = "learned.npz"


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
