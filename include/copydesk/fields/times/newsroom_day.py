"""The day that the newsroom calls an article's: late in the evening in New York it is the next one in Greenwich."""

from __future__ import annotations

from datetime import date

from copydesk.fields.times.dates import Moment
from copydesk.fields.times.election import GREENWICH
from copydesk.fields.times.zones import zone_of


def newsroom_day(published: Moment, zone: str) -> date:
    """The day in the zone that the page tells; `zone`, the source's, stands for one that says no more than Greenwich's."""
    if published.precision == "day":
        return published.at.date()
    name = published.zone if published.zone not in GREENWICH else zone
    return published.at.astimezone(zone_of(name, name)[0]).date()
