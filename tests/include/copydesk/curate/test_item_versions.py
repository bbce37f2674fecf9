"""Versions of an agency's items over several dumps: the highest stands, in whatever order and dump they came, but for what was taken back."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice, permutations
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pytest

from copydesk import read
from copydesk.curate.months import curate_month
from copydesk.curate.ordering import ordered
from copydesk.lake.layout import partition_folders
from copydesk.lake.manifest import load
from copydesk.lake.publishing import replace_partition
from copydesk.schema import ARTICLE_VERSIONS, ARTICLES, CLEAN
from copydesk.storage import Storage

Article = Callable[..., dict[str, Any]]
MONTHS = ("2026-10", "2026-11")
OLD, OLDER = "2026-11-02", "2026-11-01"


class Dump(NamedTuple):
    """What a dump has of one item: a version of it, and the versions that notices take back."""

    key: str
    version: int | None = None
    text: str | None = None  # None: the dump has only notices
    withdrawn: tuple[int | None, ...] = ()


class Wire:
    """A source of an agency's items, and its lake."""

    def __init__(self, root: Path, article: Article) -> None:
        self.lake, self._article = Storage.open(str(root)), article

    def arrive(self, dump: Dump) -> None:
        rows = [] if dump.text is None else [self.row(dump)]
        table = pa.Table.from_pylist(rows, schema=CLEAN.schema)
        told = {"withdrawn": {self.row(dump)["article_id"]: list(dump.withdrawn)}} if dump.withdrawn else {}
        days = {f"{row['published_at']:%Y-%m-%d}" for row in rows}
        values = {"source": "tide", "dump": dump.key}
        replace_partition(self.lake, CLEAN, values, table, {"published_days": sorted(days)} | told)
        for month in MONTHS:
            curate_month(self.lake, month)

    def row(self, dump: Dump) -> dict[str, Any]:
        """The row of `clean`: a text with an X is dated a month earlier."""
        month = 10 if "X" in (dump.text or "") else 11
        said = [
            f"The harbour wall of Wrenmouth is closed to all traffic, as {dump.text} says in paragraph {n}." for n in range(3)
        ]
        return self._article(
            "wall", datetime(2026, month, 3, 9, tzinfo=UTC), said, item_version=dump.version, title=str(dump.text)
        )

    def standing(self) -> str | None:
        rows = read("articles", columns=["title", "version"], root=self.lake.uri).to_pylist()
        assert len(rows) <= 1
        return rows[0]["title"] if rows else None

    def history(self) -> list[tuple[Any, ...]]:
        names = ("title", "version", "is_current", "first_seen_dump", "item_version")
        rows = read("article_versions", columns=list(names), root=self.lake.uri).to_pylist()
        return sorted((tuple(row[name] for name in names) for row in rows), key=lambda row: row[1])

    def published(self) -> dict[str, bytes]:
        """The bytes of all days that hold anything."""
        folders = [folder for dataset in (ARTICLES, ARTICLE_VERSIONS) for _, folder in partition_folders(self.lake, dataset)]
        held = [folder for folder in folders if (manifest := load(self.lake, folder)) and manifest.rows]
        return {file.path: self.lake.read_bytes(file.path) for folder in held for file in self.lake.files(folder)}


@pytest.fixture
def wire(tmp_path: Path, article: Article) -> Wire:
    return Wire(tmp_path / "lake", article)


def arriving(wire: Wire, dumps: Iterable[Dump]) -> Wire:
    for dump in dumps:
        wire.arrive(dump)
    return wire


def test_an_older_version_that_is_sent_again_in_a_later_dump_does_not_stand(wire: Wire) -> None:
    arriving(wire, [Dump("2026-11-01", 1, "First"), Dump("2026-11-02", 3, "Third"), Dump("2026-11-03", 2, "Second")])
    assert wire.standing() == "Third"
    assert wire.history() == [
        ("First", 1, False, "2026-11-01", 1),
        ("Second", 2, False, "2026-11-03", 2),
        ("Third", 3, True, "2026-11-02", 3),
    ]
    (row,) = read(
        "articles", columns=["version", "first_seen_dump", "last_seen_dump", "item_version"], root=wire.lake.uri
    ).to_pylist()
    assert row == {"version": 3, "first_seen_dump": "2026-11-01", "last_seen_dump": "2026-11-03", "item_version": 3}


def test_of_one_version_the_later_dump_stands(wire: Wire) -> None:
    assert arriving(wire, [Dump(OLDER, 2, "As sent"), Dump(OLD, 2, "As mended")]).standing() == "As mended"


def test_an_older_version_of_another_month_leaves_the_newer_where_it_is(wire: Wire) -> None:
    arriving(wire, [Dump(OLDER, 2, "Second"), Dump(OLD, 1, "First X")])
    assert wire.standing() == "Second"
    assert [row[0] for row in wire.history()] == ["First X", "Second"]
    assert arriving(wire, [Dump("2026-11-03", 3, "Third X")]).standing() == "Third X"


@pytest.mark.parametrize("notice", [2, None])
def test_a_notice_takes_back_its_version_and_those_before_it_in_any_dump(wire: Wire, notice: int | None) -> None:
    dumps = [Dump("2026-11-01", 1, "First"), Dump("2026-11-02", 2, "Second"), Dump("2026-11-03", withdrawn=(notice,))]
    assert arriving(wire, dumps).standing() is None
    assert arriving(wire, [Dump("2026-11-04", 2, "Second again"), Dump("2026-11-05", 1, "First again")]).standing() is None
    assert arriving(wire, [Dump("2026-11-06", 3, "Third")]).standing() == "Third"
    assert wire.history() == []


