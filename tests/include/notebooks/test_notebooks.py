"""The notebooks, executed as a person would, on a lake of the samples."""

from __future__ import annotations

import base64
import importlib
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from matplotlib import image
from nbclient import NotebookClient

NOTEBOOKS = ("one_article", "read_articles")
TIMEOUT_S = 240


@pytest.fixture(scope="module")
def folder(checkout: Path) -> Path:
    return checkout / "include" / "notebooks"


@pytest.fixture(scope="module")
def environment(folder: Path) -> Iterator[dict[str, str]]:
    """What the notebooks find when nobody named a lake: one they made of the samples."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("COPYDESK_LAKE", raising=False)
        patch.delenv("COPYDESK_SOURCES", raising=False)
        patch.syspath_prepend(str(folder))
        importlib.import_module("sample_lake").open_lake()
        sys.modules.pop("sample_lake")
        yield {name: os.environ[name] for name in ("COPYDESK_LAKE", "COPYDESK_SOURCES")}
        for name in ("COPYDESK_LAKE", "COPYDESK_SOURCES"):
            os.environ.pop(name)


def execute(name: str, folder: Path, environment: dict[str, str], home: Path) -> list[Any]:
    """The outputs of a notebook, of all cells; CellExecutionError where one fails."""
    own = {variable: str(home) for variable in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR")}
    notebook = nbformat.read(folder / f"{name}.ipynb", as_version=4)
    client = NotebookClient(notebook, timeout=TIMEOUT_S, resources={"metadata": {"path": str(folder)}})
    client.execute(env={**os.environ, **own, **environment})
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


@pytest.fixture(scope="module")
def one_article(folder: Path, environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    return execute("one_article", folder, environment, tmp_path_factory.mktemp("jupyter"))


@pytest.fixture(scope="module")
def read_articles(folder: Path, environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    return execute("read_articles", folder, environment, tmp_path_factory.mktemp("jupyter"))


def texts(outputs: list[Any], kind: str = "text/plain") -> str:
    return "\n".join(output["data"].get(kind, "") for output in outputs if "data" in output)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_repository_holds_no_outputs(folder: Path, name: str) -> None:
    notebook = nbformat.read(folder / f"{name}.ipynb", as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [(cell.outputs, cell.execution_count, dict(cell.metadata)) for cell in code] == [([], None, {})] * len(code)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_nothing_is_warned_of(request: pytest.FixtureRequest, environment: dict[str, str], name: str) -> None:
    said = [output["text"] for output in request.getfixturevalue(name) if output["output_type"] == "stream"]
    assert [text for text in said if "font cache" not in text] == []  # which matplotlib builds once a machine


def test_every_reader_gives_the_same_rows(read_articles: list[Any]) -> None:
    shown = texts(read_articles)
    table = shown[shown.index("published_date is") :].splitlines()[1:6]
    assert [line.split()[-2:] for line in table] == [["79", kind] for kind in ("date", "category", "string", "Date", "DATE")]
    assert "1 of 4 files opened" in shown


def test_five_plots_are_drawn_and_none_is_empty(read_articles: list[Any]) -> None:
    pictures = [output["data"]["image/png"] for output in read_articles if "image/png" in output.get("data", {})]
    assert len(pictures) == 5
    for picture in pictures:
        colours = image.imread(io.BytesIO(base64.b64decode(picture)))[..., :3]
        inked = np.ptp(colours, axis=2) > 0.3  # neither paper nor type
        assert inked.mean() > 0.002


def test_one_article_shows_every_step_of_its_way(one_article: list[Any]) -> None:
    shown = texts(one_article, "text/html")
    assert "Harbour wall repairs will cost twice the first estimate" in shown
    for step in ("<pre", ">standfirst<", ">cut<", "Latest Harbour News", "<ins", "0.98", "not_null:published_at"):
        assert step in shown, step
