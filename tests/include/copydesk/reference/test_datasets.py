from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pytest

from copydesk.quality.rule_wording import Undescribed
from copydesk.reference import datasets
from copydesk.reference.datasets import data_dictionary
from copydesk.schema import ARTICLES, DATASETS, Column


def test_every_column_of_every_dataset_is_in_the_dictionary() -> None:
    page = data_dictionary()
    for dataset in DATASETS.values():
        section = page.split(f"\n## {dataset.name}\n")[1].split("\n## ")[0]
        assert all(f"| `{column.name}` |" in section for column in (*dataset.partition, *dataset.columns))


def test_no_column_goes_without_a_description(monkeypatch: pytest.MonkeyPatch) -> None:
    silent = replace(ARTICLES, columns=(Column("mystery", pa.string(), ""),))
    monkeypatch.setattr(datasets, "DATASETS", {"articles": silent})
    with pytest.raises(Undescribed, match=r"articles\.mystery"):
        data_dictionary()
