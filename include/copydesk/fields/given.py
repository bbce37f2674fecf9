"""What the container of a document gives, by column, as claims about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from copydesk.fields.claims import Claim
from copydesk.records import Edition

GIVEN = "given"  # the clue
CLAIMED_AS = {"authors": "author", "standfirst": "description"}  # columns whose claims go by other names; lists have one each
LISTS = frozenset({"authors", "tags"})  # columns of several values
SEPARATOR = "; "
ITEM, VERSION = "item", "item_version"  # of an agency


def given_claims(given: Mapping[str, str]) -> Iterator[Claim]:
    """A claim for each value that is given."""
    for column, value in given.items():
        for part in value.split(SEPARATOR) if column in LISTS else [value]:
            yield Claim(CLAIMED_AS.get(column, column), part, GIVEN)


def edition_claims(edition: Edition | None) -> Iterator[Claim]:
    """Which version of which item of its agency it is, as claims."""
    if edition:
        yield Claim(ITEM, edition.item, GIVEN)
        if edition.version is not None:
            yield Claim(VERSION, str(edition.version), GIVEN)
