"""Files of a local disk: replaced whole, and on the disk when a call returns."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
from pyarrow import fs

UNFINISHED = ".unfinished-"  # name of a file that is still being written
MAX_LINKS = 2  # linked folders on one path: a few that lead to each other would make endless paths
NO_LINKS = {errno.EPERM, errno.EXDEV, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK}  # FAT, some network mounts


def look(filesystem: fs.FileSystem, folder: str, recursive: bool = False) -> list[fs.FileInfo]:
    """What a folder holds, or all below it; nothing where there is none. What has a name that is not UTF-8 is a stray."""
    found: list[fs.FileInfo] = filesystem.get_file_info(fs.FileSelector(folder, allow_not_found=True, recursive=recursive))
    return found if recursive else [info for info in found if _is_told(info)]


def _is_told(info: fs.FileInfo) -> bool:
    """Whether the name is UTF-8: Arrow finds out when it is asked for it."""
    try:
        return bool(info.path)
    except UnicodeDecodeError:
        return False


def look_for_strays(folder: str) -> list[fs.FileInfo]:
    """What a folder holds that cannot be read, and its folders; Arrow, asked for a listing, is silent about links that lead nowhere.

    Of a name that is not UTF-8 the bytes that are not are told as `\\xe9`; such a file, and each below such a folder, is `NotFound`,
    all else `Unknown`.
    """
    try:
        with os.scandir(folder) as entries:
            found = [entry for entry in entries if not (_is_file(entry) and _is_named(entry))]
    except (FileNotFoundError, NotADirectoryError):
        return []
    return [info for entry in found for info in _strays_of(entry)]


def _strays_of(entry: os.DirEntry[str]) -> list[fs.FileInfo]:
    kind = _kind(entry)
    if _is_named(entry) or kind != fs.FileType.Directory:
        return [fs.FileInfo(_printable(entry.path), type=kind if _is_named(entry) else fs.FileType.NotFound)]
    below = [] if _leads_back(entry) else [f"{folder}/{name}" for folder, _, names in os.walk(entry.path) for name in names]
    return [fs.FileInfo(_printable(path), type=fs.FileType.NotFound) for path in below]


def _leads_back(entry: os.DirEntry[str]) -> bool:
    """Whether a folder is a link to one that it is in."""
    folder = os.path.realpath(os.path.dirname(entry.path))  # noqa: PTH120 - a name that is not UTF-8
    return os.path.commonpath([folder, os.path.realpath(entry.path)]) == os.path.realpath(entry.path)


def _kind(entry: os.DirEntry[str]) -> fs.FileType:
    try:
        return fs.FileType.Directory if entry.is_dir() else fs.FileType.Unknown
    except OSError:  # a link to itself
        return fs.FileType.Unknown


def _is_named(entry: os.DirEntry[str]) -> bool:
    return _printable(entry.name) == entry.name


def _printable(path: str) -> str:
    return os.fsencode(path).decode(errors="backslashreplace")


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:
        return False


def walk(looking: Callable[[str], list[fs.FileInfo]], top: str) -> Iterator[fs.FileInfo]:
    """All below a local folder. A link back to a folder on the path is not followed: what is there was found without it."""
    todo: list[tuple[str, tuple[str, ...], int]] = [(top, (os.path.realpath(top),), 0)]
    while todo:
        folder, way, links = todo.pop()
        for info in looking(folder):
            yield info
            if info.type == fs.FileType.Directory:
                is_link = os.path.islink(info.path)  # noqa: PTH114 - of tens of thousands; pathlib takes four times as long
                real = os.path.realpath(info.path) if is_link else f"{way[-1]}/{info.base_name}"
                if real not in way and links + is_link <= MAX_LINKS:
                    todo.append((info.path, (*way, real), links + is_link))


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A name beside `target` to make the file under, which then takes its place."""
    target.parent.mkdir(parents=True, exist_ok=True)
    scratch = target.parent / f"{UNFINISHED}{secrets.token_hex(8)}"
    try:
        yield scratch
        scratch.replace(target)
    finally:
        scratch.unlink(missing_ok=True)
    sync(target.parent)


def write_file(target: Path, data: bytes | pa.Buffer) -> None:
    """Put a file in place of `target`, all of it on the disk."""
    with replacing(target) as scratch, scratch.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def link_file(source: Path, target: Path) -> None:
    """Give the bytes of `source` the name `target` too; a copy where the file system has no links."""
    with replacing(target) as scratch:
        try:
            scratch.hardlink_to(source)
        except OSError as error:
            if error.errno not in NO_LINKS:
                raise
            shutil.copyfile(source, scratch)
            sync(scratch)


def sync(path: Path) -> None:
    """Make the names in a folder, or the bytes of a file, survive a power cut: a rename is on the disk only after this."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
