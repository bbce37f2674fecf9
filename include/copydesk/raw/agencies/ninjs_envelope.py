"""An object around an array of ninjs items, with more beside it, as interfaces and some agencies send them."""

from __future__ import annotations

import io
import re

from copydesk.raw.json.scanner import Scanner

# What an item has, and none of the objects that stand in its own arrays, but for those that are items that go with it.
OWN = re.compile(rb'"(?:body_(?:xhtml|html|text)|bodies|headlines?|version_?created|pubstatus)"\s*:', re.IGNORECASE)
GOING_WITH_IT = b'"associations"'


def find_items(head: bytes) -> int | None:
    """Where the array of items begins in a file that begins with `head`; None where an object at its top is an item itself."""
    scanner = Scanner(io.BytesIO(head))
    if scanner.peek() != b"{":
        return None
    scanner.skip()
    while (sign := scanner.peek()) in (b'"', b","):
        if sign == b",":
            scanner.skip()
            continue
        name = scanner.read_value(len(head)).content
        if scanner.peek() != b":":
            return None
        scanner.skip()
        is_array, place = scanner.peek() == b"[", scanner.offset
        value = scanner.read_value(len(head)).content or b""
        if is_array and name != GOING_WITH_IT and _begins_with_item(value):
            return place
    return None


def _begins_with_item(array: bytes) -> bool:
    scanner = Scanner(io.BytesIO(array[1:]))
    first = scanner.read_value(len(array)).content if scanner.peek() == b"{" else None
    return first is not None and OWN.search(first) is not None
