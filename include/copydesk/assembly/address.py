"""The address that a page calls its own."""

from __future__ import annotations

from copydesk.assembly.document import Document
from copydesk.fields.claims import Claim
from copydesk.fields.urls import canonical, host

# JSON-LD is filled in by templates: an identifier, the section or the front page in place of the article, http for https.
CLUES = {"link": 1, "meta": 2, "jsonld": 3}  # what the container gives, or a rule of the site, stands before them


def stated_addresses(document: Document) -> list[str]:
    """What is stated as the address, in order of trust; words, such as a headline in its place, are no address.

    An address elsewhere is that of the story a page took over: it comes last, where the page has an address of its own.
    """
    if not document.claims:  # a text
        return []
    claims = [c for c in document.claims if c.field == "canonical_url" and len(c.value.split()) == 1]
    here = host(document.url) if claims else ""
    return [c.value for c in sorted(claims, key=lambda c: (_is_elsewhere(c, here), CLUES.get(c.clue, 0)))]


def _is_elsewhere(claim: Claim, here: str) -> bool:
    return claim.clue in CLUES and bool(here) and host(claim.value) not in ("", here)


def own_address(document: Document) -> str | None:
    """The first that is a web address, made absolute and canonical."""
    return next(filter(None, (canonical(stated, document.url) for stated in stated_addresses(document))), None)
