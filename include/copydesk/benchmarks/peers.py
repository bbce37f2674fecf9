"""Other extractors, each called as its documentation says for the text of an article and what is known of it."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import PackageNotFoundError, version

from copydesk.benchmarks.contestants import Contestant, Reading
from copydesk.benchmarks.sets import Page

REFERENCE = "trafilatura"  # whose speed the others are held against


@dataclass(frozen=True, slots=True)
class Peer:
    """A program that is measured where it is installed."""

    name: str
    licence: str
    call: str  # for the page
    read: Callable[[Page], Reading]
    distribution: str = ""  # where it is not the name
    unread: tuple[str, ...] = ()  # see Contestant

    def version(self) -> str | None:
        """What is installed, if it is."""
        try:
            return version(self.distribution or self.name)
        except PackageNotFoundError:
            return None

    def contestant(self) -> Contestant:
        """It takes pages one by one, and HTML alone."""
        return Contestant(self.name, partial(_read_each, self.read), ("html",), is_timed=True, unread=self.unread)


def _read_each(read: Callable[[Page], Reading], pages: Sequence[Page]) -> list[Reading]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what a peer thinks of a page's time zone is not what is measured
        return [_attempt(read, page) for page in pages]


def _attempt(read: Callable[[Page], Reading], page: Page) -> Reading:
    try:
        return read(page)
    except Exception as error:  # noqa: BLE001 - whatever stops a peer, it has read nothing there and the run goes on
        return Reading(crash=type(error).__name__)


def _trafilatura(page: Page, favor_precision: bool = False) -> Reading:
    import trafilatura

    found = trafilatura.bare_extraction(
        page.content, url=page.url, include_comments=False, with_metadata=True, favor_precision=favor_precision
    )
    if found is None:
        return Reading()
    return Reading(found.text, found.title, found.date, _split(found.author))


def _newspaper(page: Page) -> Reading:
    import newspaper

    article = newspaper.Article(page.url or "https://site.example/", fetch_images=False)
    article.download(input_html=page.content)
    article.parse()
    published = article.publish_date.isoformat() if article.publish_date else None
    return Reading(article.text, article.title, published, article.authors)


def _readability(page: Page) -> Reading:
    from readability import Document
    from selectolax.lexbor import LexborHTMLParser

    document = Document(page.content, url=page.url)
    summary = LexborHTMLParser(document.summary(html_partial=True))
    return Reading(summary.body.text(separator="\n", strip=True) if summary.body else None, document.short_title())


def _resiliparse(page: Page) -> Reading:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree

    content = page.content if isinstance(page.content, bytes) else page.content.encode()
    tree = HTMLTree.parse_from_bytes(content, detect_encoding(content) or "utf-8")
    text = extract_plain_text(tree, main_content=True, alt_texts=False, links=False)
    return Reading(text, tree.title)


def _rs_trafilatura(page: Page) -> Reading:
    import rs_trafilatura

    found = rs_trafilatura.extract_bytes(page.content, url=page.url)
    return Reading(found.main_content, found.title, found.date, _split(found.author))


def _split(authors: str | None) -> list[str]:
    return [name.strip() for name in (authors or "").split(";") if name.strip()]


PEERS = (
    Peer(REFERENCE, "Apache-2.0", "bare_extraction, with metadata, without comments", _trafilatura),
    Peer(
        "trafilatura, precision",
        "Apache-2.0",
        "the same with favor_precision",
        partial(_trafilatura, favor_precision=True),
        distribution="trafilatura",
    ),
    Peer("newspaper4k", "MIT", "Article.parse, without fetching images or the NLTK data that Korean needs", _newspaper),
    Peer(
        "readability-lxml", "Apache-2.0", "Document.summary as text, short_title", _readability, unread=("date", "day", "authors")
    ),
    Peer(
        "resiliparse",
        "Apache-2.0",
        "extract_plain_text, main_content; the page's title element",
        _resiliparse,
        unread=("date", "day", "authors"),
    ),
    Peer("rs-trafilatura", "MIT OR Apache-2.0", "extract_bytes", _rs_trafilatura),
)
