"""The pictures of an article."""

from __future__ import annotations

import re

from copydesk.assembly.document import Document, Picture
from copydesk.fields.images import Image, Shown, add_elements, group_captions
from copydesk.fields.urls import absolute

DRAWING = re.compile(r"\.svg(?:\?|$)", re.IGNORECASE)


def images(document: Document) -> list[Image]:
    """Pictures that have a caption; the picture elements that stand beside it give the address."""
    images: list[Image] = []
    for run in document.runs("caption"):
        near = [p for p in document.pictures if run[0].ordinal - 1 <= p.before <= run[-1].ordinal + 1 and p.url]
        found = group_captions([b.text for b in run])
        add_elements(found, [Shown(absolute(p.url, document.url) or p.url, p.alt) for p in _without_drawings(near)])
        images += found
    return images


def _without_drawings(near: list[Picture]) -> list[Picture]:
    """Those that are no drawings, if there are any: beside a photograph they are signs to share it by."""
    return [p for p in near if not DRAWING.search(p.url or "")] or near
