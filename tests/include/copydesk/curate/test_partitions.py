"""What is kept of dumps is what their manifests say, whoever publishes meanwhile and whatever becomes of what is kept."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from copydesk.curate import catalogue
from copydesk.curate.catalogue import KEPT, Partition, numbers_of, read_catalogue
from copydesk.curate.months import curate_month
from copydesk.curate.partitions import clean_partitions, keep_catalogues
from copydesk.lake.manifest import NAME, Manifest
from copydesk.lake.publishing import Publication
from copydesk.schema import CLEAN
from copydesk.storage import Storage

Article = Callable[..., dict[str, Any]]
Publish = Callable[..., None]
PLACE = f"{KEPT}/source=courier.arrow"
SECOND = "clean/source=courier/dump=2026-11-02"


def at(month: int, day: int = 1) -> datetime:
    return datetime(2026, month, day, 9, tzinfo=UTC)


def told(name: str, number: int = 0) -> list[str]:
    return [f"Only {name} has this paragraph, number {n} of text {number}, about its own street festival." for n in range(3)]


@pytest.fixture
def dumps(lake: Storage, article: Article, publish: Publish) -> list[Partition]:
    """Three dumps of two sources, as their manifests have them."""
    publish("courier", "2026-11-01", article("a", at(11), told("a")), article("b", at(10), told("b")))
    publish("courier", "2026-11-02", article("c", at(11), told("c")))
    publish("herald", "2026-11-02", article("d", None, told("d")))
    return clean_partitions(lake)


def spoil(lake: Storage, path: str) -> bytes:
    """Other bytes of the same length, on which whoever reads them fails; what was there."""
    data = lake.read_bytes(path)
    lake.write_bytes(path, b"\0" * len(data))
    return data


def part_of(lake: Storage, folder: str) -> str:
    [part] = lake.glob(f"{folder}/*.parquet")
    return part.path


def test_what_is_kept_says_what_manifests_say_and_none_is_read(lake: Storage, dumps: list[Partition]) -> None:
    assert [(each.source, each.dump, sorted(each.months)) for each in dumps] == [
        ("courier", "2026-11-01", ["2026-10", "2026-11"]),
        ("courier", "2026-11-02", ["2026-11"]),
        ("herald", "2026-11-02", ["unknown"]),
    ]
    keep_catalogues(lake)
    for each in dumps:
        spoil(lake, f"{each.folder}/{NAME}")
    found = clean_partitions(lake)
    assert found == dumps
    assert [len(each.ids) for each in found if each.ids is not None] == [2, 1, 1]


def test_a_dump_that_holds_none_of_the_articles_is_not_opened(lake: Storage, dumps: list[Partition]) -> None:
    keep_catalogues(lake)
    first, second, other = clean_partitions(lake)
    ids = numbers_of(pa.array([row["article_id"] for row in _rows(lake, first)]))
    assert [each.may_hold(ids) for each in (first, second, other, *dumps)] == [True, False, False, True, True, True]


def _rows(lake: Storage, partition: Partition) -> list[dict[str, Any]]:
    return [row for file in partition.files(lake) for row in pa.parquet.read_table(file, columns=["article_id"]).to_pylist()]


def test_a_dump_that_is_published_anew_is_as_its_manifest_has_it(
    lake: Storage, dumps: list[Partition], article: Article, publish: Publish
) -> None:
    keep_catalogues(lake)
    publish("courier", "2026-11-02", article("c", at(12), told("c")))
    publish("courier", "2026-11-03", article("e", at(12), told("e")))
    before = clean_partitions(lake)
    assert [sorted(each.months) for each in before] == [["2026-10", "2026-11"], ["2026-12"], ["2026-12"], ["unknown"]]
    assert [each.ids is None for each in before] == [False, True, True, False]
    keep_catalogues(lake)
    assert clean_partitions(lake) == before
    assert all(each.ids is not None for each in clean_partitions(lake))


def test_a_dump_that_is_gone_is_forgotten(lake: Storage, dumps: list[Partition]) -> None:
    keep_catalogues(lake)
    lake.delete_tree(SECOND)
    assert clean_partitions(lake) == [dumps[0], dumps[2]]
    keep_catalogues(lake)
    assert list(read_catalogue(lake, "courier")) == ["2026-11-01"]


def test_a_part_that_a_later_manifest_leaves_out_counts_no_more_though_a_kill_left_it(lake: Storage, article: Article) -> None:
    tables = [pa.Table.from_pylist([article(name, at(11), told(name))], schema=CLEAN.schema) for name in "ab"]
    with Publication(lake, CLEAN, {"source": "courier", "dump": "2026-11-02"}) as publication:
        parts = [publication.add(table) for table in tables]
        manifest = publication.publish({"published_days": ["2026-11-01"]})
    keep_catalogues(lake)
    fewer = Manifest(manifest.dataset, manifest.values, manifest.schema_version, (parts[0],), manifest.summary)
    lake.write_bytes(f"{SECOND}/{NAME}", fewer.to_json())
    [found] = clean_partitions(lake)
    assert list(found.rows) == [parts[0].name]
    assert found.ids is None


def test_of_a_source_whose_only_dump_is_just_being_replaced_nothing_is_kept(
    lake: Storage, article: Article, publish: Publish
) -> None:
    publish("courier", "2026-11-02", article("c", at(11), told("c")))
    keep_catalogues(lake)
    assert list(read_catalogue(lake, "courier")) == ["2026-11-02"]
    lake.write_bytes(f"{SECOND}/part-{'0' * 32}.parquet", b"half")
    keep_catalogues(lake)
    assert read_catalogue(lake, "courier") == {}


def test_a_dump_with_a_file_too_many_is_read_from_its_manifest_until_that_is_gone(lake: Storage, dumps: list[Partition]) -> None:
    stray = f"{SECOND}/part-{'0' * 32}.parquet"
    lake.write_bytes(stray, b"half")
    keep_catalogues(lake)
    assert list(read_catalogue(lake, "courier")) == ["2026-11-01"]
    assert clean_partitions(lake) == dumps
    lake.delete_file(stray)
    keep_catalogues(lake)
    assert list(read_catalogue(lake, "courier")) == ["2026-11-01", "2026-11-02"]


def test_a_damaged_dump_is_left_to_whoever_needs_its_articles(
    lake: Storage, dumps: list[Partition], article: Article, publish: Publish
) -> None:
    publish("herald", "2026-11-03", article("f", at(11), told("f")))
    spoil(lake, part_of(lake, "clean/source=herald/dump=2026-11-02"))
    assert curate_month(lake, "2026-10")["articles"] == 1
    assert list(read_catalogue(lake, "herald")) == ["2026-11-03"]
    with pytest.raises((OSError, pa.ArrowInvalid)):
        curate_month(lake, "2026-11")


@pytest.mark.parametrize("damage", [lambda data: data[:-9], lambda data: data.replace(b"2026-10", b"2026-09"), lambda _: b""])
def test_what_is_kept_and_damaged_says_nothing_and_is_made_again(
    lake: Storage, dumps: list[Partition], damage: Callable[[bytes], bytes]
) -> None:
    keep_catalogues(lake)
    good = lake.read_bytes(PLACE)
    lake.write_bytes(PLACE, damage(good))
    assert clean_partitions(lake) == dumps
    assert clean_partitions(lake)[0].ids is None
    keep_catalogues(lake)
    assert lake.read_bytes(PLACE) == good


def test_what_another_version_kept_says_nothing(lake: Storage, dumps: list[Partition], monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as other:
        other.setattr(catalogue, "SCHEMA", catalogue.SCHEMA.with_metadata({"ids": "of the next version"}))
        keep_catalogues(lake)
    assert clean_partitions(lake)[0].ids is None
    keep_catalogues(lake)
    assert clean_partitions(lake)[0].ids is not None


def test_the_same_is_not_written_again(lake: Storage, dumps: list[Partition]) -> None:
    keep_catalogues(lake)
    before = Path(lake.full(PLACE)).stat()
    keep_catalogues(lake)
    after = Path(lake.full(PLACE)).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_of_too_many_articles_those_of_the_largest_dumps_are_not_kept(
    lake: Storage, dumps: list[Partition], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "MOST_IDS", 1)
    keep_catalogues(lake)
    assert [each.ids is None for each in clean_partitions(lake)] == [True, False, False]
    assert clean_partitions(lake) == dumps


def test_a_lake_that_cannot_keep_it_is_curated_all_the_same(
    lake: Storage, dumps: list[Partition], caplog: pytest.LogCaptureFixture
) -> None:
    lake.write_bytes(KEPT, b"a file where the folder should be")
    assert curate_month(lake, "2026-11")["articles"] == 2
    assert "is not kept" in caplog.text


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_kept_lost_or_damaged_on_the_way_the_same_dumps_give_the_same_articles(
    lake: Storage, article: Article, publish: Publish, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    months = ["2026-09", "2026-10", "2026-11", "unknown"]
    for _ in range(12):
        rows = [
            article(name, chance.choice([at(9), at(10, 30), at(11), None]), told(name, chance.randrange(2)))
            for name in chance.sample("abcdef", chance.randrange(5))
        ]
        source = chance.choice(["courier", "herald"])
        publish(
            source,
            f"2026-11-{chance.randrange(1, 7):02}",
            *({**row, "article_id": f"{source}{row['article_id']}"} for row in rows),
        )
        for month in chance.sample(months, 2):
            curate_month(lake, month)
        if chance.random() < 0.3 and lake.exists(PLACE):
            chance.choice([lambda: lake.delete_file(PLACE), lambda: spoil(lake, PLACE)])()
    for month in months:
        curate_month(lake, month)
    anew = Storage.open(str(tmp_path / "anew"))
    for file in lake.files("clean"):
        anew.write_bytes(file.path, lake.read_bytes(file.path))
    for month in months:
        curate_month(anew, month)
    held = [{file.path: each.read_bytes(file.path) for file in each.files("articles")} for each in (lake, anew)]
    assert _told(held[0]) == _told(held[1])


def _told(files: dict[str, bytes]) -> dict[str, bytes]:
    """Without the days that were emptied, which only a lake has that once held them."""
    emptied = {
        path.rpartition("/")[0] for path, data in files.items() if path.endswith(NAME) and not Manifest.from_json(data).rows
    }
    return {path: data for path, data in files.items() if path.rpartition("/")[0] not in emptied}
