"""What the container of a document gives, by column, as claims about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from copydesk.fields.claims import Claim

GIVEN = "given"  # the clue
CLAIMED_AS = {"authors": "author", "standfirst": "description"}  # columns whose claims go by other names; lists have one each
LISTS = frozenset({"authors", "tags"})
SEPARATOR = "; "


def given_claims(given: Mapping[str, str]) -> Iterator[Claim]:
    """A claim for each value that is given."""
    for column, value in given.items():
        for part in value.split(SEPARATOR) if column in LISTS else [value]:
            yield Claim(CLAIMED_AS.get(column, column), part, GIVEN)
