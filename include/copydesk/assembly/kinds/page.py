"""What the kind of a page is decided by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from copydesk.assembly.address import stated_addresses
from copydesk.assembly.document import Columns, Document
from copydesk.fields.stated.bodies import Agreement
from copydesk.label_names import IS_KEPT

LINE_CHARS = 100  # a longer one is no headline


class Page(NamedTuple):
    """What decides on the kind of a page."""

    document: Document
    title: str | None
    words: int  # of the body
    stated: set[str]  # kinds that JSON-LD and meta tags speak of
    is_stated_article: bool  # by JSON-LD; meta tags call error pages articles too
    free: bool | None
    barring: Sequence[str]  # lines that may withhold the rest, where only the beginning may stand here
    has_more: bool  # paragraphs that were not taken for its text
    agreement: Agreement | None
    headings: set[str]  # what stands over it, in its head or for readers

    @property
    def all(self) -> Columns:
        """Everything that stands on it."""
        return self.document.all

    @property
    def own_words(self) -> int:
        """Words of the body without headlines that are links: labels mistake those for a list."""
        lines = zip(self.all.texts, self.all.hrefs, IS_KEPT[self.all.labels].tolist(), strict=True)
        linked = (text for text, href, is_kept in lines if is_kept and href is not None and len(text) < LINE_CHARS)
        return self.words - sum(len(text.split()) for text in linked)

    def is_headed(self, says: Callable[[str], bool], words: int) -> bool:
        """Whether a heading says so, and the body has no more words of its own."""
        may_be_short = self.words <= words or self.all.has_links
        return may_be_short and any(map(says, self.headings)) and self.own_words <= words

    def is_under(self, folders: frozenset[str]) -> bool:
        """Whether its address, or the one it calls canonical, has one of these folders."""
        addresses = (self.document.url or "", *stated_addresses(self.document)[:1])
        return any(not folders.isdisjoint(address.lower().split("/")) for address in addresses)
