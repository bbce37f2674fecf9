"""The example of docs/site_rules.md does what the page says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from copydesk import extract
from copydesk.label_names import LABELS
from copydesk.sites.book import FOLDER


@pytest.fixture(scope="module")
def guide(checkout: Path) -> str:
    return (checkout / "docs/site_rules.md").read_text("utf-8")


def example(guide: str, language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", guide, re.DOTALL)
    assert found
    return found[1]


def test_the_example_reads_its_page(guide: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sundlage_avis.py").write_text(example(guide, "python"), "utf-8")
    monkeypatch.setenv(FOLDER, str(tmp_path))
    article = json.loads(example(guide, "json"))
    url = "https://sundlage-avis.example/foghorn"
    record = {"id": "1", "content": example(guide, "html"), "media_type": "text/html", "url": url, "crawl_date": "2021-02-09"}
    with_rule, later = (extract([record | {"crawl_date": day}]).to_pylist()[0] for day in ("2021-02-09", "2023-12-01"))

    assert {name: str(with_rule[name]) if name == "published_at" else with_rule[name] for name in article} == article
    assert later["title"] != article["title"]


def test_every_label_is_named(guide: str) -> None:
    assert " ".join(LABELS) in guide
