from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest
from pydantic import BaseModel

from copydesk import reference
from copydesk.reference import Undescribed, data_dictionary, main, rule_in_words, settings_page, type_in_words
from copydesk.schema import ARTICLES, DATASETS, Column, Rule, Severity, between
from copydesk.settings import Settings
from copydesk.sources import Source

DOCS = Path(__file__).parents[3] / "docs"


def test_the_pages_in_docs_are_what_the_code_says(capsys: pytest.CaptureFixture[str]) -> None:
    stale = main(["--check"], DOCS)
    assert not stale, capsys.readouterr().err


def test_a_page_out_of_date_is_shown_as_a_diff(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([], tmp_path) == 0
    page = tmp_path / "settings.md"
    page.write_text(page.read_text("utf-8").replace("`20`", "`19`"), "utf-8")
    before = page.read_bytes()
    assert main(["--check"], tmp_path) == 1
    said = capsys.readouterr().err
    assert "-| `quality.min_words`" in said
    assert "python -m copydesk.reference" in said
    assert page.read_bytes() == before


def test_a_missing_page_is_out_of_date(tmp_path: Path) -> None:
    assert main(["--check"], tmp_path) == 1


def test_every_column_of_every_dataset_is_in_the_dictionary() -> None:
    page = data_dictionary()
    for dataset in DATASETS.values():
        section = page.split(f"\n## {dataset.name}\n")[1].split("\n## ")[0]
        assert all(f"| `{column.name}` |" in section for column in (*dataset.partition, *dataset.columns))


def test_every_setting_and_key_is_on_the_settings_page() -> None:
    page = settings_page()
    assert all(f"`COPYDESK_{name.upper()}`" in page for name in Settings.model_fields)
    for name, field in Source.model_fields.items():
        parts = field.annotation.model_fields if name in ("record", "quality", "arrival") else [None]  # type: ignore[union-attr]
        assert all(f"| `{name}.{part}` |" in page or f"| `{name}` |" in page for part in parts)


def test_types_read_as_words() -> None:
    images = pa.list_(pa.struct([("caption", pa.string()), ("width", pa.int32())]))
    assert type_in_words(images) == "list of record of `caption` (text), `width` (whole number)"
    assert type_in_words(pa.dictionary(pa.int32(), pa.string())) == "text (dictionary)"
    assert type_in_words(pa.timestamp("us", tz="UTC")) == "time in UTC"


def test_rules_read_as_words_with_their_severity() -> None:
    assert rule_in_words(between(0, 1)) == "from 0 to 1 (critical)"
    assert rule_in_words(between(1, None, Severity.WARNING)) == "at least 1 (warning)"


def test_nothing_goes_without_words(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Undescribed, match="decimal"):
        type_in_words(pa.decimal128(5, 2))
    with pytest.raises(Undescribed, match="ExpectSomething"):
        rule_in_words(Rule("ExpectSomething", Severity.WARNING))
    silent = replace(ARTICLES, columns=(Column("mystery", pa.string(), ""),))
    monkeypatch.setattr(reference, "DATASETS", {"articles": silent})
    with pytest.raises(Undescribed, match=r"articles\.mystery"):
        data_dictionary()


def test_a_setting_without_a_meaning_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class Mute(BaseModel):
        depth: int = 3

    monkeypatch.setattr(reference, "Settings", Mute)
    with pytest.raises(Undescribed, match="depth"):
        settings_page()
