from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.benchmarks.engine import fold_models, shipped, unseen
from copydesk.benchmarks.sets import pages
from copydesk.errors import BadInput
from copydesk.labels import learned_file


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """Three models, all of them the one that is shipped."""
    folder = tmp_path / "models"
    folder.mkdir()
    for part in range(3):
        (folder / f"fold{part}.npz").write_bytes(Path(learned_file.__file__).with_name(learned_file.FILE).read_bytes())
    return folder


def test_readings_come_in_the_order_of_the_pages(gold, models):
    for number, row in enumerate(gold.rows):
        row["url"] = f"https://site{number}.example/wall"  # so that several models are at work
    for contestant in (shipped(), unseen(models)):
        readings = list(contestant.read(pages(gold, "html")))
        assert [reading.title for reading in readings] == [row["title"] for row in gold.rows]
        assert all("Masons need dry weather" in reading.body for reading in readings)


def test_fold_models_with_a_gap_are_refused(models):
    (models / "fold1.npz").unlink()
    with pytest.raises(BadInput, match=r"found fold0\.npz, fold2\.npz"):
        fold_models(models)


def test_a_folder_without_models_is_refused(tmp_path):
    with pytest.raises(BadInput, match="found none"):
        fold_models(tmp_path)
