"""One root of files, on a local disk or on object storage, with the same few verbs for both."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import pyarrow as pa
from pyarrow import fs

from copydesk.errors import BadInput
from copydesk.filesystems.bucket import REFUSED, open_bucket
from copydesk.filesystems.local import UNFINISHED, link_file, look, look_for_strays, replacing, walk, write_file
from copydesk.filesystems.wildcards import WILD, fits

READ_AHEAD = 4 << 20  # bytes; on object storage every read is a request
NO_FILE = "a link that leads nowhere, a pipe, a socket or a device, and no file; put the file itself there"
MISNAMED = "the name of the file, or of a folder it is in, is not UTF-8; rename what has such a name"
GRANT = "grant read access to it or name another root"
HOPELESS = {errno.ENOENT, errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST, errno.ENAMETOOLONG}


@dataclass(frozen=True)
class FileInfo:
    """A file below a root: its path relative to the root, '/' separated, its size in bytes, and the age of its content."""

    path: str
    size: int
    modified_at: datetime | None = field(default=None, compare=False)  # as the storage says; a copy may keep that of its original


@dataclass(frozen=True)
class Storage:
    """A root; every path given to it is relative to the root and cannot leave it."""

    uri: str  # without credentials or options: it stands in records and messages
    filesystem: fs.FileSystem
    base: str
    is_local: bool

    @classmethod
    def open(cls, uri: str) -> Storage:
        """The root at a local path or an `s3://` URI; it need not exist yet."""
        if uri.startswith("s3://"):
            return cls(*open_bucket(uri), is_local=False)
        if not uri or "://" in uri or "\0" in uri:
            raise BadInput(f"{uri!r} is no root of files; give a local path or an s3:// URI")
        base = Path(uri).expanduser().absolute()
        try:
            is_file = base.exists() and not base.is_dir()
        except PermissionError as error:
            raise BadInput(f"{base} cannot be read: {error.strerror}; {GRANT}") from None
        if is_file:
            raise BadInput(f"{base} is a file; give the folder the files lie in")
        return cls(str(base), fs.LocalFileSystem(), base.as_posix(), is_local=True)

    def full(self, path: str) -> str:
        """`path` as `filesystem` wants it; BadInput where it is absolute or leads out of the root."""
        parts = PurePosixPath(path)
        if parts.is_absolute() or ".." in parts.parts or "\0" in path:
            raise BadInput(f"{path!r} does not stay below {self.uri}; give a path relative to it, without '..'")
        return f"{self.base.rstrip('/')}/{parts}" if parts.parts else self.base

    def uri_of(self, path: str) -> str:
        """Where `path` is, for people and records: a local path or an `s3://` URI."""
        full = self.full(path)
        return full if self.is_local else f"s3://{full}"

    def path_of(self, uri: str) -> str | None:
        """The path of what `uri_of` gives; None where it is not below this root."""
        root = f"{self.uri_of('').rstrip('/')}/"
        return uri.removeprefix(root) if uri.startswith(root) else None

    def open_input(self, path: str) -> pa.NativeFile:
        """The bytes of a file as stored, from first to last."""
        ahead = None if self.is_local else READ_AHEAD
        return self.filesystem.open_input_stream(self.full(path), compression=None, buffer_size=ahead)

    def open_random(self, path: str) -> pa.NativeFile:
        """The bytes of a file as stored, in any order."""
        return self.filesystem.open_input_file(self.full(path))

    def read_bytes(self, path: str) -> bytes:
        """All bytes of a file as stored."""
        while True:
            with self.open_random(path) as stream:
                data: bytes = stream.read()
            if self.is_local or self.size(path) == len(data):  # an object that grew after it was opened is cut off
                return data

    def write_bytes(self, path: str, data: bytes | pa.Buffer) -> None:
        """Replace a file whole: a reader sees the old bytes or the new, also if this process is killed."""
        full = self.full(path)
        if self.is_local:
            write_file(Path(full), data)
            return
        with self.filesystem.open_output_stream(full, compression=None) as stream:  # an object appears when it is closed
            stream.write(data)

    @contextmanager
    def open_output(self, path: str) -> Iterator[BinaryIO | pa.NativeFile]:
        """A file written piece by piece: it replaces what was there when the block ends, and not where the block raises."""
        if self.is_local:
            with replacing(Path(self.full(path))) as scratch, scratch.open("xb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            return
        try:
            with self.filesystem.open_output_stream(self.full(path), compression=None) as sink:
                yield sink
        except BaseException:
            self.delete_file(path)  # closing it half-written has made an object of what was written so far
            raise

    def files(self, prefix: str = "", recursive: bool = True, *, unfinished: bool = False) -> list[FileInfo]:
        """The files of a folder by path; none where there is no such folder. Unfinished writes are left out unless asked for."""
        found = self._list(prefix, recursive)
        files = [FileInfo(path, info.size, info.mtime) for path, info in found.items() if info.type == fs.FileType.File]
        wanted = [file for file in files if unfinished or not PurePosixPath(file.path).name.startswith(UNFINISHED)]
        return sorted(wanted, key=lambda file: file.path)

    def folders(self, prefix: str = "") -> list[str]:
        """The folders directly in a folder, as paths below the root, sorted."""
        found = self._list(prefix, recursive=False)
        return sorted(path for path, info in found.items() if info.type == fs.FileType.Directory)

    def glob(self, pattern: str) -> list[FileInfo]:
        """The files a shell would find: `*` stays in one folder and skips names with a leading dot, `**` spans folders."""
        self.full(pattern)
        parts = PurePosixPath(pattern).parts
        fixed = next((n for n, part in enumerate(parts) if WILD.search(part)), len(parts))
        prefix, rest = parts[: min(fixed, len(parts) - 1)], parts[fixed:]
        if not rest:
            info = self.filesystem.get_file_info(self.full(pattern))
            is_file = info.type == fs.FileType.File
            return [FileInfo(str(PurePosixPath(pattern)), info.size, info.mtime)] if is_file else []
        recursive = len(rest) > 1 or "**" in rest
        found = self.files("/".join(prefix), recursive)
        return [file for file in found if fits(PurePosixPath(file.path).parts[len(prefix) :], rest)]

    def strays(self, pattern: str) -> dict[str, str]:
        """What else stands where `glob` looks and cannot be read, and what it is: a pipe, a link that leads nowhere, a name in no encoding."""
        if not self.is_local:
            return {}
        parts = PurePosixPath(pattern).parts
        fixed = min(next((n for n, part in enumerate(parts) if WILD.search(part)), len(parts)), len(parts) - 1)
        top, rest = self.full("/".join(parts[:fixed])), parts[fixed:]
        found = walk(look_for_strays, top) if len(rest) > 1 or "**" in rest else look_for_strays(top)
        kinds = {self._relative(info.path): info.type for info in found if info.type != fs.FileType.Directory}
        return {
            path: MISNAMED if kind == fs.FileType.NotFound else NO_FILE
            for path, kind in sorted(kinds.items())
            if fits(PurePosixPath(path).parts[fixed:], rest)
        }

    def exists(self, path: str) -> bool:
        """Whether there is a file or folder."""
        return bool(self.filesystem.get_file_info(self.full(path)).type != fs.FileType.NotFound)

    def size(self, path: str) -> int | None:
        """Bytes of a file; None where there is none."""
        info = self.filesystem.get_file_info(self.full(path))
        return info.size if info.type == fs.FileType.File else None

    def changed_at(self, file: FileInfo) -> datetime:
        """When the file came to be as it is and where it is, which on a local disk no copy can make look older; now, where it has gone."""
        if not self.is_local:
            return file.modified_at or datetime.now(UTC)
        try:
            return datetime.fromtimestamp(Path(self.full(file.path)).stat().st_ctime, UTC)
        except FileNotFoundError:  # since it was listed: whoever is at work there took it away
            return datetime.now(UTC)

    def delete_file(self, path: str) -> None:
        """Remove a file; a missing one is fine."""
        try:
            self.filesystem.delete_file(self.full(path))
        except FileNotFoundError:
            return

    def delete_tree(self, path: str) -> None:
        """Remove a folder with all in it; a missing one is fine."""
        if self.full(path) == self.base:
            raise BadInput(f"{self.uri}: the root itself is not deleted; name a folder in it")
        try:
            self.filesystem.delete_dir(self.full(path))
        except FileNotFoundError:
            return

    def link_file(self, old: str, new: str) -> None:
        """Give a file's bytes a second name, which is as good as a copy for files that are only ever replaced whole."""
        if self.is_local:
            link_file(Path(self.full(old)), Path(self.full(new)))
        else:
            self.filesystem.copy_file(self.full(old), self.full(new))

    def move_tree(self, old: str, new: str) -> None:
        """Give a folder another name, in one step on a local disk, file by file on object storage."""
        if self.is_local:
            Path(self.full(new)).parent.mkdir(parents=True, exist_ok=True)
            Path(self.full(old)).rename(self.full(new))
            return
        for file in self.files(old):
            moved = PurePosixPath(new) / PurePosixPath(file.path).relative_to(PurePosixPath(old))
            self.filesystem.copy_file(self.full(file.path), self.full(str(moved)))
        self.delete_tree(old)

    def check_writable(self) -> None:
        """BadInput, with what to do, where nothing can be written; a lost connection stays an OSError."""
        probe = f"{UNFINISHED}{secrets.token_hex(8)}"
        try:
            self.write_bytes(probe, b"")
            self.delete_file(probe)
        except OSError as error:
            if error.errno in HOPELESS or REFUSED.search(str(error)):
                raise BadInput(f"{self.uri} cannot be written: {error}; grant write access to it or name another root") from None
            raise

    def check_readable(self) -> None:
        """BadInput, with what to do, where the root is not there or is closed to us; in a bucket any prefix may be empty."""
        root = self.base if self.is_local else self.base.split("/")[0]
        try:
            is_there = self.filesystem.get_file_info(root).type == fs.FileType.Directory
        except OSError as error:
            if error.errno in HOPELESS or REFUSED.search(str(error)):
                raise BadInput(f"{self.uri} cannot be read: {error}; {GRANT}") from None
            raise
        if not is_there:
            missing = f"no such folder: mount or make {root}" if self.is_local else f"no such bucket: make {root}"
            raise BadInput(f"{self.uri}: {missing}, or name another root")
        if self.is_local and not os.access(root, os.R_OK | os.X_OK):
            raise BadInput(f"{self.uri} cannot be read; {GRANT}")

    def _list(self, prefix: str, recursive: bool) -> dict[str, fs.FileInfo]:
        full, looking = self.full(prefix), partial(look, self.filesystem)
        found = walk(looking, full) if recursive and self.is_local else looking(full, recursive=recursive)
        return {self._relative(info.path): info for info in found}

    def _relative(self, full: str) -> str:
        return full[len(self.base.rstrip("/")) + 1 :]
