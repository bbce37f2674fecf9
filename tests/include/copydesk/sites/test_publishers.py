"""Every rule that comes with Copydesk, on a saved page of its host: `tests/data/sites/<host>/<function>.html` and `.json`."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from copydesk import extract
from copydesk.sites.book import read_rules
from copydesk.sites.rule import Rule

RULES = [rule for rules in read_rules(None).values() for rule in rules]
OF_ALL = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


def saved(rule: Rule, checkout: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """The record of the rule's saved page, and what must come of it."""
    page = checkout / "tests/data/sites" / rule.host / f"{rule.judge.__name__}.html"
    expected = page.with_suffix(".json")
    for path, what in ((page, f"a page of {rule.host}"), (expected, "its url, crawl_date and article")):
        if not path.exists():
            pytest.fail(f"rule {rule.name} has no saved page: put {what} into {path.relative_to(checkout)}")
    gold = json.loads(expected.read_text("utf-8"))
    record = {
        "id": "a",
        "content": page.read_bytes(),
        "media_type": "text/html",
        "url": gold["url"],
        "crawl_date": gold["crawl_date"],
    }
    return record, gold["article"]


def read(record: dict[str, Any], columns: Any) -> dict[str, Any]:
    (row,) = extract([record]).to_pylist()
    assert row["reject_reason"] is None
    return {name: str(row[name]) if name.endswith("_at") else row[name] for name in columns}


@OF_ALL
def test_a_rule_reads_its_saved_page(rule: Rule, checkout: Path) -> None:
    record, article = saved(rule, checkout)

    assert read(record, article) == article


@OF_ALL
def test_a_rule_earns_its_place(rule: Rule, checkout: Path) -> None:
    record, article = saved(rule, checkout)
    record["crawl_date"] = rule.first - timedelta(days=1)

    assert read(record, article) != article
