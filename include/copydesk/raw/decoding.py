"""Bytes to text: which encoding, and what had to be repaired."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from copydesk.raw.encodings import declared_encoding, likely_encodings

BOMS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
NOT_ASCII = {"utf-16-le", "utf-16-be", "iso2022_jp"}
CONTROLS = bytes(sorted({*range(0x20), 0x7F} - set(b"\t\n\r")))
# A form feed or vertical tab parts two lines; every other control character stands for nothing.
SCRUBBING: dict[int, str | None] = {**dict.fromkeys(CONTROLS), 0x0B: "\n", 0x0C: "\n"}
STRAY = re.compile(r"[\udc80-\udcff]")  # how Python carries a byte that is no UTF-8
# UTF-8 that was read as windows-1252: the letter of a lead byte, then the sign of a continuation byte. One pattern a letter,
# because a pattern that begins with a literal is searched ten times faster, and most texts hold none or one of the letters.
CONTINUATION = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
MOJIBAKE = {letter: re.compile(letter + CONTINUATION) for letter in "ÂÃÄÅÐÑ"}
MOJIBAKE["â"] = re.compile(f"â[€„\x80\x84]{CONTINUATION}")
# Quotes and dashes of windows-1252 that were read as Latin-1.
MOJIBAKE |= {sign: re.compile(sign) for sign in "\x85\x91\x92\x93\x94\x96\x97"}
# Control characters: random bytes have one in ten, text has none to speak of.
MAX_CONTROLS, MAX_CONTROL_SHARE = 8, 0.02
MIN_VALID_PER_STRAY = 4


class Undecodable(ValueError):
    """The bytes are no text; the message says what they look like."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text without control characters or lone surrogates, and how it was won."""

    text: str
    encoding: str
    repaired: bool = False  # wrongly encoded passages were set right
    replaced: int = 0  # characters scrubbed, or put in for broken bytes


def decode(content: bytes | str, media_type: str, declared: str | None = None) -> Decoded:
    """The text of `content`; `declared` is the encoding its container names. Undecodable where the bytes are no text."""
    if isinstance(content, str):
        text, encoded, broken = _encode(content)
        return _finish(text, encoded, Decoded(text, "utf-8", replaced=broken))
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        # Valid UTF-8 is UTF-8 whatever is declared: five letters of any other encoding are so by chance once in 10,000 times.
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        found = _decode_other(content, media_type, declared)
    else:
        if b"\0" not in content and b"\x1b" not in content:
            return _finish(text, content, Decoded(text, "utf-8"))
        found = _decode_wide(content, media_type, declared) or Decoded(text, "utf-8")
    return _finish(found.text, found.text.encode("utf-8"), found)


def scrub(text: str) -> str:
    """`text` without control characters, its surrogates joined to characters where they pair up."""
    return _encode(text)[0].translate(SCRUBBING)


def _decode_wide(content: bytes, media_type: str, declared: str | None) -> Decoded | None:
    """UTF-16 by its byte order mark, or by declaration any encoding that spells other letters with the bytes of ASCII."""
    for mark, encoding in BOMS:
        if content.startswith(mark):
            return _replace_broken(content[len(mark) :], encoding)
    codec = declared_encoding(content, media_type, declared)
    return _replace_broken(content, codec) if codec in NOT_ASCII else None


def _decode_other(content: bytes, media_type: str, declared: str | None) -> Decoded:
    found = _decode_wide(content, media_type, declared) or _patch_utf8(content)
    if found:
        return found
    for encoding in likely_encodings(content, media_type, declared):
        try:
            return Decoded(content.decode(encoding), encoding)
        except UnicodeDecodeError:
            continue
    return _replace_broken(content, "windows-1252")


def _replace_broken(content: bytes, encoding: str) -> Decoded:
    text = content.decode(encoding, "replace")
    return Decoded(text, encoding, replaced=text.count("\ufffd"))


def _patch_utf8(content: bytes) -> Decoded | None:
    """UTF-8 with a few bytes of windows-1252 among it, as when a page is glued together from two systems."""
    text = content.decode("utf-8", "surrogateescape")
    strays = len(STRAY.findall(text))
    valid = len(text) - len(text.encode("ascii", "ignore")) - strays
    if valid < MIN_VALID_PER_STRAY * strays:
        return None
    patched = STRAY.sub(lambda stray: bytes([ord(stray[0]) - 0xDC00]).decode("windows-1252", "replace"), text)
    return Decoded(patched, "utf-8", repaired=True, replaced=strays)


def _encode(text: str) -> tuple[str, bytes, int]:
    """`text` and its UTF-8, surrogates joined to characters where they pair up, and how many did not."""
    try:
        return text, text.encode("utf-8"), 0
    except UnicodeEncodeError:
        joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return joined, joined.encode("utf-8"), joined.count("\ufffd") - text.count("\ufffd")


def _finish(text: str, encoded: bytes, found: Decoded) -> Decoded:
    """`found` with its text scrubbed and its mojibake repaired; clean text passes through untouched."""
    controls = len(encoded) - len(encoded.translate(None, CONTROLS))
    if controls:
        text = _scrub_controls(text, controls)
    repaired = text if text.isascii() else _repair_mojibake(text)
    if not controls and repaired is text:
        return found
    return Decoded(repaired, found.encoding, found.repaired or repaired != text, found.replaced + controls)


def _scrub_controls(text: str, controls: int) -> str:
    scrubbed = text.translate(SCRUBBING)
    if not scrubbed or (controls > MAX_CONTROLS and controls > len(text) * MAX_CONTROL_SHARE):
        raise Undecodable(f"{controls} of {len(text)} characters are control characters: these are no text but binary data")
    return scrubbed


def _repair_mojibake(text: str) -> str:
    if not _has_mojibake(text):
        return text
    from ftfy import fix_encoding  # a tenth of a second, and most dumps never need it

    return "\n".join(fix_encoding(line) if _has_mojibake(line) else line for line in text.split("\n"))


def _has_mojibake(text: str) -> bool:
    return any(letter in text and pattern.search(text) for letter, pattern in MOJIBAKE.items())
