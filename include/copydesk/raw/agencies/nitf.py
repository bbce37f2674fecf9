"""NITF, the News Industry Text Format: one story an element `nitf`, as many of them as stand in a file."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from copydesk.raw.agencies.stories import (
    UNUSABLE,
    Story,
    edition_of,
    figure,
    first,
    inner,
    list_given,
    notice,
    text_of,
    texts,
    versioned,
)
from copydesk.raw.compression.stream import Decompressed
from copydesk.raw.context import Context
from copydesk.raw.xml.items import Item, Made, Vocabulary, read_items
from copydesk.records import Reason, Record, Skipped

NITF = Vocabulary("NITF", ("nitf",), frozenset())
# Elements that HTML calls otherwise; those that only say what a word is, such as `person`, are a run of text.
AS_HTML = {"hl2": "h2", "bq": "blockquote", "block": "div", "note": "aside", "fn": "aside", "nitf-table": "div", "credit": "cite"}
WORDS = frozenset(
    "person org location chron money num event function object.title copyrite postaddr virtloc lang pronounce classifier "
    "alt-code name.given name.family region country city state sublocation copyrite.holder copyrite.year frac".split()
)


def read_nitf(stream: Decompressed, context: Context) -> Iterator[Made]:
    """A record for each story of a file."""
    return read_items(stream, context, NITF, _make)


def _make(item: Item) -> Made:
    nitf = item.element
    docdata = nitf.find("head/docdata")
    status = docdata.get("management-status", "").lower() if docdata is not None else ""
    # Not by the key in du-key, which is a catchword: next week's WEATHER is another story.
    name, version = _norm(nitf, "head/docdata/doc-id", "id-string"), _norm(nitf, "head/docdata/du-key", "version")
    edition = edition_of(name, version)
    story = story_of(nitf)
    if status in UNUSABLE:
        if edition is None:
            return Skipped(f"{status} item")
        return item.withdrawn(notice(status, edition, story.given.get("title"), _notes(nitf)), edition)
    if not story.has_text:
        return item.reject(Reason.MISSING_CONTENT, "no text in its body.content")
    id = versioned(name, version) or item.context.place(item.origin)
    return Record(story.document, story.media_type, item.origin, id, given=story.given, edition=edition)


def _notes(nitf: Element) -> Iterator[str]:
    """What the agency tells editors of a story."""
    return filter(None, (found.get("info") for found in nitf.findall("head/docdata/ed-msg")))


def story_of(nitf: Element) -> Story:
    """The text of a story and what its head says of it."""
    body = nitf.find("body")
    if body is None:
        return Story()
    parts = [_markup(content) for content in body.findall("body.content")]
    parts += [f"<footer><p>{inner(line)}</p></footer>" for line in body.findall("body.end/tagline")]
    has_text = any(text_of(content) for content in body.findall("body.content"))
    return Story("".join(parts) if has_text else "", given=_given(nitf, body))


def _given(nitf: Element, body: Element) -> dict[str, str]:
    head = "body.head"
    keys = [key.get("key") for key in nitf.findall("head/docdata/key-list/keyword")]
    subjects = [subject.get("tobject.subject.type") for subject in nitf.findall("head/tobject/tobject.subject")]
    lines = texts([*body.findall(f"{head}/hedline/hl1"), *nitf.findall("head/title")])
    return list_given(
        title=first(lines),
        standfirst=first([text_of(body.find(f"{head}/abstract")), *texts(body.findall(f"{head}/hedline/hl2"))]),
        authors=[name for byline in body.findall(f"{head}/byline") for name in _names(byline)],
        agency=first(texts([*body.findall(f"{head}/distributor"), *body.findall(f"{head}/byline/byttl")])),
        dateline=first(texts(body.findall(f"{head}/dateline/location"))),
        section=_norm(nitf, "head/pubdata", "position.section"),
        tags=[*keys, *subjects],
        language=body.get("xml:lang") or nitf.get("xml:lang"),
        published_at=first(_times(nitf, body)),
    )


def _times(nitf: Element, body: Element) -> Iterator[str | None]:
    """When it was or may be published; a release later than the issue is the end of an embargo."""
    yield _norm(nitf, "head/docdata/date.release", "norm")
    yield _norm(nitf, "head/docdata/date.issue", "norm")
    yield _norm(nitf, "head/pubdata", "date.publication")
    yield _norm(body, "body.head/dateline/story.date", "norm")


def _names(byline: Element) -> list[str]:
    """Who signed, without what they are called."""
    people = list(texts(byline.findall("person")))
    return people or [text_of(byline).removesuffix(text_of(byline.find("byttl"))).strip()]


def _norm(element: Element, path: str, attribute: str) -> str | None:
    found = element.find(path)
    return found.get(attribute) if found is not None else None


def _markup(content: Element) -> str:
    """A body as HTML; the tree it is made from is changed for it."""
    for media in list(content.iter("media")):
        _turn_into_figure(media)
    for element in content.iter():
        element.tag = "span" if element.tag in WORDS else AS_HTML.get(element.tag, element.tag)
    return inner(content)


def _turn_into_figure(media: Element) -> None:
    """A picture and its caption as HTML has them; film and sound leave their caption."""
    sources = (found.get("source") for found in media.findall("media-reference"))
    url = first(sources) if media.get("media-type", "image") == "image" else None
    shown = figure(url, " ".join(texts(media.findall("media-caption"))), first(texts(media.findall("media-producer"))))
    tail = media.tail
    media.clear()
    media.tag, media.tail = shown.tag, tail
    media.extend(shown)
