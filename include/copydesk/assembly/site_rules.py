"""What a rule of the site says, which stands whatever other evidence there is."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from copydesk.assembly.document import Document, Origination
from copydesk.assembly.times import time_columns
from copydesk.fields.given import LISTS
from copydesk.fields.times.dates import Moment, parse_date
from copydesk.fields.times.publication import Times, is_of_papers
from copydesk.sites.verdict import RULED

CLUE = "rule"


def ruled(document: Document, origin: Origination) -> dict[str, Any]:
    """The columns that a rule gives; none where none holds for the page."""
    given: dict[str, list[str]] = defaultdict(list)
    for claim in document.claims:
        if claim.field.startswith(RULED):
            given[claim.field.removeprefix(RULED)].append(claim.value)
    columns: dict[str, Any] = {name: values if name in LISTS else values[0] for name, values in given.items()}
    published, modified = (_moment(columns.pop(name, None), origin) for name in ("published_at", "modified_at"))
    times = time_columns([Times(published, CLUE if published else None, modified)], origin.zone)
    return columns | {name: value for name, (value,) in times.items() if value is not None}


def _moment(text: str | None, origin: Origination) -> Moment | None:
    """What the rule says, unless that is no day of papers: rules pass on what pages state, be it `9999-12-31`."""
    moment = parse_date(text, origin.zone, origin.language) if text else None
    return moment if moment and is_of_papers(moment) else None
