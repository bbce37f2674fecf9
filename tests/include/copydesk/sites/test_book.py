from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from copydesk.errors import BadInput
from copydesk.sites.book import FOLDER, Book, own_version, rule_book, rules_for

Write = Callable[[str, str], None]
DAY = date(2026, 11, 3)
RULE = "@rule('{host}', first='{first}', last={last})\ndef {name}(page):\n    return Ruling()\n"


def name_of(book: Book, host: str, day: date | None = DAY) -> str | None:
    return next((rule.name for rule in rules_for(book, host) if rule.holds_on(day)), None)


def test_a_rule_is_found_for_its_host_and_its_subdomains_alone(write_rule: Write) -> None:
    write_rule("a_example.py", RULE.format(host="a.example", first="2020-01-01", last=None, name="whole"))
    write_rule("sport.py", RULE.format(host="sport.a.example", first="2020-01-01", last=None, name="sport"))
    book = rule_book()

    assert name_of(book, "a.example") == name_of(book, "news.a.example") == "a_example.whole"
    assert name_of(book, "live.sport.a.example") == "sport.sport"
    assert [name_of(book, host) for host in ("b.example", "ba.example", "example", "")] == [None] * 4


def test_old_pages_are_read_by_old_rules(write_rule: Write) -> None:
    old = RULE.format(host="a.example", first="2018-01-01", last="'2022-12-31'", name="old")
    write_rule("a_example.py", old + RULE.format(host="a.example", first="2023-01-01", last=None, name="new"))
    book = rule_book()

    assert name_of(book, "a.example", date(2019, 6, 1)) == "a_example.old"
    assert name_of(book, "a.example") == name_of(book, "a.example", None) == "a_example.new"
    assert name_of(book, "a.example", date(2017, 6, 1)) is None


def test_two_rules_that_hold_on_one_day_are_refused(write_rule: Write) -> None:
    for name in ("one", "two"):
        write_rule(f"{name}.py", RULE.format(host="a.example", first="2020-01-01", last=None, name=name))

    with pytest.raises(BadInput, match=r"one\.one and two\.two for a\.example hold on the same day"):
        rule_book()


@pytest.mark.parametrize("code", ["def (", "import no_such_module", "@rule('a.example', first='soon')\ndef f(p): ..."])
def test_a_file_that_cannot_be_loaded_is_named(write_rule: Write, code: str) -> None:
    write_rule("broken.py", code)

    with pytest.raises(BadInput, match=r"broken\.py: .*correct it, or take it out"):
        rule_book()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER, str(tmp_path / "nowhere"))

    with pytest.raises(BadInput, match="nowhere: No such file or directory; set COPYDESK_SITE_RULES"):
        rule_book()


def test_what_is_no_rule_file_is_passed_over(write_rule: Write) -> None:
    write_rule("a_example.py", RULE.format(host="a.example", first="2020-01-01", last=None, name="whole"))
    without = set(rule_book())
    write_rule("_shared.py", "raise ValueError")
    write_rule("notes.txt", "raise ValueError")

    assert set(rule_book()) == without
    assert name_of(rule_book(), "a.example") == "a_example.whole"


def test_the_rules_in_use_have_a_version(write_rule: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    versions = []
    for name in ("one", "two"):
        write_rule("a_example.py", RULE.format(host="a.example", first="2020-01-01", last=None, name=name))
        versions.append(own_version())
    monkeypatch.delenv(FOLDER)

    assert len({*versions, own_version()}) == 3


def test_pages_of_other_hosts_do_not_load_beautiful_soup() -> None:
    code = (
        "import sys, copydesk\n"
        "page = {'id': 1, 'content': '<p>Text.</p>', 'media_type': 'text/html', 'url': 'https://b.example/', 'crawl_date': None}\n"
        "copydesk.extract([page])\n"
        "assert 'bs4' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=800)
