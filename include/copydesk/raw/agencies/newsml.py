"""NewsML: items of NewsML-G2, alone or in messages, and of NewsML 1.x."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from copydesk.raw.agencies.newsml1 import make_from_newsml1
from copydesk.raw.agencies.nitf import story_of
from copydesk.raw.agencies.stories import (
    HTML,
    TEXT,
    UNUSABLE,
    Story,
    edition_of,
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
from copydesk.records import Edition, Reason, Record, Skipped

OTHER_ITEMS = ("packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem")
# A content set that stands in no item is what some examples and archives keep of one.
ITEMS = ("newsItem", "NewsItem", "contentSet", *OTHER_ITEMS)
NEWSML = Vocabulary("NewsML", ITEMS, frozenset({"newsMessage", "NewsML"}))
TEXT_CLASSES = frozenset({"text", "composite", ""})


def read_newsml(stream: Decompressed, context: Context) -> Iterator[Made]:
    """A record for each news item of a file."""
    return read_items(stream, context, NEWSML, _make)


def _make(item: Item) -> Made:
    element = item.element
    if element.tag == "NewsItem":
        return make_from_newsml1(item)
    if element.tag in OTHER_ITEMS:
        return Skipped(element.tag)
    status, kind = _code(element.find("itemMeta/pubStatus")), _code(element.find("itemMeta/itemClass"))
    edition = edition_of(element.get("guid"), element.get("version"))
    if status not in UNUSABLE:
        return _record(item, kind, edition)
    if edition is None or kind not in TEXT_CLASSES:
        return Skipped(f"{status} item")
    return item.withdrawn(notice(status, edition, _given(element).get("title"), _notes(element)), edition, _address(element))


def _record(item: Item, kind: str, edition: Edition | None) -> Made:
    """The record of an item that may be published."""
    element = item.element
    story = _story(element if element.tag == "contentSet" else element.find("contentSet"))
    if story.has_text:
        id = versioned(element.get("guid"), element.get("version")) or item.context.place(item.origin)
        given = story.given | _given(element)
        return Record(story.document, story.media_type, item.origin, id, url=_address(element), given=given, edition=edition)
    if kind not in TEXT_CLASSES:
        return Skipped(f"{kind} item")
    return item.reject(Reason.MISSING_CONTENT, _missing(element))


def _notes(element: Element) -> Iterator[str]:
    """What the agency tells editors of an item."""
    return texts(element.findall("itemMeta/edNote"))


def _missing(element: Element) -> str:
    remote = [found.get("href") or "" for found in element.iter("remoteContent")]
    return f"its content is elsewhere, which is never fetched: {remote[0]}" if remote else "no text in its contentSet"


def _address(item: Element) -> str | None:
    return next((link.get("href") for link in item.findall("itemMeta/link") if _is_web(link)), None)


def _is_web(link: Element) -> bool:
    """Whether it leads to the item's own page."""
    return (link.get("rel") or "").endswith(":hasInstance") and (link.get("href") or "").startswith("http")


def _code(element: Element | None) -> str:
    """`usable` of `stat:usable`, in any scheme, or of its address."""
    code = (element.get("qcode") or element.get("uri") or "") if element is not None else ""
    return code.replace("/", ":").rpartition(":")[2].lower()


def _story(content: Element | None) -> Story:
    """The first of the renditions that has a text, marked up before plain."""
    if content is None:
        return Story()
    found = [*map(_inline_xml, content.findall("inlineXML")), *map(_inline_data, content.findall("inlineData"))]
    stories = [story for story in found if story.has_text]
    return next((story for story in stories if story.media_type == HTML), stories[0] if stories else Story())


def _inline_xml(content: Element) -> Story:
    nitf = content.find("nitf")
    if nitf is not None:
        return story_of(nitf)
    body = content.find("html/body")
    whole = content if body is None else body
    return Story(inner(whole) if text_of(whole) else "")


def _inline_data(content: Element) -> Story:
    if content.get("encoding"):  # a picture or an archive, in base64
        return Story()
    if "html" in (content.get("contenttype") or ""):
        return Story("".join(content.itertext()))
    return Story("".join(content.itertext()), TEXT)


def _given(item: Element) -> dict[str, str]:
    meta, content = item.find("itemMeta"), item.find("contentMeta")
    meta, content = (Element("none") if found is None else found for found in (meta, content))
    return list_given(
        title=first(texts([*_main(content.findall("headline")), *meta.findall("title")])),
        standfirst=first(texts(found for found in content.findall("description") if _code_of_role(found) == "summary")),
        authors=list(texts(content.findall("by"))) or _names(content.findall("creator")),
        agency=first(
            [*texts(content.findall("creditline")), *_names([*content.findall("infosource"), *meta.findall("provider")])]
        ),
        dateline=first(texts(content.findall("dateline"))),
        tags=[*texts(content.findall("keyword")), *_names(content.findall("subject"))],
        language=first([found.get("tag") for found in content.findall("language")]) or item.get("xml:lang"),
        published_at=first(
            texts(_all(meta, "embargoed", "firstCreated") + _all(content, "contentCreated") + _all(meta, "versionCreated"))
        ),
        modified_at=first(texts(_all(content, "contentModified") + _all(meta, "versionCreated"))),
    )


def _main(headlines: list[Element]) -> list[Element]:
    """Those of the main role, or of none, before the others."""
    return sorted(headlines, key=lambda headline: _code_of_role(headline) not in ("main", ""))


def _code_of_role(element: Element) -> str:
    return (element.get("role") or "").rpartition(":")[2].lower()


def _all(element: Element, *names: str) -> list[Element]:
    return [found for name in names for found in element.findall(name)]


def _names(parties: list[Element]) -> list[str]:
    """What people, sources and subjects are called."""
    return [first([*texts(party.findall("name")), party.get("literal")]) or "" for party in parties]
