from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from copydesk.errors import BadInput
from copydesk.filesystems.local import UNFINISHED
from copydesk.storage import MISNAMED, FileInfo, Storage


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage.open(str(tmp_path / "root"))


def fill(storage: Storage, *paths: str) -> None:
    for path in paths:
        storage.write_bytes(path, path.encode())


def names(files: list[FileInfo]) -> list[str]:
    return [file.path for file in files]


def test_bytes_come_back_as_written_even_where_the_name_says_they_are_compressed(storage: Storage) -> None:
    storage.write_bytes("lbc/2026-11-03/a.txt.gz", b"not gzip at all")
    assert storage.read_bytes("lbc/2026-11-03/a.txt.gz") == b"not gzip at all"


def test_a_file_is_replaced_whole_and_leaves_no_scratch_file(storage: Storage, tmp_path: Path) -> None:
    storage.write_bytes("a/manifest", b"a long first version")
    storage.write_bytes("a/manifest", b"new")
    assert storage.read_bytes("a/manifest") == b"new"
    assert [p.name for p in (tmp_path / "root" / "a").iterdir()] == ["manifest"]


def test_written_files_can_be_read_by_others(storage: Storage, tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        storage.write_bytes("a", b"x")
    finally:
        os.umask(mask)
    assert (tmp_path / "root" / "a").stat().st_mode & 0o777 == 0o644


def test_a_file_still_being_written_is_not_listed(storage: Storage) -> None:
    fill(storage, f"a/{UNFINISHED}00", "a/b")
    assert names(storage.files()) == ["a/b"]


def test_files_are_sorted_by_path_with_their_sizes(storage: Storage) -> None:
    fill(storage, "b/x", "a/c/y", "a-z")
    assert storage.files() == [FileInfo("a-z", 3), FileInfo("a/c/y", 5), FileInfo("b/x", 3)]
    assert names(storage.files("a")) == ["a/c/y"]
    assert names(storage.files("a", recursive=False)) == []


def test_a_missing_folder_has_no_files_and_no_folders(storage: Storage) -> None:
    assert storage.files("nothing/here") == []
    assert storage.folders("nothing") == []
    assert storage.glob("nothing/*.txt") == []


def test_folders_are_the_immediate_children(storage: Storage) -> None:
    fill(storage, "clean/b/1/x", "clean/a/x", "clean/y")
    assert storage.folders("clean") == ["clean/a", "clean/b"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("lbc/2026-11-03/*.txt*", ["lbc/2026-11-03/a.txt", "lbc/2026-11-03/b.txt.gz"]),
        ("lbc/*/a.txt", ["lbc/2026-11-03/a.txt", "lbc/2026-11-04/a.txt"]),
        ("lbc/**/*.txt", ["lbc/2026-11-03/a.txt", "lbc/2026-11-03/deep/c.txt", "lbc/2026-11-04/a.txt"]),
        ("lbc/2026-11-0[4-9]/?.txt", ["lbc/2026-11-04/a.txt"]),
        ("lbc/2026-11-04/a.txt", ["lbc/2026-11-04/a.txt"]),
        ("lbc/2026-11-05/a.txt", []),
        ("lbc/2026-11-03", []),
        ("lbc/2026-11-03/.*", ["lbc/2026-11-03/.b.txt.part"]),
    ],
)
def test_a_pattern_finds_what_a_shell_would(storage: Storage, pattern: str, expected: list[str]) -> None:
    day = "lbc/2026-11-03"
    fill(storage, f"{day}/a.txt", f"{day}/b.txt.gz", f"{day}/deep/c.txt", f"{day}/.b.txt.part", "lbc/2026-11-04/a.txt")
    assert names(storage.glob(pattern)) == expected


def test_a_file_name_that_is_not_utf_8_is_a_stray_and_shown(storage: Storage, tmp_path: Path) -> None:
    fill(storage, "raw/a.txt")
    (tmp_path / "root" / "raw" / os.fsdecode(b"caf\xe9.txt")).touch()
    assert names(storage.glob("raw/*.txt")) == ["raw/a.txt"]
    assert storage.strays("raw/*.txt") == {"raw/caf\\xe9.txt": MISNAMED}


def test_what_lies_in_a_folder_whose_name_is_not_utf_8_is_a_stray_and_its_neighbours_are_found(
    storage: Storage, tmp_path: Path
) -> None:
    fill(storage, "raw/day/a.txt")
    folder = tmp_path / "root" / "raw" / os.fsdecode(b"caf\xe9")
    (folder / "deep").mkdir(parents=True)
    for path in ("b.txt", "c.csv", "deep/d.txt"):
        (folder / path).touch()
    (folder / os.fsdecode(b"back\xe9")).symlink_to("..")
    (tmp_path / "root" / "raw" / os.fsdecode(b"up\xe9")).symlink_to("../raw")
    assert names(storage.glob("raw/*/*.txt")) == names(storage.glob("raw/**/*.txt")) == ["raw/day/a.txt"]
    assert storage.folders("raw") == ["raw/day"]
    assert storage.strays("raw/*/*.txt") == {"raw/caf\\xe9/b.txt": MISNAMED}
    assert storage.strays("raw/**/*.txt") == {"raw/caf\\xe9/b.txt": MISNAMED, "raw/caf\\xe9/deep/d.txt": MISNAMED}
    assert storage.strays("raw/*.txt") == {}


