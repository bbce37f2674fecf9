from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from copydesk.labels.learned_file import read

train = pytest.importorskip(
    "copydesk.labels.train", reason="LightGBM finds no OpenMP library (libgomp) on this machine", exc_type=OSError
)

COLUMNS = (
    "id",
    "url",
    "crawl_date",
    "html",
    "text_full",
    "text_main",
    "body",
    "body_required",
    "title",
    "captions",
    "with",
    "without",
)
PLACES = ("Wrenmouth", "Ostwick", "Tarn Ferry", "Marrow Bay", "Calder Sound", "Fellgate")


def gold(place: str) -> dict[str, object]:
    paragraphs = [
        f"The harbour wall at {place} will be closed to walkers until spring, after a storm tore forty stones out of its crown.",
        f"Masons need dry weather and a low tide at once, said the council of {place}, which promises both before Easter.",
        "Anglers have asked for a ladder on the sheltered side, and will have an answer in the first week of March.",
    ]
    title, site = f"{place} closes its harbour wall", f"https://{place.lower().replace(' ', '-')}.example/wall"
    menu = "<nav><a href=/>Home</a> <a href=/s>Sport</a></nav>"
    text = "".join(f"<p>{p}</p>" for p in paragraphs)
    html = f"<body>{menu}<article><h1>{title}</h1><div class=body>{text}</div></article><footer>© 2026</footer></body>"
    lines = "\n".join([title, *paragraphs])
    row = {"id": place, "url": site, "html": html.encode(), "text_full": f"Home\n{lines}\n© 2026", "text_main": lines}
    return dict.fromkeys(COLUMNS) | row | {"body": "\n\n".join(paragraphs), "title": title}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A gold set of six invented sites."""
    pq.write_table(pa.Table.from_pylist([gold(place) for place in PLACES]), tmp_path / "tiny.parquet")
    return tmp_path


def test_training_prints_scores_of_unseen_sites_and_writes_a_model(folder, tmp_path, capsys):
    target = tmp_path / "learned.npz"
    arguments = ["--data", str(folder), "--output", str(target), "--folds", "2", "--passes", "2", "--networks", "1"]
    assert train.main(arguments) == 0
    printed = capsys.readouterr().out
    assert "tiny                   html           6 pages" in printed
    assert "is_stated_title" in printed
    assert {form: len(found) for form, found in read(target.read_bytes()).networks.items()} == {"html": 1, "text": 1}


def test_a_model_of_each_fold_is_kept_for_benchmarks_on_unseen_sites(folder, tmp_path):
    models = tmp_path / "models"
    arguments = ["--data", str(folder), "--output", str(tmp_path / "learned.npz"), "--folds", "2", "--passes", "1"]
    assert train.main([*arguments, "--models", str(models)]) == 0
    assert {read(path.read_bytes()).version for path in models.iterdir()} != {
        read((tmp_path / "learned.npz").read_bytes()).version
    }
    assert sorted(path.name for path in models.iterdir()) == ["fold0.npz", "fold1.npz"]


def test_the_same_data_make_the_same_model(folder, tmp_path, capsys):
    contents = []
    for name in ("one.npz", "two.npz"):
        target = tmp_path / name
        train.main(["--data", str(folder), "--output", str(target), "--folds", "0", "--passes", "1", "--networks", "1"])
        contents.append(target.read_bytes())
    assert contents[0] == contents[1]
