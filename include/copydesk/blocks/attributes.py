"""What a start tag states, read as the parser spells it: attributes in double quotes, with `<`, `>`, `&` and `"` escaped in them."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copydesk.blocks.stretches import Flags, cut

WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]{2,}|\d+")  # main-content, mainContent and main_content are two words each
ATTRIBUTE = re.compile(r' ([^=]+)="([^"]*)"')
ESCAPES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&nbsp;", "\xa0"), ("&amp;", "&"))
QUOTE = ord('"')
SHORT_CHARS = 256  # longer tags hold data, and are hardly met twice


def unescape(text: str) -> str:
    """`text` as it was before the parser spelled it out."""
    if "&" in text:
        for escape, sign in ESCAPES:
            text = text.replace(escape, sign)
    return text


def stated(tags: pa.StringArray, name: str) -> pa.StringArray:
    """The value of an attribute of each tag; nothing where it has no such attribute."""
    opening = f' {name}="'
    found = pc.find_substring(tags, opening).to_numpy()
    if not (found >= 0).any():
        return pa.array([""] * len(tags), pa.string())
    content = tags.buffers()[2]
    edges = np.frombuffer(tags.buffers()[1], np.int32)[tags.offset : tags.offset + len(tags) + 1].astype(np.int64)
    quotes = np.flatnonzero(np.frombuffer(content, np.uint8)[: edges[-1]] == QUOTE)
    begins = edges[:-1] + np.where(found < 0, 0, found + len(opening))
    before = np.searchsorted(quotes, begins)
    ends = np.where(found < 0, begins, np.minimum(np.append(quotes, edges[-1])[before], edges[1:]))
    values = cut(content, begins, ends)
    # The value of another may end so: title="no href=
    is_doubtful = (found >= 0) & ((before - np.searchsorted(quotes, edges[:-1])) % 2 == 0)
    return _put_right(tags, name, values, is_doubtful)


def _put_right(tags: pa.StringArray, name: str, values: pa.StringArray, is_doubtful: Flags) -> pa.StringArray:
    """The values as they were before the parser spelled them, and those that are doubtful read with care."""
    wrong = np.flatnonzero(pc.match_substring(values, "&").to_numpy(zero_copy_only=False) | is_doubtful)
    if not len(wrong):
        return values
    texts = zip(
        tags.take(pa.array(wrong)).to_pylist(), values.take(pa.array(wrong)).to_pylist(), is_doubtful[wrong].tolist(), strict=True
    )
    right = [unescape(_read_value(tag, name) if doubtful else value) for tag, value, doubtful in texts]
    place = np.arange(len(values))
    place[wrong] = len(values) + np.arange(len(wrong))
    return pa.concat_arrays([values, pa.array(right, pa.string())]).take(pa.array(place))


def _read_value(tag: str, name: str) -> str:
    values: dict[str, str] = dict(ATTRIBUTE.findall(tag))
    return values.get(name, "")


def own_words(tag: str) -> str:
    """Words of an element's class, id and role, each once, and whether it says that it is hidden."""
    return _known_words(tag) if len(tag) <= SHORT_CHARS else _read_words(tag)


def _read_words(tag: str) -> str:
    found = dict(ATTRIBUTE.findall(tag))
    names = " ".join([found[name] for name in ("class", "id", "role") if name in found])
    words = list(dict.fromkeys(" ".join(WORD.findall(unescape(names))).lower().split()))
    return " ".join([*words, "hidden"] if is_hidden(found) else words)


_known_words = lru_cache(maxsize=1 << 17)(_read_words)  # a site uses its few tags over and over


def is_hidden(found: dict[str, str]) -> bool:
    """Whether the element says it is not shown; a hint only, since scripts unhide articles."""
    if "hidden" in found or found.get("aria-hidden") == "true":
        return True
    return "display:none" in found.get("style", "").lower().replace(" ", "")
