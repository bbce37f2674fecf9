"""The objects of JSON-LD scripts, as forgiving readers find them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

Thing = dict[str, Any]
WRAPPING = (("<!--", "-->"), ("//<![CDATA[", "//]]>"), ("/*<![CDATA[*/", "/*]]>*/"), ("<![CDATA[", "]]>"))
MAX_LEVELS = 20  # no real page nests its statements deeper


def parse(text: str) -> Any:
    """The JSON, forgiving what sites get wrong most: comments around it, a semicolon behind it, raw line breaks in strings."""
    text = text.strip()
    for opening, closing in WRAPPING:
        text = text.removeprefix(opening).removesuffix(closing).strip()
    text = text.rstrip("; \n")
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def things_of(data: Any, levels: int = MAX_LEVELS) -> Iterator[Thing]:
    """Top-level objects, looking through lists and `@graph`."""
    if isinstance(data, list) and levels:
        for part in data:
            yield from things_of(part, levels - 1)
    elif isinstance(data, dict):
        yield data
        yield from things_of(data.get("@graph") or [], levels - 1)


def parts(value: Any) -> list[Any]:
    """The values of a property, which is a list of them or one alone."""
    return value if isinstance(value, list) else [value]


def types_of(thing: Thing) -> list[str]:
    """What the object says it is."""
    return [kind for kind in parts(thing.get("@type")) if isinstance(kind, str)]
