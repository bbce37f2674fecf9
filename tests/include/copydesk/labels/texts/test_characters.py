from __future__ import annotations

import numpy as np
import pyarrow as pa

from copydesk.labels.texts import characters as module
from copydesk.labels.texts.characters import MAX_CHARS, Bare, characters


def hashes(*texts: str) -> list[int]:
    return [n for found in characters(pa.array(texts)) for n in found.hashes(found.starts, found.starts + found.lengths).tolist()]


def test_a_text_has_the_same_number_wherever_it_stands_and_in_either_case():
    first, _, again, other = hashes("Harbour wall", "x", "HARBOUR WALL", "Harbour walk")
    assert first == again != other


def test_numbers_are_the_same_on_every_machine():
    assert hashes("Wrenmouth, 7 février") == [10951880876155951568]


def test_texts_are_looked_at_some_at_a_time(monkeypatch):
    texts = pa.array(["one", "", "two two", "three"] * 50)
    whole = hashes(*texts.to_pylist())
    monkeypatch.setattr(module, "CHUNK", 100)
    assert len(list(characters(texts))) > 1
    assert hashes(*texts.to_pylist()) == whole


def test_of_a_very_long_text_the_beginning_is_looked_at():
    (found,) = characters(pa.array(["a" * (MAX_CHARS + 1)]))
    assert found.lengths.tolist() == [MAX_CHARS]


def test_a_text_is_known_by_its_beginning_and_its_end_whatever_stands_between_its_words():
    titles = Bare.of(pa.array(["Harbour wall – closed", None]))
    lines = Bare.of(pa.array(["HARBOUR: wall", "wall, closed", "closed wall"]))
    line = lines.running
    numbers = module.stretches(line, lines.starts, lines.starts + lines.lengths)
    assert titles.opens(np.zeros(3, np.int64), numbers, lines.lengths).tolist() == [True, False, False]
    assert titles.closes(np.zeros(3, np.int64), numbers, lines.lengths).tolist() == [False, True, False]
    assert not titles.opens(np.ones(3, np.int64), numbers, lines.lengths).any()
