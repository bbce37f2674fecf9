"""What `copydesk run` says of a day it has published."""

from __future__ import annotations

from typing import Any

DAY = "2026-11-03"
WISH = '[quality.expect]\n"between:paragraph_count" = { max = 1, severity = "warning" }\n'


def test_a_run_says_what_it_was_warned_of(gazette: Any, call: Any) -> None:
    source = gazette.root / "sources" / "gazette.toml"
    source.write_text(source.read_text("utf-8") + WISH, "utf-8")
    gazette.deliver(long=range(1, 4), short=[])
    first, second, *_ = call("run", "gazette", DAY).out.splitlines()

    assert first.startswith(f"gazette {DAY}: verdict warn, records seen 3, records accepted 3")
    assert second.startswith("  warning: between:paragraph_count failed on 3 of 3 rows, as ")


def test_a_run_without_a_warning_says_its_numbers(gazette: Any, call: Any) -> None:
    gazette.deliver(long=range(1, 4), short=[])

    assert call("run", "gazette", DAY).out.splitlines() == [
        f"gazette {DAY}: verdict pass, records seen 3, records accepted 3, records rejected 0",
        "next: copydesk curate --month 2026-11",
    ]


def test_a_released_day_says_its_numbers_alone(held: Any, call: Any) -> None:
    said = call("release", "gazette", DAY)

    assert said.out.splitlines()[0] == f"gazette {DAY}: verdict released, records seen 3, records accepted 1, records rejected 2"