@pytest.mark.parametrize("path", ["/etc/passwd", "../other", "a/../../b", "a\0b"])
def test_a_path_that_leaves_the_root_is_refused(storage: Storage, path: str) -> None:
    with pytest.raises(BadInput, match="does not stay below"):
        storage.write_bytes(path, b"")
    with pytest.raises(BadInput):
        storage.glob(path)


def test_an_address_leads_back_to_its_path_and_that_of_another_root_to_none(storage: Storage, tmp_path: Path) -> None:
    assert storage.path_of(storage.uri_of("lbc/a.txt")) == "lbc/a.txt"
    assert storage.path_of(f"{tmp_path}/root-of-another/a.txt") is None
    assert Storage.open("/").path_of("/lbc/a.txt") == "lbc/a.txt"


def test_deleting_what_is_missing_is_fine(storage: Storage) -> None:
    storage.write_bytes("b/c", b"kept")
    storage.delete_file("a/b")
    storage.delete_tree("a")
    assert storage.read_bytes("b/c") == b"kept"


def test_deleting_a_tree_leaves_its_neighbours(storage: Storage) -> None:
    fill(storage, "a/x/1", "a/y/1")
    storage.delete_tree("a/x")
    assert names(storage.files()) == ["a/y/1"]
    assert not storage.exists("a/x")


@pytest.mark.parametrize("path", ["", ".", "./."])
def test_the_root_itself_is_never_deleted(storage: Storage, path: str) -> None:
    with pytest.raises(BadInput, match="root itself"):
        storage.delete_tree(path)


def test_a_second_name_outlives_the_first_and_replaces_what_had_it(storage: Storage) -> None:
    fill(storage, "a/1", "b/2")
    storage.link_file("a/1", "b/2")
    storage.link_file("a/1", "b/2")
    storage.write_bytes("a/1", b"changed")
    storage.delete_tree("a")
    assert storage.read_bytes("b/2") == b"a/1"
    assert names(storage.files()) == ["b/2"]
    assert (storage.size("b/2"), storage.size("b"), storage.size("c")) == (3, None, None)


def test_a_tree_moves_with_all_in_it(storage: Storage) -> None:
    fill(storage, "a/1", "a/b/2")
    storage.move_tree("a", "c/d")
    assert names(storage.files()) == ["c/d/1", "c/d/b/2"]


@pytest.mark.parametrize("uri", ["", "gs://bucket/lake", "s3://", "s3://bucket/lake?no_such_option=1"])
def test_a_wrong_root_is_bad_input(uri: str) -> None:
    with pytest.raises(BadInput):
        Storage.open(uri)


def test_a_file_is_no_root(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BadInput, match="is a file"):
        Storage.open(str(tmp_path / "file"))


def test_a_root_that_can_be_written_is_left_empty(storage: Storage, tmp_path: Path) -> None:
    storage.check_writable()
    assert list((tmp_path / "root").iterdir()) == []


def test_a_root_that_cannot_be_written_is_bad_input_and_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    storage = Storage.open(str(tmp_path / "file" / "lake"))
    with pytest.raises(BadInput, match="file/lake cannot be written"):
        storage.check_writable()


def test_a_root_that_is_there_can_be_read_and_may_be_empty(tmp_path: Path) -> None:
    Storage.open(str(tmp_path)).check_readable()


def test_a_root_that_is_not_there_cannot_be_read(storage: Storage, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=f"{tmp_path}/root: no such folder: mount or make {tmp_path}/root, or name another root"):
        storage.check_readable()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("closed", ["", "root"])
def test_a_root_closed_to_us_cannot_be_read(storage: Storage, tmp_path: Path, closed: str) -> None:
    folder = tmp_path / "closed"
    (folder / "root").mkdir(parents=True)
    (folder / closed).chmod(0)
    try:
        with pytest.raises(BadInput, match=r"closed/root cannot be read.*; grant read access"):
            Storage.open(str(folder / "root")).check_readable()
    finally:
        (folder / closed).chmod(0o755)


def test_a_lost_connection_stays_an_error_that_may_heal() -> None:
    options = "region=eu-west-2&scheme=http&endpoint_override=127.0.0.1:1"
    storage = Storage.open(f"s3://bucket/lake?{options}")
    assert (storage.uri, storage.is_local) == ("s3://bucket/lake", False)
    with pytest.raises(OSError, match="AWS Error NETWORK_CONNECTION"):
        storage.check_writable()


def test_folders_that_lead_in_a_circle_are_gone_into_once(storage: Storage, tmp_path: Path) -> None:
    fill(storage, "a/1", "b/2")
    (tmp_path / "root" / "a" / "self").symlink_to(tmp_path / "root" / "a")
    (tmp_path / "root" / "a" / "other").symlink_to(tmp_path / "root" / "b")
    (tmp_path / "root" / "b" / "up").symlink_to(tmp_path / "root")
    assert names(storage.files()) == ["a/1", "a/other/2", "b/2"]


def test_folders_that_all_lead_to_each_other_end(storage: Storage, tmp_path: Path) -> None:
    folders = [f"{n:02}" for n in range(12)]
    fill(storage, *(f"{folder}/x" for folder in folders))
    for folder in folders:
        for other in folders:
            (tmp_path / "root" / folder / f"to-{other}").symlink_to(tmp_path / "root" / other)
    assert len(storage.files()) == 12 + 12 * 11 + 12 * 11 * 10


def test_a_file_that_has_gone_since_it_was_listed_changes_now(storage: Storage) -> None:
    fill(storage, "lbc/a.txt")
    (file,) = storage.files("lbc")
    before = storage.changed_at(file)
    storage.delete_file(file.path)

    assert before <= storage.changed_at(file) <= datetime.now(UTC)
