"""What a reader of a page sees and its parser would not: character data of XHTML, and trees that are declared to be shadows.

As HTML the former is a comment, as far as to its first `>`. The latter stand in a `<template>`, of which a browser makes the
contents of the element around it, and which is read here as a `<div>`.
"""

from __future__ import annotations

import re

from copydesk.blocks.openings import Openings

DATA, DATA_END = b"<![CDATA[", b"]]>"
DATA_LETTERS = "!{c"  # as `Openings` folds their case: `[` becomes `{`
SCRIPTED = (b"/", b"*")  # before character data that scripts and styles hide in a comment of their own
TAG = re.compile(rb"</?[A-Za-z!]")
MOST_SPACE = 40  # before it
MOST_TAG = 200  # bytes, in which a template says what it is
SHADOW = b"shadowrootmode"
TEMPLATE = re.compile(rb"(?i)<(/?)template(?=[\s/>])[^<>]*>")
IS_SHADOW = re.compile(rb"(?i)\sshadowrootmode(?=[\s=/>])")


def unwrapped(openings: Openings) -> Openings:
    """Those of the page with what is wrapped so in place; most pages have none, which the letters behind each `<` tell."""
    html = openings.html
    if openings.may_open(DATA_LETTERS) and any(_is_shown_data(html, at) for at in openings.beginning(DATA_LETTERS)):
        openings = Openings(html := without_data(html))
    if openings.may_open("template") and any(SHADOW in html[at : at + MOST_TAG] for at in openings.beginning("template")):
        openings = Openings(_without_shadows(html))
    return openings


def _is_shown_data(html: bytes, at: int) -> bool:
    return html.startswith(DATA, at) and not html[max(0, at - MOST_SPACE) : at].rstrip().endswith(SCRIPTED)


def without_data(html: bytes) -> bytes:
    """Character data as it would be shown: markup where it holds tags, as systems wrap it, and else text in which `<` is a sign."""
    first, *rest = html.split(DATA)
    parts = [first]
    before = first
    for part in rest:
        held, end, behind = part.partition(DATA_END)
        if end and not before[-MOST_SPACE:].rstrip().endswith(SCRIPTED):
            parts += [held if TAG.search(held) else held.replace(b"<", b"&lt;"), behind]
        else:
            parts += [DATA, part]
        before = part
    return b"".join(parts)


def _without_shadows(html: bytes) -> bytes:
    """Shadow trees as elements; those inside a template that is none are left, as no one sees them."""
    parts, end, opened = [], 0, list[bool]()
    for tag in TEMPLATE.finditer(html):
        if not tag[1]:
            is_shown = all(opened[-1:]) and IS_SHADOW.search(tag[0]) is not None
            opened.append(is_shown)
        else:
            is_shown = bool(opened) and opened.pop()
        if is_shown:
            parts += [html[end : tag.start()], b"</div>" if tag[1] else b"<div>"]
            end = tag.end()
    return b"".join([*parts, html[end:]])
