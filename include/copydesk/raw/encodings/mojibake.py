"""Text that was decoded wrongly, set right as ftfy does it; the commonest case is told without trying all the others."""

from __future__ import annotations

from ftfy import fix_encoding
from ftfy.badness import is_bad
from ftfy.chardata import ALTERED_UTF8_RE

USUAL = ("latin-1", "sloppy-windows-1252")  # what UTF-8 is taken for, in the order ftfy tries them
RARE = (b"\xed", b"\xc0", b"\x1a")  # surrogates, NUL in two bytes, bytes that were lost: ftfy knows what to do


def repair(text: str) -> str:
    """What `ftfy.fix_encoding` makes of `text`, in half the time."""
    if not is_bad(text):
        return text
    fixed = _read_again(text)
    return fixed if fixed is not None and not is_bad(fixed) else fix_encoding(fixed or text)


def _read_again(text: str) -> str | None:
    """`text` as UTF-8 where it was read as an encoding of single bytes, and nothing else is wrong with it."""
    for encoding in USUAL:
        try:
            content = text.encode(encoding)
        except UnicodeEncodeError:
            continue
        if any(byte in content for byte in RARE) or ALTERED_UTF8_RE.search(content):
            return None
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            return None
    return None
