"""NewsML 1.x, which NewsML-G2 replaced: a news item is a tree of components, one of which is the text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from copydesk.raw.agencies.nitf import story_of
from copydesk.raw.agencies.stories import TEXT, UNUSABLE, Story, edition_of, first, inner, list_given, notice, text_of, texts
from copydesk.raw.xml.items import Item, Made
from copydesk.records import Edition, Reason, Record, Skipped

BODY_ROLES = ("body", "main", "main text", "text", "")  # the likeliest first
OTHER_ROLES = frozenset(
    "headline subheadline stylesheet logo contact caption abstract summary keywords photo photograph picture graphic".split()
)


class _Part(NamedTuple):
    role: str
    story: Story


def make_from_newsml1(item: Item) -> Made:
    """The record of a news item."""
    element = item.element
    status = _formal(element.find("NewsManagement/Status")).lower()
    edition = _edition(element)
    if status in UNUSABLE:
        if edition is None:
            return Skipped(f"{status} item")
        return item.withdrawn(notice(status, edition, _given(element).get("title"), texts(element.iter("Instruction"))), edition)
    parts = [part for part in _parts(element, "") if part.role not in OTHER_ROLES and part.story.has_text]
    if not parts:
        kind = "pictures" if element.find(".//ContentItem[@Href]") is not None else ""
        return Skipped(f"{kind} item") if kind else item.reject(Reason.MISSING_CONTENT, "no text in its components")
    best = min(parts, key=lambda part: (_rank(part.role), -len(part.story.content))).story
    return Record(best.document, best.media_type, item.origin, _id(item), given=best.given | _given(element), edition=edition)


def _rank(role: str) -> int:
    return BODY_ROLES.index(role) if role in BODY_ROLES else len(BODY_ROLES)


def _parts(component: Element, role: str) -> Iterator[_Part]:
    """The contents of a component and of those in it, each with the role of the nearest that states one."""
    role = _formal(component.find("Role")).lower() or role
    for child in component:
        if child.tag in ("NewsComponent", "NewsItem"):
            yield from _parts(child, role)
        elif child.tag == "ContentItem":
            yield from (_Part(role, _story(data)) for data in child.findall("DataContent"))


def _story(data: Element) -> Story:
    nitf = data.find("nitf")
    if nitf is not None:
        return story_of(nitf)
    if not len(data):
        return Story(data.text or "", TEXT)
    body = data.find("html/body")
    whole = data if body is None else body
    return Story(inner(whole) if text_of(whole) else "")


def _given(item: Element) -> dict[str, str]:
    lines = [line for lines in item.iter("NewsLines") for line in lines]
    managed = item.find("NewsManagement")
    managed = Element("none") if managed is None else managed
    return list_given(
        title=first(_named(lines, "HeadLine")),
        standfirst=first(_named(lines, "SubHeadLine")),
        authors=_named(lines, "ByLine"),
        agency=first([*_named(lines, "CreditLine"), *map(_formal, item.findall(".//Provider/Party"))]),
        dateline=first(_named(lines, "DateLine")),
        tags=_named(lines, "KeywordLine"),
        language=first(map(_formal, item.iter("Language"))),
        published_at=first(texts(managed.findall("FirstCreated"))),
        modified_at=first(texts(managed.findall("ThisRevisionCreated"))),
    )


def _named(lines: list[Element], name: str) -> list[str]:
    return list(texts(line for line in lines if line.tag == name))


def _id(item: Item) -> str:
    named = first(texts(item.element.findall("Identification/NewsIdentifier/PublicIdentifier")))
    return named or item.context.place(item.origin)


def _edition(item: Element) -> Edition | None:
    """By its public name, or else by the parts that this is made of."""
    name = item.find("Identification/NewsIdentifier")
    if name is None:
        return None
    parts = [first(texts(name.findall(part))) for part in ("ProviderId", "DateId", "NewsItemId")]
    joined = ":".join(["urn", "newsml", *filter(None, parts)]) if all(parts) else None
    return edition_of(joined or first(texts(name.findall("PublicIdentifier"))), first(texts(name.findall("RevisionId"))))


def _formal(element: Element | None) -> str:
    return (element.get("FormalName") or "").strip() if element is not None else ""
