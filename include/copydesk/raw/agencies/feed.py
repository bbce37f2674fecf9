"""Web feeds: RSS of every version and Atom, one record an entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from copydesk.raw.agencies.stories import HTML, TEXT, Story, figure, first, inner, list_given, markup, text_of, texts
from copydesk.raw.compression.stream import Decompressed
from copydesk.raw.context import Context
from copydesk.raw.xml.items import Item, Made, Vocabulary, read_items
from copydesk.records import Reason, Record

FEED = Vocabulary("feed", ("item", "entry"), frozenset({"rss", "rdf:RDF", "feed", "RDF", "channel"}))
TAG = re.compile(r"<[^<>]*>")
ESCAPED = re.compile(r"&(?:[A-Za-z]{2,31}|#\w{1,8});")
HAS_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>")
ADDRESS = re.compile(r"(?P<before><[^<>]*?\s(?:href|src)\s*=\s*)(?P<quote>[\"'])(?P<address>[^\"'<>]*)(?P=quote)", re.IGNORECASE)
WEB = re.compile(r"https?://", re.IGNORECASE)
TEXTUAL = re.compile(r"|text|html|xhtml|text/\w+|application/xhtml\+xml", re.IGNORECASE)
MAILBOX = re.compile(r"\S+@\S+\s*\((?P<name>[^()]+)\)")
FULL = ("content:encoded", "content")
BRIEF = ("description", "summary", "dc:description", "itunes:summary")
# Where a feed has nothing but a summary, one of so few words, or one that breaks off, is only the beginning of the article.
WHOLE_WORDS = 120
ENDING_CHARS = 400  # in which it breaks off; behind that some say where they appeared first
MAX_NAME_CHARS = 200
BREAKS_OFF = re.compile(r"\[\s*(?:…|\.\.\.)\s*\]|(?:…|\.\.\.|read more|continue reading)\W*$", re.IGNORECASE)
HIDDEN_TAGS = frozenset({"post_tag", "uncategorized"})


def read_feed(stream: Decompressed, context: Context) -> Iterator[Made]:
    """A record for each entry of a feed."""
    return read_items(stream, context, FEED, _make)


def _make(item: Item) -> Made:
    entry = item.element
    address = _address(item)
    story, is_full = _story(entry, _base(item) or address)
    if not story.has_text:
        return item.reject(Reason.MISSING_CONTENT, "it has neither content nor a summary", address)
    given = _given(item, is_full)
    id = first(texts(_all(entry, "guid", "id"))) or entry.get("rdf:about") or address or item.context.place(item.origin)
    return Record(story.document, story.media_type, item.origin, id, address, given=given)


def _story(entry: Element, base: str | None) -> tuple[Story, bool]:
    """The text of an entry, and whether it is given as the whole: a summary is read where nothing more stands there."""
    for names in (FULL, BRIEF):
        found = [_text_or_page(element, base) for element in _all(entry, *names)]
        story = max(found, key=lambda story: len(story.content), default=Story())
        if story.has_text:
            if story.media_type == HTML:
                story.content = "".join(_pictures(entry)) + story.content
            return story, names is FULL or not _breaks_off(story)
    return Story(), False


def _breaks_off(story: Story) -> bool:
    text = " ".join(unescape(TAG.sub(" ", story.content)).split())
    return len(text.split()) < WHOLE_WORDS or BREAKS_OFF.search(text[-ENDING_CHARS:]) is not None


def _text_or_page(element: Element, base: str | None) -> Story:
    """What an element holds: its own markup, or a text that may be markup."""
    kind = element.get("type", "")
    base = urljoin_or_none(base, element.get("xml:base"))
    if not TEXTUAL.fullmatch(kind):  # a picture, in base64
        return Story()
    if len(element):
        return Story(_rebased(inner(element), base) if text_of(element) else "")
    text = element.text or ""
    if kind in ("text", "text/plain") or not (kind or HAS_MARKUP.search(text) or ESCAPED.search(text)):
        return Story(text, TEXT)
    return Story(_rebased(text, base) if TAG.sub(" ", text).strip() else "")


def _rebased(content: str, base: str | None) -> str:
    """`content` with its links and pictures as seen from `base`."""
    if not base:
        return content

    def seen(found: re.Match[str]) -> str:
        address = urljoin_or_none(base, unescape(found["address"]))
        return f"{found['before']}{found['quote']}{escape(address or '')}{found['quote']}"

    return ADDRESS.sub(seen, content)


def urljoin_or_none(base: str | None, address: str | None) -> str | None:
    """`address` as seen from `base`; `base` itself where there is none, or none that can be read."""
    try:
        return urljoin(base or "", (address or "").strip()) or None
    except ValueError:  # such as a bracket that opens no IPv6 address
        return base


def _base(item: Item) -> str | None:
    """What relative addresses of an entry are relative to, where the feed says so."""
    root = item.head.root
    stated = root.get("xml:base") if root is not None else None
    own = item.element.get("xml:base")
    return urljoin_or_none(stated, own) if stated or own else None


def _address(item: Item) -> str | None:
    """The page of an entry: its link, or a guid that is one."""
    entry = item.element
    links = [link for link in entry.findall("link") if link.get("rel", "alternate") == "alternate"]
    found = [link.get("href") or text_of(link) for link in links]
    guids = [guid for guid in texts(entry.findall("guid")) if WEB.match(guid)]
    stated = first([*texts(entry.findall("feedburner:origLink")), *found, *guids, entry.get("rdf:about")])
    seen = urljoin_or_none(_base(item) or _site_address(item), stated) if stated else None
    return seen if seen and WEB.match(seen) else None


def _channel(item: Item) -> Element:
    """What says of which site the feed is."""
    root = item.head.root
    if root is None:
        return Element("none")
    channel = root.find("channel")
    return root if channel is None else channel


def _site_address(item: Item) -> str | None:
    links = _channel(item).findall("link")
    return first([link.get("href") or text_of(link) for link in links if link.get("rel", "alternate") == "alternate"])


def _given(item: Item, is_full: bool) -> dict[str, str]:
    entry, channel = item.element, _channel(item)
    whole = item.head.root if item.head.root is not None else channel
    return list_given(
        title=first(map(_plain, entry.findall("title") or entry.findall("media:title"))),
        standfirst=first(map(_plain, _all(entry, "description", "summary"))) if _all_text(entry, *FULL) else None,
        authors=list(_authors(entry)),
        tags=list(_tags(entry)),
        language=first(
            [entry.get("xml:lang"), *texts(_all(entry, "dc:language")), *texts(_all(channel, "language")), whole.get("xml:lang")]
        ),
        published_at=first(
            texts(_all(entry, "pubDate", "published", "issued", "dcterms:issued", "dc:date", "dcterms:created", "updated"))
        ),
        modified_at=first(texts(_all(entry, "updated", "modified", "dcterms:modified"))),
        canonical_url=_address(item),
        site=first(texts(channel.findall("title"))),
        page_type=None if is_full else "stub",
    )


def _all_text(entry: Element, *names: str) -> bool:
    return any(text_of(element) for element in _all(entry, *names))


def _plain(element: Element) -> str:
    """A text without the markup that some put into it."""
    return unescape(HAS_MARKUP.sub("", text_of(element)))


def _authors(entry: Element) -> Iterator[str]:
    for creator in _all(entry, "dc:creator", "author", "itunes:author", "dc:contributor")[:20]:
        name = text_of(creator.find("name")) or ("" if len(creator) else text_of(creator))
        mailbox = MAILBOX.fullmatch(name[:MAX_NAME_CHARS])
        yield mailbox["name"] if mailbox else "" if "@" in name else name


def _tags(entry: Element) -> Iterator[str]:
    for tag in _all(entry, "category", "dc:subject"):
        text = tag.get("label") or text_of(tag) or tag.get("term") or ""
        if text.lower() not in HIDDEN_TAGS:
            yield text


def _pictures(entry: Element) -> Iterator[str]:
    """The pictures beside the text that say what they show."""
    for media in entry.iter("media:content"):
        if media.get("medium", "image") == "image":
            caption = first([*texts(media.findall("media:description")), *texts(media.findall("media:title"))])
            yield markup(figure(media.get("url"), caption, first(texts(media.findall("media:credit")))))


def _all(element: Element, *names: str) -> list[Element]:
    """The children of these names, those of the first name first."""
    return [found for name in names for found in element.findall(name)]
