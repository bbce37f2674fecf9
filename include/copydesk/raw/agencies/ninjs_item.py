"""What one ninjs item says: its text, and its properties as versions 1 and 2 on call them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from copydesk.raw.agencies.nitf import story_of as story_of_nitf
from copydesk.raw.agencies.stories import HTML, TEXT, Story, figure, first, list_given, markup, one_line
from copydesk.raw.xml.tree import Unreadable, parse_item

Item = Mapping[str, Any]

BODIES = {"body_xhtml": "xhtml", "body_html": "html", "body_text": "text"}  # of version 1, the fullest first
SIGNING = frozenset({"author", "creator", "byline", "writer"})
SUMMARIES = frozenset({"summary", "abstract", "lead", "lede", "standfirst"})
PAGE = re.compile(r"https?://[^\s?#]+", re.IGNORECASE)  # an address with a query is a call, and a new one each time
TAG = re.compile(r"<[^<>]*>")
XML_DECLARATION = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE[^>\[]*>\s*)?")


class Valued(NamedTuple):
    """A text with the role it plays."""

    role: str
    value: str
    kind: str = ""  # its media type


def text_at(item: Item, *names: str) -> str:
    """The first of these properties that is a text or a number, on one line."""
    found = (item.get(name) for name in names)
    return first(str(value) for value in found if isinstance(value, str | int | float) and not isinstance(value, bool)) or ""


def status_of(item: Item) -> str:
    """Whether it may be published: usable, withheld, canceled; empty where it does not say."""
    return text_at(item, "pubStatus", "pubstatus").lower()


def identifier(item: Item) -> str | None:
    """The item's own id, or else the first of the others it goes by."""
    others = _objects(item, "altIds", "altids")
    named = item.get("altids")
    values = named.values() if isinstance(named, Mapping) else ()
    return text_at(item, "uri", "guid") or first([*(text_at(each, "value") for each in others), *filter(_is_text, values)])


def address(item: Item) -> str | None:
    """The page of the item, where its identifier is one."""
    found = text_at(item, "url", "canonicalUrl") or text_at(item, "uri")
    return found if PAGE.fullmatch(found) else None


def story_of(item: Item) -> Story:
    """The fullest of its bodies, with the pictures that go with it."""
    stories = [_story(body) for body in _valued(item, "bodies", "body")]
    stories = [story for story in stories if story.has_text]
    best = next((story for story in stories if story.media_type == HTML), stories[0] if stories else Story())
    if best.media_type == HTML and best.has_text:
        best.content = "".join(_pictures(item)) + best.content
    return best


def given_of(item: Item) -> dict[str, str]:
    """Its properties by column."""
    headlines = sorted(_valued(item, "headlines", "headline"), key=lambda found: found.role not in ("main", ""))
    summaries = [found.value for found in _valued(item, "descriptions", "description") if found.role in SUMMARIES | {"text"}]
    sources = [text_at(found, "name") for found in _objects(item, "infoSources", "infosource", "infosources")]
    people = [text_at(found, "name") for found in _objects(item, "people", "person") if text_at(found, "rel", "role") in SIGNING]
    keywords = item.get("keywords")
    return list_given(
        title=first([*(_plain(found.value) for found in headlines), text_at(item, "title")]),
        standfirst=first(map(_plain, summaries)),
        authors=text_at(item, "by", "byline") or people,
        agency=first(sources),
        credit=text_at(item, "creditline", "creditLine", "copyrightHolder", "copyrightholder"),
        section=text_at(item, "section"),
        tags=[*(text_at(found, "name") for found in _objects(item, "subjects", "subject")), *_texts(keywords)],
        language=text_at(item, "language"),
        published_at=text_at(item, "embargoed", *_times("firstPublished", "firstCreated", "contentCreated", "versionCreated")),
        modified_at=text_at(item, *_times("contentModified", "versionCreated")),
        canonical_url=address(item),
    )


def _times(*names: str) -> tuple[str, ...]:
    """As version 2 on spells them, and version 1."""
    return tuple(spelled for name in names for spelled in (name, name.lower()))


def _valued(item: Item, plural: str, singular: str) -> Iterator[Valued]:
    """Texts of version 2 on, in a list; of version 1, each a property with its role or kind behind its name."""
    for found in _objects(item, plural):
        if _is_text(found.get("value")):
            yield Valued(text_at(found, "role").lower(), found["value"], text_at(found, "contentType", "contenttype"))
    if _is_text(item.get(singular)):
        yield Valued("", item[singular])
    for name in BODIES if singular == "body" else sorted(item):
        role = name.removeprefix(f"{singular}_")
        if role != name and _is_text(item.get(name)):
            yield Valued(role, item[name], BODIES.get(name, ""))


def _story(body: Valued) -> Story:
    if "nitf" in body.kind or body.role == "nitf":
        try:
            return story_of_nitf(parse_item(XML_DECLARATION.sub("", body.value, count=1), {}))
        except Unreadable:
            return Story()
    if "html" in body.kind or "html" in body.role:
        return Story(body.value if TAG.sub("", body.value).strip() else "")
    return Story(body.value, TEXT) if "text" in (body.kind or "text") else Story()


def _pictures(item: Item) -> Iterator[str]:
    """The pictures that go with a story and say what they show."""
    for picture in _objects(item, "associations"):
        if text_at(picture, "type") in ("picture", "graphic"):
            captions = sorted(_valued(picture, "descriptions", "description"), key=lambda found: found.role != "caption")
            caption = first(_plain(found.value) for found in captions if found.role != "creditline")
            sources = (text_at(found, "name") for found in _objects(picture, "infoSources", "infosource"))
            credit = first([text_at(picture, "byline", "by"), *sources])
            yield markup(figure(_largest(picture), caption, credit))


def _largest(picture: Item) -> str | None:
    """The address of its largest rendition."""
    found = [each for each in _objects(picture, "renditions") if text_at(each, "href")]
    widths = {text_at(each, "href"): each.get("width") for each in found}
    return max(widths, key=lambda href: width if isinstance(width := widths[href], int) else 0, default=None)


def _objects(item: Item, *names: str) -> list[Item]:
    """The objects in lists of these names; version 1 has some as an object of objects."""
    found: list[Item] = []
    for name in names:
        value = item.get(name)
        values = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
        found += [each for each in values if isinstance(each, Mapping)]
    return found


def _texts(value: object) -> list[str]:
    return [value] if isinstance(value, str) else [each for each in value if _is_text(each)] if isinstance(value, list) else []


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _plain(text: str) -> str:
    return one_line(TAG.sub("", text))
