from __future__ import annotations

from importlib.resources import files

import numpy as np

from copydesk.labels.learned_file import FILE, load_learned, read, write

MAX_BYTES = 1_000_000


def test_the_shipped_model_is_small():
    assert len(files("copydesk.labels").joinpath(FILE).read_bytes()) < MAX_BYTES


def test_a_model_that_is_written_and_read_again_says_the_same(labelled, article):
    parts, found = labelled(article)
    again = read(write(load_learned()))
    prior = np.zeros((parts.blocks.num_rows, 13), np.float32)
    expected = load_learned().probabilities(found.features, prior, parts.blocks)
    assert np.allclose(again.probabilities(found.features, prior, parts.blocks), expected, atol=1e-3)


def test_the_version_names_the_content():
    model = load_learned()
    content = write(model)
    assert read(content).version == read(content).version
    assert read(content).version.startswith("learned-")
