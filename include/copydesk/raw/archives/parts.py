"""What a raw file holds for its reader: the file itself, or the members of the archive it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from copydesk.raw.archives.members import Kind, Member
from copydesk.raw.archives.names import Names
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
TOO_DEEP = "is nested too deeply: unpack it once, so that no archive is in an archive and nothing is compressed twice"


@dataclass(frozen=True, slots=True)
class Part:
    """What one reader reads: a file, or a member of an archive."""

    stream: Decompressed
    context: Context


def open_parts(
    stream: Decompressed, context: Context, settings: Settings, is_piece: bool = False
) -> Iterator[Part | Reject | Skipped | Ending]:
    """The parts of a file, each to be read before the next is asked for; an Ending tells of damage to the archive itself."""
    head = stream.head(HEAD_BYTES)
    if is_zip(head):
        yield from _open_members(zip_members(stream, settings.max_expansion, context.piece), context, settings)
    elif is_tar(head):
        yield from _open_members(tar_members(stream, is_piece), context, settings)
    else:
        yield from _open(stream, context)


def _open_members(
    members: Iterator[Member | Ending], context: Context, settings: Settings
) -> Iterator[Part | Reject | Skipped | Ending]:
    names, number, is_sound = Names(), 0, True
    for member in members:
        if isinstance(member, Ending):
            is_sound = False
            yield member
            continue
        if number == settings.max_members:
            yield Ending(State.TOO_LARGE, 0, 0, f"the archive has more members than {MEMBERS_SETTING}={settings.max_members}")
            return
        inner = replace(context, member=member.name, repeated=number * names.add(member.name), first_byte=0, piece=None)
        yield from _open_member(member, inner, settings)
        number += 1
    if is_sound and not number:
        yield context.reject(Reason.EMPTY, "the archive has no members", context.origin(None))


def _open_member(member: Member, context: Context, settings: Settings) -> Iterator[Part | Reject | Skipped]:
    if member.kind is not Kind.FILE:
        yield Skipped(member.kind)
    elif why := _why_skipped(member.name, context.fields.members):
        yield Skipped(why)
    elif member.trouble:
        yield context.reject(Reason.UNSUPPORTED, f"member {member.name!r}: {member.trouble}", context.origin(None))
    else:
        yield from _open(decompress(member.content, settings.max_expansion, None, settings.max_spool_bytes), context)


def _open(stream: Decompressed, context: Context) -> Iterator[Part | Reject]:
    """The stream for its reader, unless it holds nothing, or what it holds is packed once more."""
    head = stream.head(HEAD_BYTES)
    if nothing := _nothing_in(stream):
        yield context.reject(Reason.EMPTY, nothing, context.origin(None))
        return
    is_archive = is_zip(head) or is_tar(head)
    if not is_archive and (stream.is_plain or not find_codec(head)):
        yield Part(stream, context)
        return
    found = "an archive in an archive" if is_archive else "what is compressed twice"
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
    """Why a file of an archive is none that is asked for, if so; hidden ones are not, unless a pattern says so."""
    parts = [part for part in name.split("/") if part not in ("", ".", "..")]
    if pattern is not None:
        return "" if fnmatchcase("/".join(parts), pattern) else NOT_WANTED
    is_hidden = any(part.startswith(".") or part == OTHER_FORKS for part in parts)
    return HIDDEN if is_hidden else ""
