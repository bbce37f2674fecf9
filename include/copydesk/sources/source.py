"""What a source file says at its top: where the dumps lie, what they are, and when one is expected; its tables are beside."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
)

from copydesk.dumps import check_pattern
from copydesk.favor import BALANCE, Favor
from copydesk.sources.arrival import Arrival
from copydesk.sources.quality import Quality
from copydesk.sources.record import RecordFields

CURATE = "curate"  # under this name curations stand among the sources in `runs`
RESERVED = {CURATE: "curation in `runs`", "archive": "archives in Airflow, whose DAG is `ingest_archive`"}
PLACE = "Files under COPYDESK_RAW; {key} is the dump day, {key:%Y/%m/%d} the same in another form."


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(f"{name!r} is not an IANA time zone, such as 'Europe/London'")
    return name


def _as_text(day: object) -> object:
    """TOML has dates of its own, without quotes."""
    return day.isoformat() if isinstance(day, date) and not isinstance(day, datetime) else day


def _real_day(text: str) -> str:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        raise ValueError("must be a day such as '2026-11-03'")
    date.fromisoformat(text)  # its ValueError says what is out of range
    return text


def _not_before_start(end: str | None, info: ValidationInfo) -> str | None:
    start = info.data.get("start")  # absent where it is wrong itself
    if end and start and end < start:
        raise ValueError(f"is before start, {start}")
    return end


def _only_while_waiting(arrival: Arrival, info: ValidationInfo) -> Arrival:
    if info.data.get("on_missing", "wait") != "wait":
        raise ValueError('needs on_missing = "wait"; no other source waits')
    return arrival


def _not_reserved(name: str) -> str:
    if name in RESERVED:
        raise ValueError(f"{name!r} stands for {RESERVED[name]}; choose another name")
    return name


Format = Literal["text", "html", "jsonl", "json", "csv", "parquet", "warc", "ninjs", "nitf", "newsml", "iptc7901", "feed"]
Day = Annotated[str, BeforeValidator(_as_text), AfterValidator(_real_day)]


class Source(BaseModel):
    """One publisher or feed: where its dumps lie, what they are, and what is expected of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[
        str,
        AfterValidator(_not_reserved),
        Field(pattern=r"^[a-z][a-z0-9_]{0,62}$", description="Name in the lake and of the DAG."),
    ]
    raw: Annotated[str, AfterValidator(check_pattern), Field(description=PLACE)]
    format: Annotated[Format, Field(description="Reader; compression and archives are found by content.")]
    timezone: Annotated[str, AfterValidator(_known_zone), Field(description="Zone of dates that carry none.")] = "UTC"
    language: Annotated[str | None, Field(pattern=r"^[a-z]{2,3}$", description="What to expect, not what to believe.")] = None
    on_missing: Annotated[
        Literal["empty", "wait", "fail"], Field(description="No raw file: an empty day, wait for one, or fail.")
    ] = "fail"
    favor: Annotated[
        Favor,
        Field(
            description="Lines in doubt go out (`precision`), come in (`recall`), or as seems best for each document; what either costs: benchmarks.md. `everything` cuts nothing: for texts that are articles already."
        ),
    ] = BALANCE
    start: Annotated[Day, Field(description="First dump day.")] = "2024-01-01"
    end: Annotated[
        Day | None,
        AfterValidator(_not_before_start),
        Field(description="Last dump day, of a source that has ended: later days are not scheduled."),
    ] = None
    good_by: Annotated[
        str | None,
        Field(
            pattern=r"^([01]\d|2[0-3]):[0-5]\d$",
            description="Time of day, in the source's time zone, by which the day before must be published; later is an alert.",
        ),
    ] = None
    arrival: Annotated[Arrival, AfterValidator(_only_while_waiting)] = Arrival()
    record: RecordFields = RecordFields()
    quality: Quality = Quality()
