from __future__ import annotations

import json

import pytest

from copydesk.errors import BadInput
from copydesk.lake.manifest import NAME, Manifest, Part, load, partitions
from copydesk.schema import CLEAN
from copydesk.storage import Storage

MANIFEST = Manifest(
    "clean",
    {"source": "lbc", "dump": "été"},
    1,
    (Part("part-b.parquet", 7, 100, "bb"), Part("part-a.parquet", 2, 50, "aa")),
    {"published_days": {"2026-11-02": 2, "2026-11-01": 7}},
)


def test_a_manifest_comes_back_as_written() -> None:
    assert Manifest.from_json(MANIFEST.to_json()) == MANIFEST


def test_files_keep_their_order_and_are_added_up() -> None:
    content = json.loads(MANIFEST.to_json())
    assert [file["name"] for file in content["files"]] == ["part-b.parquet", "part-a.parquet"]
    assert (MANIFEST.rows, MANIFEST.size, content["rows"]) == (9, 150, 9)


def test_the_same_summary_in_another_order_is_the_same_manifest() -> None:
    turned = {"published_days": dict(reversed(MANIFEST.summary["published_days"].items()))}
    other = Manifest(MANIFEST.dataset, dict(reversed(MANIFEST.values.items())), 1, MANIFEST.parts, turned)
    assert other.to_json() == MANIFEST.to_json()


def test_a_folder_without_a_manifest_was_not_published(lake: Storage) -> None:
    lake.write_bytes("clean/source=lbc/dump=1/part-x.parquet", b"")
    assert load(lake, "clean/source=lbc/dump=1") is None
    assert list(partitions(lake, CLEAN)) == []


def test_partitions_come_with_their_manifests_by_path(lake: Storage) -> None:
    for dump in ("2", "1"):
        lake.write_bytes(f"clean/source=lbc/dump={dump}/{NAME}", MANIFEST.to_json())
    assert list(partitions(lake, CLEAN)) == [({"source": "lbc", "dump": dump}, MANIFEST) for dump in ("1", "2")]


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"files": [{}]}', b"\xff"])
def test_a_broken_manifest_is_named(lake: Storage, data: bytes) -> None:
    lake.write_bytes(f"x/{NAME}", data)
    with pytest.raises(BadInput, match=r"x/_manifest\.json: not a manifest"):
        load(lake, "x")


def test_a_manifest_that_was_replaced_while_it_was_sent_is_read_again(lake: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = MANIFEST.to_json()
    answers = [whole[: len(whole) // 2], whole]
    monkeypatch.setattr(Storage, "read_bytes", lambda self, path: answers.pop(0))
    assert load(lake, "clean/source=lbc/dump=1") == MANIFEST
    assert answers == []