def test_a_higher_version_stands_whether_it_is_of_a_dump_behind_the_notice_before_it_or_with_it(wire: Wire) -> None:
    arriving(wire, [Dump("2026-11-01", 3, "Third"), Dump("2026-11-02", withdrawn=(2,))])
    assert wire.standing() == "Third"
    assert arriving(wire, [Dump("2026-11-03", 4, "Fourth", (3,))]).standing() == "Fourth"


def test_a_notice_with_a_higher_version_in_its_dump_still_takes_back_what_came_before(wire: Wire) -> None:
    arriving(wire, [Dump("2026-11-01", 1, "First"), Dump("2026-11-02", withdrawn=(2,))])
    arriving(wire, [Dump("2026-11-02", None, None, (2,)), Dump("2026-11-03", 3, "Third")])
    assert (wire.standing(), wire.history()) == ("Third", [])


def test_a_notice_without_a_number_takes_back_all_of_the_dumps_before_whatever_its_own_has(wire: Wire) -> None:
    arriving(wire, [Dump("2026-11-01", 9, "Ninth"), Dump("2026-11-02", withdrawn=(7, None))])
    assert wire.standing() is None
    assert arriving(wire, [Dump("2026-11-03", 8, "Eighth")]).standing() is None
    assert arriving(wire, [Dump("2026-11-04", 10, "Tenth")]).standing() == "Tenth"


def test_items_without_numbers_follow_each_other_as_the_dumps_do(wire: Wire) -> None:
    assert arriving(wire, [Dump("2026-11-02", None, "Later"), Dump("2026-11-01", None, "Earlier")]).standing() == "Later"
    assert arriving(wire, [Dump("2026-11-03", withdrawn=(None,))]).standing() is None
    assert arriving(wire, [Dump("2026-11-04", None, "Again")]).standing() == "Again"


def test_what_an_older_version_of_copydesk_read_counts_by_its_dump(wire: Wire) -> None:
    """Its rows have no column of versions, and its manifests lists of ids in the place of versions."""
    before = replace(CLEAN, columns=tuple(column for column in CLEAN.columns if column.name != "item_version"))
    for key, text in ((OLDER, "First"), (OLD, "Second")):
        table = pa.Table.from_pylist([wire.row(Dump(key, text=text))], schema=CLEAN.schema).select(before.schema.names)
        replace_partition(wire.lake, before, {"source": "tide", "dump": key}, table, {"published_days": ["2026-11-03"]})
    curate_month(wire.lake, "2026-11")
    assert wire.standing() == "Second"
    assert arriving(wire, [Dump("2026-10-30", 1, "Zeroth")]).standing() == "Second"
    assert arriving(wire, [Dump("2026-11-03", 2, "Third")]).standing() == "Third"

    taken_back = {"published_days": [], "withdrawn": [wire.row(Dump(OLD))["article_id"]]}
    values = {"source": "tide", "dump": "2026-11-04"}
    replace_partition(wire.lake, CLEAN, values, CLEAN.schema.empty_table(), taken_back)
    curate_month(wire.lake, "2026-11")
    assert wire.standing() is None
    assert arriving(wire, [Dump("2026-11-05", 3, "Fifth")]).standing() == "Fifth"


def test_an_item_that_took_the_place_of_another_counts_from_one_again() -> None:
    names = ("article_id", "seen_as", "dump", "fingerprint", "item_version")
    rows = [
        ("new", "new", "3", "c", 1),
        ("new", "old", "1", "a", 5),
        ("new", "old", "2", "b", 4),
        ("other", "other", "2", "d", 9),
    ]
    table = pa.table({name: list(values) for name, values in zip(names, zip(*rows, strict=True), strict=True)})
    assert ordered(table)["fingerprint"].to_pylist() == ["b", "a", "c", "d"]


ITEM = [
    Dump("2026-11-01", 1, "First X"),
    Dump("2026-11-02", 3, "Third"),
    Dump("2026-11-03", 2, "Second X", (1,)),
    Dump("2026-11-04", None, "Unnumbered"),
]


def test_dumps_give_the_same_bytes_in_whatever_order_they_come(tmp_path: Path, article: Article) -> None:
    found = [arriving(Wire(tmp_path / str(n), article), order) for n, order in enumerate(islice(permutations(ITEM), 0, None, 5))]
    assert found[0].standing() == "Unnumbered"
    assert [row[0] for row in found[0].history()] == ["Second X", "Third", "Unnumbered"]
    assert all(each.published() == found[0].published() for each in found)


@pytest.mark.parametrize("seed", range(4))
def test_the_highest_version_above_all_notices_stands_whatever_is_replaced_meanwhile(
    tmp_path: Path, article: Article, seed: int
) -> None:
    chance = random.Random(seed)
    wire, anew, last = Wire(tmp_path / "lake", article), Wire(tmp_path / "anew", article), dict[str, Dump]()
    for n in range(8):
        key = f"2026-11-{chance.randrange(1, 6):02}"
        has_text = chance.random() < 0.7
        text = f"Text {n}{chance.choice(['', ' X'])}" if has_text else None
        notices = (chance.randrange(1, 5),) if not has_text or chance.random() < 0.2 else ()
        highest = max(notices, default=0)
        last[key] = Dump(key, chance.randrange(highest + 1, highest + 5) if has_text else None, text, notices)
        wire.arrive(last[key])
        taken_back = max((version for dump in last.values() for version in dump.withdrawn if version), default=0)
        left = [dump for dump in last.values() if dump.version and dump.version > taken_back]
        expected = max(left, key=lambda dump: (dump.version, dump.key), default=None)
        assert wire.standing() == (expected.text if expected else None)
    order = [*last.values()]
    chance.shuffle(order)
    assert arriving(anew, order).published() == wire.published()
