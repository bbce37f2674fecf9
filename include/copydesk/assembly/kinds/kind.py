"""What kind of page a document is, whether it is free to read, and how the text it states compares with its body."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from copydesk.assembly.address import stated_addresses
from copydesk.assembly.document import Block, Document
from copydesk.assembly.kinds.barring import BEGINNING_WORDS, TEASER_WORDS
from copydesk.assembly.kinds.page import Page
from copydesk.assembly.kinds.shape import is_listing, is_told_by_captions, leads_to_story
from copydesk.fields import kinds
from copydesk.fields.headings.headlines import stems_of
from copydesk.fields.stated.bodies import compare
from copydesk.fields.stated.page_types import stated_kinds
from copydesk.schema import PAGE_TYPES

SHORT_WORDS = 120  # what a page says in words of itself counts where it says little else
SCANT_WORDS = 60
LIST_WORDS = 800  # no list of headlines has more
SHOWN_SHARE = 0.5  # of the stated text; a page that shows less is cut
LINKED_SHARE = 0.75  # of what stands on the page
FAR_MORE_TIMES = 3  # the words; some count those of their menus too
FEW_BLOCKS = 60  # a page that asks for consent has no menus
MOST_STEMS, SOME_STEMS = 1 / 2, 1 / 4  # of them
FEW_PARAGRAPHS, PARAGRAPH_BYTES = 2, 90  # scripts that say as much in fewer letters take more for each
TITLE_STEMS = 3  # a headline has more words of four letters than the name of a site, of which its requests speak
MIN_CAPTIONS, MIN_UPDATES, MIN_LINKS, MIN_DATES = 5, 5, 15, 5
ROOT = re.compile(r"https?://[^/?#]+/?")
VIDEO_FOLDERS = frozenset({"video", "videos", "watch"})
GALLERY_FOLDERS = frozenset(
    {"gallery", "galleries", "galerie", "galerien", "fotostrecke", "bilder", "photos", "fotos", "diaporama"}
)


class Kind(NamedTuple):
    """What a page is."""

    page_type: str | None
    free_to_read: bool | None
    stated_body: str | None


def kind(document: Document, title: str | None, words: int, barring: Sequence[str], has_more: bool) -> Kind:
    """What the page is, as it states and shows it."""
    types = [claim for claim in document.claims if claim.field == "type"]
    stated = stated_kinds(claim.value for claim in types)
    by_jsonld = stated_kinds(claim.value for claim in types if claim.clue == "jsonld")
    free = kinds.free_to_read(document.claimed("free_to_read"))
    bodies = document.claimed("body")
    agreement = compare(bodies, "\n".join(document.paragraphs)) if bodies else None
    headings = {*document.claimed("title"), *document.lines("title")}
    is_stated = "article" in by_jsonld
    found = evident_type(Page(document, title, words, stated, is_stated, free, barring, has_more, agreement, headings))
    page_type = found or _given_type(document) or ("article" if document.paragraphs else None)
    return Kind(page_type, False if found == "stub" else free, agreement.verdict if agreement else None)


def _given_type(document: Document) -> str | None:
    """What the container calls it, such as the stub that a summary is."""
    return next((name for name in document.given("page_type") if name in PAGE_TYPES), None)


def evident_type(page: Page) -> str | None:
    """The first kind that the evidence bears out; None where it bears out none: an article, if there is text."""
    return next((name for name, holds in KINDS if holds(page)), None)


def _is_error(page: Page) -> bool:
    if page.is_stated_article or page.words > LIST_WORDS:
        return False
    if page.words <= SCANT_WORDS and any(map(kinds.is_error, page.all.texts)):
        return True
    return page.is_headed(kinds.is_error, SHORT_WORDS)


def _is_consent(page: Page) -> bool:
    if page.is_stated_article or page.words > LIST_WORDS:
        return False
    if not page.is_headed(kinds.is_consent, TEASER_WORDS):  # some list what each partner does
        is_short = page.words <= SHORT_WORDS and len(page.all.labels) <= FEW_BLOCKS
        if not is_short or not any(map(kinds.asks_consent, page.all.texts)):
            return False
    return not _tells_its_title(page)


def _tells_its_title(page: Page) -> bool:
    """Whether its title is taken up by paragraphs without a word of consent: those of an article with a banner beside it.

    Where none of the paragraphs that were found has such a word, less of it is enough.
    """
    title, paragraphs = page.title or "", page.document.paragraphs
    stems = stems_of(title)
    if len(stems) < TITLE_STEMS or kinds.is_consent(title):
        return False
    others = [text for text in paragraphs if not kinds.speaks_of_consent(text)]
    are_apart = len(others) == len(paragraphs) and sum(len(text.encode()) >= PARAGRAPH_BYTES for text in others) >= FEW_PARAGRAPHS
    told = "\n".join(others).lower()
    return sum(map(told.__contains__, stems)) >= (SOME_STEMS if are_apart else MOST_STEMS) * len(stems)


def _is_stub(page: Page) -> bool:
    """Whether only the beginning stands here: far more is stated and withheld, or a short text ends at a bar."""
    if page.words > TEASER_WORDS:
        return False
    is_cut = _is_cut(page)
    if page.free is False and (is_cut or not page.words):
        return True
    if page.free is True or not (is_cut or page.words <= BEGINNING_WORDS):
        return False
    return bool(page.barring) and (is_cut or not page.has_more) and any(map(kinds.bars_reader, page.barring))


def _is_cut(page: Page) -> bool:
    """Whether the page states far more text, or far more words, than it shows."""
    if page.agreement is not None:
        return page.agreement.verdict == "longer" and page.agreement.found < SHOWN_SHARE
    stated = next(iter(page.document.claimed("word_count")), "")
    return stated.isdecimal() and int(stated[:9]) > FAR_MORE_TIMES * page.words


def _is_live_blog(page: Page) -> bool:
    if "live_blog" in page.stated:
        return True
    if not any(map(kinds.promises_updates, page.headings)):
        return False
    return sum(map(kinds.opens_with_time, page.all.texts)) >= MIN_UPDATES


def _is_video(page: Page) -> bool:
    if page.words > SHORT_WORDS:
        return False
    if page.is_under(VIDEO_FOLDERS):
        return "video" in page.stated or page.words <= SCANT_WORDS
    return "video" in page.stated and not page.is_stated_article


def _is_gallery(page: Page) -> bool:
    if page.words <= SHORT_WORDS and page.is_under(GALLERY_FOLDERS):
        return True
    if is_told_by_captions(page.document, page.words):
        return True
    captions = page.document.lines("caption") if "gallery" in page.stated else ()
    return len(captions) >= MIN_CAPTIONS and page.words <= sum(len(line.split()) for line in captions)


def _is_index(page: Page) -> bool:
    """Whether it is a list of articles: it says so, or stands at the root of its site, or is nothing but headlines and teasers."""
    if "article" in page.stated:
        return False
    is_listed = "index" in page.stated or _is_root(page.document)
    if page.words and not is_listed:
        return is_listing(page.document)
    linked = [b for b in page.document.blocks if leads_to_story(b.text, "" if b.label == "rail" else b.href)]
    return len(linked) >= MIN_LINKS and (is_listed or _mostly(linked, page))


def _is_root(document: Document) -> bool:
    """Whether the page states the root of its site as its address."""
    stated = next(iter(stated_addresses(document)), "")
    return ROOT.fullmatch(stated) is not None


def _mostly(linked: Sequence[Block], page: Page) -> bool:
    """Whether headlines are most of what stands on a page that has no date, or many."""
    if 0 < len(page.document.labelled("date")) < MIN_DATES:
        return False
    return sum(len(b.text) for b in linked) >= LINKED_SHARE * sum(map(len, page.all.texts))


KINDS: tuple[tuple[str, Callable[[Page], bool]], ...] = (
    ("error", _is_error),
    ("consent", _is_consent),
    ("live_blog", _is_live_blog),
    ("stub", _is_stub),
    ("video", _is_video),
    ("gallery", _is_gallery),
    ("index", _is_index),
)
