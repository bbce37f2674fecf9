"""A record is found again by the origin that its row names, in whatever piece of whatever file it stands."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest

from copydesk.pipeline import run_partition
from copydesk.records import Origin, Record
from copydesk.run import Run
from copydesk.steps.origins import bytes_before, record_at

DAY = "2026-11-03"
PADDING = f"<!--{'x' * 20_000}-->"


def origin_of(row: dict[str, Any]) -> Origin:
    return Origin(**{part.name: row[f"origin_{part.name}"] for part in fields(Origin)})


def address(run: Run, row: dict[str, Any]) -> str | None:
    found = record_at(run, origin_of(row))
    return found.url if isinstance(found, Record) else None


@pytest.mark.parametrize("padding", ["", PADDING])
def test_every_record_is_found_again(press: Any, page: Callable[..., Any], padding: str) -> None:
    press.dump([page(n, extra=padding) for n in range(80)], [page(n) for n in range(80, 90)])
    run = press.run(shard_bytes=300_000)
    run_partition(run)
    rows = press.rows("clean")

    assert len(rows) == 90
    assert [address(run, row) for row in rows] == [row["url"] for row in rows]
    assert all(found and found.origin == origin_of(row) for row in rows for found in [record_at(run, origin_of(row))])


def test_a_record_far_into_a_large_file_is_read_from_its_first_byte(press: Any, page: Callable[..., Any]) -> None:
    press.dump([page(n, extra=PADDING) for n in range(80)])
    run = press.run()
    run_partition(run)

    assert {bytes_before(run, origin_of(row)) for row in press.rows("clean")} == {0}


def test_a_record_in_a_compressed_file_has_all_before_it_read(press: Any, page: Callable[..., Any]) -> None:
    press.dump([page(n, extra=PADDING) for n in range(5)])
    path = press.root / "raw" / DAY / "000.jsonl"
    path.with_suffix(".jsonl.gz").write_bytes(gzip.compress(path.read_bytes()))
    path.unlink()
    run = press.run()
    run_partition(run)
    rows = press.rows("clean")

    assert [address(run, row) for row in rows] == [row["url"] for row in rows]
    assert max(bytes_before(run, origin_of(row)) for row in rows) > 4 * len(PADDING)


def test_other_bytes_in_its_place_are_not_taken_for_it(press: Any, page: Callable[..., Any]) -> None:
    press.dump([page(1), page(2)])
    run = press.run()
    run_partition(run)
    rows = press.rows("clean")
    press.dump([page(8), page(9)])

    assert [record_at(run, origin_of(row)) for row in rows] == [None, None]


def test_nothing_is_read_outside_the_root_of_the_dumps(press: Any, page: Callable[..., Any]) -> None:
    press.dump([page(1)])
    run = press.run()
    run_partition(run)
    (row,) = press.rows("clean")
    secret = press.root / "secret.jsonl"
    secret.write_bytes((press.root / "raw" / DAY / "000.jsonl").read_bytes())

    assert record_at(run, origin_of(row | {"origin_uri": str(secret)})) is None
    assert record_at(run, origin_of(row | {"origin_uri": f"{press.root}/gone.jsonl"})) is None
