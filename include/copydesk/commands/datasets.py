"""`copydesk datasets`: what is in the lake."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rich.box import SIMPLE
from rich.console import Console
from rich.filesize import decimal
from rich.table import Table
from rich.text import Text

from copydesk.commands.environment import preparing, reaching
from copydesk.commands.terminal import say, show
from copydesk.lake.inventory import Holding, inventory
from copydesk.lake.reading import open_lake
from copydesk.schema import CLEAN, DATASETS
from copydesk.settings import Settings

TEXTS = {"source", "dump", "verdict", "dataset"}
COLOURS = {"pass": "green", "warn": "yellow", "hold": "red"}


def show_datasets() -> int:
    """Print every dump with its rows, quarantined records, verdict and size; then every dataset, and the total."""
    with preparing(), reaching("COPYDESK_LAKE"):
        lake = open_lake(Settings.from_env().lake)
    holdings = inventory(lake)
    if not holdings:
        say(f"{lake.uri}: nothing published yet; `copydesk run SOURCE KEY` ingests a dump")
        return 0
    clean = [holding for holding in holdings if holding.dataset == CLEAN.name]
    show(_dumps(clean))
    show(_totals(holdings))
    verdicts = Counter(holding.verdict or "none" for holding in clean)
    say("verdicts: " + ", ".join(f"{verdict} {count}" for verdict, count in sorted(verdicts.items())))
    return 0


def _dumps(clean: Iterable[Holding]) -> Table:
    table = _table("source", "dump", "articles", "quarantined", "verdict", "size")
    for holding in clean:
        verdict = Text(holding.verdict or "", COLOURS.get(holding.verdict or "", ""))
        quarantined = "" if holding.quarantined is None else f"{holding.quarantined:,}"
        place = (str(value) for value in holding.values.values())
        table.add_row(*place, f"{holding.rows:,}", quarantined, verdict, decimal(holding.bytes))
    return table


def _totals(holdings: list[Holding]) -> Table:
    table = _table("dataset", "partitions", "rows", "size")
    for name in DATASETS:
        _add_total(table, name, [holding for holding in holdings if holding.dataset == name])
    table.add_section()
    _add_total(table, "total", holdings)
    return table


def _add_total(table: Table, name: str, holdings: list[Holding]) -> None:
    published = sum(holding.files > 0 for holding in holdings)  # a dump that was held has none
    rows, size = sum(holding.rows for holding in holdings), sum(holding.bytes for holding in holdings)
    table.add_row(name, f"{published:,}", f"{rows:,}", decimal(size))


def _table(*columns: str) -> Table:
    """Text to the left, numbers to the right; rulers only where a person looks."""
    table = Table(box=SIMPLE if Console().is_terminal else None)
    for column in columns:
        table.add_column(column, justify="left" if column in TEXTS else "right", no_wrap=True)
    return table
