"""What a raw file holds for its reader: the file itself, or the members of the archive it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from copydesk.raw.archives.members import Kind, Member
from copydesk.raw.archives.names import Names
from copydesk.raw.archives.office import DRESS, text_member
from copydesk.raw.archives.tar import LARGEST_EMPTY, is_tar, tar_members
from copydesk.raw.archives.zip import is_zip, zip_members
from copydesk.raw.compression.codecs import find_codec
from copydesk.raw.compression.stream import Decompressed, Ending, State, decompress
from copydesk.raw.context import Context
from copydesk.records import Reason, Reject, Skipped
from copydesk.settings import Settings

HEAD_BYTES = 1024  # enough to tell what a stream is
MEMBERS_SETTING = "COPYDESK_MAX_MEMBERS"
HIDDEN = "hidden file of an archive"
NOT_WANTED = "file of an archive that does not match `members`"
OTHER_FORKS = "__MACOSX"  # where macOS keeps what is no content
TOO_DEEP = "is nested too deeply: unpack it once, so that no archive is in one that is in an archive, and nothing there is compressed twice"


@dataclass(frozen=True, slots=True)
class Part:
    """What one reader reads: a file, or a member of an archive."""

    stream: Decompressed
    context: Context


@dataclass(frozen=True, slots=True)
class Damage:
    """How an archive itself is not whole, and which one."""

    ending: Ending
    context: Context


Opened = Part | Reject | Skipped | Damage


def open_parts(stream: Decompressed, context: Context, settings: Settings, is_piece: bool = False) -> Iterator[Opened]:
    """The parts of a file, each to be read before the next is asked for."""
    opening = _Opening(settings)
    members = opening.members_of(stream, context, is_piece)
    if members:
        yield from opening.open_all(members, context, _Nesting(), text_member(stream.head(HEAD_BYTES)))
    else:
        yield from opening.open(stream, context, _Nesting(archives=0))


@dataclass(frozen=True, slots=True)
class _Nesting:
    """What there may still be inside: a bomb grows by every compression, and an archive in itself would never end."""

    archives: int = 1
    compressions: int = 1

    def without(self, archives: int, compressions: int) -> _Nesting | None:
        """What is left inside of so many; None where they are too many."""
        left = _Nesting(self.archives - archives, self.compressions - compressions)
        return left if min(left.archives, left.compressions) >= 0 else None


class _Opening:
    """A file on its way to its readers; the members of an archive and of those in it are counted together."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._names = Names()
        self._opened = 0
        self._is_full = False

    def members_of(self, stream: Decompressed, context: Context, is_piece: bool = False) -> Iterator[Member | Ending] | None:
        """The members, where the stream is an archive; else None."""
        head = stream.head(HEAD_BYTES)
        if is_zip(head):
            return zip_members(stream, self._settings.max_expansion, context.piece)
        return tar_members(stream, is_piece) if is_tar(head) else None

    def open_all(
        self, members: Iterator[Member | Ending], context: Context, nesting: _Nesting, only: str | None = None
    ) -> Iterator[Opened]:
        """The parts of every member, or of the one that has a document's text; those of an archive in an archive have the names of both."""
        is_empty = True
        for member in members:
            is_empty = False
            if isinstance(member, Ending):
                yield Damage(member, context)
                continue
            if self._opened == self._settings.max_members:
                yield from self._tell_full(context)
                return
            name = f"{context.member}/{member.name}" if context.member else member.name
            inner = replace(context, member=name, repeated=self._opened * self._names.add(name), first_byte=0, piece=None)
            self._opened += 1
            if only and member.name != only and not (context.fields.members and nesting.archives):
                yield Skipped(DRESS)
                continue
            yield from self._open_member(member, inner, nesting)
        if is_empty:
            yield context.reject(Reason.EMPTY, "the archive has no members", context.origin(None))

    def open(self, stream: Decompressed, context: Context, nesting: _Nesting) -> Iterator[Opened]:
        """The stream for its reader, or what is in it, unless it holds nothing, or too much is packed in one another."""
        head = stream.head(HEAD_BYTES)
        if nothing := _nothing_in(stream):
            yield context.reject(Reason.EMPTY, nothing, context.origin(None))
            return
        members = self.members_of(stream, context)
        again = is_zip(head) if members else not stream.is_plain and find_codec(head) is not None
        inside = nesting.without(int(members is not None), (not stream.is_plain) + again)
        if inside is None:
            yield from _reject_deep(stream, context, "an archive in an archive" if members else "what is compressed twice")
        elif members:
            yield from self.open_all(members, context, inside, text_member(head))
            stream.skip_rest()
        else:
            yield Part(stream, context)

    def _open_member(self, member: Member, context: Context, nesting: _Nesting) -> Iterator[Opened]:
        if member.kind is not Kind.FILE:
            yield Skipped(member.kind)
        elif why := _why_skipped(member.name, context.fields.members if nesting.archives else None):
            yield Skipped(why)
        elif member.trouble:
            yield context.reject(Reason.UNSUPPORTED, f"member {member.name!r}: {member.trouble}", context.origin(None))
        else:
            limits = self._settings.max_expansion, None, self._settings.max_spool_bytes
            yield from self.open(decompress(member.content, *limits), context, nesting)

    def _tell_full(self, context: Context) -> Iterator[Damage]:
        if not self._is_full:
            limit = f"the archive has more members than {MEMBERS_SETTING}={self._settings.max_members}"
            yield Damage(Ending(State.TOO_LARGE, 0, 0, limit), context)
        self._is_full = True


def _reject_deep(stream: Decompressed, context: Context, found: str) -> Iterator[Reject]:
    yield context.reject(Reason.TOO_DEEP, f"{found} {TOO_DEEP}", context.origin(None))
    stream.skip_rest()
    if stream.ending.state is not State.COMPLETE:
        yield context.reject_damaged(stream.ending, context.origin(None))


def _nothing_in(stream: Decompressed) -> str:
    """What is to be said of a stream that ends before its first byte, or holds but zeros, as a tar without members does."""
    head = stream.head(LARGEST_EMPTY + 1)
    if len(head) > LARGEST_EMPTY or head.strip(b"\0") or stream.ending.state is not State.COMPLETE:
        return ""
    if head:
        return f"nothing but {len(head)} zeros"
    return "the file has no bytes" if stream.is_plain else "nothing comes out of the compressed file"


def _why_skipped(name: str, pattern: str | None) -> str:
    """Why a file of an archive is left out, or nothing; hidden ones are, unless a pattern asks for them."""
    parts = [part for part in name.split("/") if part not in ("", ".", "..")]
    if pattern is not None:
        return "" if fnmatchcase("/".join(parts), pattern) else NOT_WANTED
    is_hidden = any(part.startswith(".") or part == OTHER_FORKS for part in parts)
    return HIDDEN if is_hidden else ""
