"""What a start tag states, read as the parser spells it: attributes in double quotes, with `<`, `>`, `&` and `"` escaped in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]{2,}|\d+")  # main-content, mainContent and main_content are two words each
ATTRIBUTE = re.compile(r' ([^=]+)="([^"]*)"')
ESCAPES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&nbsp;", "\xa0"), ("&amp;", "&"))
SHORT_CHARS = 256  # longer tags hold data, and are hardly met twice


def unescape(text: str) -> str:
    """`text` as it was before the parser spelled it out."""
    if "&" in text:
        for escape, sign in ESCAPES:
            text = text.replace(escape, sign)
    return text


def stated(tags: Sequence[str], name: str) -> list[str]:
    """The value of an attribute of each tag; nothing where it has no such attribute."""
    opening = f' {name}="'
    starts = [tag.find(opening) for tag in tags]
    # The value of another may end so: title="no href=
    values = [
        "" if start < 0 else _read_value(tag, name) if tag.count('"', 0, start) % 2 else tag[start:].split('"', 2)[1]
        for tag, start in zip(tags, starts, strict=True)
    ]
    return [unescape(value) if "&" in value else value for value in values]


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
