"""`copydesk datasets`: what is in the lake."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from rich.box import SIMPLE
from rich.console import Console
from rich.filesize import decimal
from rich.table import Table
from rich.text import Text

from copydesk.commands.environment import preparing, reaching
from copydesk.commands.terminal import remark, say, show
from copydesk.errors import BadInput
from copydesk.lake.ingested import last_seen
from copydesk.lake.inventory import Holding, inventory
from copydesk.lake.reading import open_lake
from copydesk.raw.late import Late, find_late
from copydesk.schema import CLEAN, DATASETS
from copydesk.settings import Settings
from copydesk.sources import SourceError, find
from copydesk.storage import Storage

Dump = tuple[str, str]  # source and key

TEXTS = {"source", "dump", "verdict", "dataset"}
COLOURS = {"pass": "green", "warn": "yellow", "hold": "red"}


def show_datasets() -> int:
    """Print every dump with its rows, quarantined records, verdict, size and late files; then every dataset, and the total."""
    with preparing(), reaching("COPYDESK_LAKE"):
        settings = Settings.from_env()
        lake = open_lake(settings.lake)
    holdings = inventory(lake)
    if not holdings:
        say(f"{lake.uri}: nothing published yet; `copydesk run SOURCE KEY` ingests a dump")
        return 0
    clean = [holding for holding in holdings if holding.dataset == CLEAN.name]
    late = _late(lake, settings, clean)
    show(_dumps(clean, late))
    show(_totals(holdings))
    verdicts = Counter(holding.verdict or "none" for holding in clean)
    say("verdicts: " + ", ".join(f"{verdict} {count}" for verdict, count in sorted(verdicts.items())))
    if late:
        say(
            f"late: {_in_words(late.values())} came or changed after their day; a new run of it takes them in: copydesk run SOURCE KEY"
        )
    return 0


def _late(lake: Storage, settings: Settings, clean: Iterable[Holding]) -> dict[Dump, Late]:
    """The late files of each dump; where they cannot be found, a remark says why, for that is no failure of the lake."""
    found: dict[Dump, Late] = {}
    try:
        raw = Storage.open(settings.raw)
        raw.check_readable()
        for name in sorted({str(holding.values["source"]) for holding in clean}):
            found |= _late_of(lake, raw, settings, name)
    except (BadInput, OSError) as error:
        remark(f"late files are not known: {error}")
    return found


def _late_of(lake: Storage, raw: Storage, settings: Settings, name: str) -> dict[Dump, Late]:
    try:
        source = find(name, settings.sources)
    except SourceError as error:
        remark(f"late files of {name} are not known: {error}")
        return {}
    return {(name, key): late for key, late in find_late(raw, source, last_seen(lake, name)).items()}


def _dumps(clean: Iterable[Holding], late: Mapping[Dump, Late]) -> Table:
    table = _table("source", "dump", "articles", "quarantined", "verdict", "size", "late")
    for holding in clean:
        verdict = Text(holding.verdict or "", COLOURS.get(holding.verdict or "", ""))
        quarantined = "" if holding.quarantined is None else f"{holding.quarantined:,}"
        source, dump = (str(value) for value in holding.values.values())
        missed = _in_words([late[source, dump]]) if (source, dump) in late else ""
        table.add_row(source, dump, f"{holding.rows:,}", quarantined, verdict, decimal(holding.bytes), missed)
    return table


def _in_words(late: Iterable[Late]) -> str:
    files, size = (sum(counts) for counts in zip(*((each.files, each.size) for each in late), strict=True))
    return f"{files:,} file{'s' * (files != 1)} ({decimal(size)})"


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
