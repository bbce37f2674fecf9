"""Bytes to text: which encoding, and what had to be repaired."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from copydesk.raw.encodings.names import declared_encoding, likely_encodings
from copydesk.raw.encodings.wide import unmarked_encoding

BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins with the mark of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
NOT_ASCII = {"utf-16-le", "utf-16-be", "iso2022_jp"}
CONTROLS = bytes(sorted({*range(0x20), 0x7F} - set(b"\t\n\r")))
# A form feed or vertical tab parts two lines; every other control character stands for nothing.
DROPPED = CONTROLS.translate(None, b"\x0b\x0c")
AS_LINES = bytes.maketrans(b"\x0b\x0c", b"\n\n")
AS_FEEDS = bytes.maketrans(b"\x0b", b"\n")
SCRUBBING: dict[int, str | None] = {**dict.fromkeys(DROPPED), 0x0B: "\n", 0x0C: "\n"}
STRAY = re.compile(r"[\udc80-\udcff]")  # how Python carries a byte that is no UTF-8
STRAYS = re.compile(r"[\udc80-\udcff]{2}")
# UTF-8 that was read as windows-1252, the letter of a lead byte and then the sign of a continuation byte; and quotes and dashes
# of windows-1252 that were read as Latin-1.
CONTINUATION = b"(?:\xc2[\x80-\xbf]|" + b"|".join(map(str.encode, "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ")) + b")"
MOJIBAKE = re.compile(
    rb"\xc3(?:[\x82-\x85\x90\x91]|\xa2(?:\xe2\x82\xac|\xe2\x80\x9e|\xc2[\x80\x84]))%b|\xc2[\x85\x91-\x94\x96\x97]" % CONTINUATION
)
# Bytes that mojibake begins with, first and second: looked for in one sweep, since searching for a pattern takes longer.
SUSPECT = np.zeros((256, 256), bool)
SUSPECT[0xC3, list(b"\x82\x83\x84\x85\x90\x91\xa2")] = SUSPECT[0xC2, list(b"\x85\x91\x92\x93\x94\x96\x97")] = True
EDGE = re.compile(rb'[<>"\n]')  # of what is repaired as one: a run of text, an attribute, a string of a script
# Control characters: random bytes have one in ten, text has none to speak of.
MAX_CONTROLS, MAX_CONTROL_SHARE = 8, 0.02
MIN_VALID_PER_STRAY = 4
LONG_BYTES = 1 << 15  # below this, a sweep over arrays takes longer to set up than plain Python does to finish


class Undecodable(ValueError):
    """The bytes are no text; the message says what they look like."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """UTF-8 without control characters or lone surrogates, and how it was won."""

    utf8: bytes
    encoding: str
    repaired: bool = False  # wrongly encoded passages were set right
    replaced: int = 0  # characters scrubbed, or put in for broken bytes

    @property
    def text(self) -> str:
        """The text as a string; a page is parsed without ever being one."""
        return self.utf8.decode("utf-8")


def decode(content: bytes | str, media_type: str, declared: str | None = None, keeps_feeds: bool = False) -> Decoded:
    """The text of `content`; `declared` is the encoding its container names. Undecodable where the bytes are no text.

    Form feeds, which part printed pages, stay where they are wanted.
    """
    if isinstance(content, str):
        utf8, broken = _encoded(content)
        return _finish(Decoded(utf8, "utf-8", replaced=broken), keeps_feeds)
    content = content.removeprefix(codecs.BOM_UTF8)
    # Valid UTF-8 is UTF-8 whatever is declared: five letters of any other encoding are so by chance once in 10,000 times.
    if not _is_utf8(content):
        return _finish(_decode_other(content, media_type, declared), keeps_feeds)
    wide = _decode_wide(content, media_type, declared) if b"\0" in content or b"\x1b" in content else None
    return _finish(wide or Decoded(content, "utf-8"), keeps_feeds)


def scrub(text: str) -> str:
    """`text` without control characters, its surrogates joined to characters where they pair up."""
    if text.isascii() and text.isprintable():  # as nearly all ids and addresses are
        return text
    utf8, _ = _encoded(text)
    whole = utf8.decode("utf-8")
    return whole.translate(SCRUBBING) if _has_controls(utf8) else whole  # 6 kB of another script take 230 µs


def _is_utf8(content: bytes) -> bool:
    """Whether it would decode; of a long page told five times faster than decoding it."""
    if content.isascii():
        return True
    try:
        if len(content) < LONG_BYTES:
            content.decode("utf-8")
        else:  # where it lies: making an array of it takes five times as long as looking at it
            edges = pa.py_buffer(np.array([0, len(content)], np.int64))
            pa.LargeStringArray.from_buffers(1, edges, pa.py_buffer(content)).validate(full=True)
    except (UnicodeDecodeError, pa.ArrowInvalid):
        return False
    return True


def _decode_wide(content: bytes, media_type: str, declared: str | None) -> Decoded | None:
    """UTF-16 by its byte order mark, or by declaration or its looks any encoding that spells other letters with the bytes of ASCII."""
    for mark, encoding in BOMS:
        if content.startswith(mark):
            return _replace_broken(content[len(mark) :], encoding)
    codec = declared_encoding(content, media_type, declared)
    codec = codec if codec in NOT_ASCII else unmarked_encoding(content)
    return _replace_broken(content, codec) if codec else None


def _decode_other(content: bytes, media_type: str, declared: str | None) -> Decoded:
    found = _decode_wide(content, media_type, declared) or patch_utf8(content)
    if found:
        return found
    for encoding in likely_encodings(content, media_type, declared):
        try:
            return Decoded(content.decode(encoding).encode("utf-8"), encoding)
        except UnicodeDecodeError:
            continue
    return _replace_broken(content, "windows-1252")


def _replace_broken(content: bytes, encoding: str) -> Decoded:
    text = content.decode(encoding, "replace")
    return Decoded(text.encode("utf-8"), encoding, replaced=text.count("\ufffd"))


def patch_utf8(content: bytes, *, is_table: bool = False) -> Decoded | None:
    """UTF-8 with a few bytes of windows-1252 among it, as when a page is glued together from two systems.

    Of a table a whole column may be of the other system. Then no two such bytes stand together, as those of most encodings do.
    """
    text = content.decode("utf-8", "surrogateescape")
    strays = len(STRAY.findall(text))
    valid = len(text) - len(text.encode("ascii", "ignore")) - strays
    if valid < (1 if is_table else MIN_VALID_PER_STRAY) * strays or (is_table and STRAYS.search(text)):
        return None
    patched = STRAY.sub(lambda stray: bytes([ord(stray[0]) - 0xDC00]).decode("windows-1252", "replace"), text)
    return Decoded(patched.encode("utf-8"), "utf-8", repaired=True, replaced=strays)


def _encoded(text: str) -> tuple[bytes, int]:
    """`text` as UTF-8, its surrogates joined to characters where they pair up, and how many did not."""
    try:
        return text.encode("utf-8"), 0
    except UnicodeEncodeError:
        joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return joined.encode("utf-8"), joined.count("\ufffd") - text.count("\ufffd")


def _finish(found: Decoded, keeps_feeds: bool) -> Decoded:
    """`found` scrubbed and its mojibake repaired; clean text passes through untouched."""
    if _has_controls(found.utf8):
        found = _scrub_controls(found, AS_FEEDS if keeps_feeds else AS_LINES)
    repaired = _repair_mojibake(found.utf8) if b"\xc2" in found.utf8 or b"\xc3" in found.utf8 else found.utf8
    return found if repaired == found.utf8 else replace(found, utf8=repaired, repaired=True)


def _has_controls(content: bytes) -> bool:
    """Whether any of CONTROLS is in `content`: below the tab, from 14 to 31, or one of the three others."""
    if len(content) < LONG_BYTES:
        return len(content.translate(None, CONTROLS)) < len(content)
    codes = np.frombuffer(content, np.uint8)
    return bool(codes.min() < 9 or (codes - np.uint8(14)).min() < 18) or any(
        sign in content for sign in (b"\x0b", b"\x0c", b"\x7f")
    )


def _scrub_controls(found: Decoded, lines: bytes) -> Decoded:
    scrubbed = found.utf8.translate(lines, DROPPED)
    controls, characters = len(found.utf8) - len(found.utf8.translate(None, CONTROLS)), len(found.text)
    if not scrubbed or (controls > MAX_CONTROLS and controls > characters * MAX_CONTROL_SHARE):
        raise Undecodable(f"{controls} of {characters} characters are control characters: these are no text but binary data")
    return replace(found, utf8=scrubbed, replaced=found.replaced + controls)


def _repair_mojibake(content: bytes) -> bytes:
    """`content` with every passage that has mojibake repaired as one, the others as they are."""
    parts, done = [], 0
    for start, end in _passages(content):
        from copydesk.raw.encodings.mojibake import repair  # a tenth of a second, and most dumps never need it

        parts += [content[done:start], repair(content[start:end].decode("utf-8")).encode("utf-8")]
        done = end
    return b"".join([*parts, content[done:]]) if parts else content


def _passages(content: bytes) -> Iterator[tuple[int, int]]:
    """Where the passages with mojibake begin and end."""
    codes = np.frombuffer(content, np.uint8)
    leads = ((codes & 0xFE) == 0xC2).nonzero()[0]
    end = 0
    for hit in leads[SUSPECT[codes[leads], codes[leads + 1]]].tolist():
        if hit >= end and MOJIBAKE.match(content, hit):
            start = max(end, *(content.rfind(edge, end, hit) + 1 for edge in (b"<", b">", b'"', b"\n")))
            edge = EDGE.search(content, hit)
            end = edge.start() if edge else len(content)
            yield start, end
