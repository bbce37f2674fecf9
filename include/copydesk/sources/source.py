"""Source files: one TOML per publisher or feed, validated, with one clear message a mistake."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
)

from copydesk.dumps import check_pattern
from copydesk.errors import BadInput
from copydesk.favor import BALANCE, Favor
from copydesk.sources.arrival import Arrival
from copydesk.sources.expectations import Wishes, check_wishes
from copydesk.sources.record import RecordFields

CURATE = "curate"  # under this name curations stand among the sources in `runs`
RESERVED = {CURATE: "curation in `runs`", "archive": "archives in Airflow, whose DAG is `ingest_archive`"}
PLACE = "Files under COPYDESK_RAW; {key} is the dump day, {key:%Y/%m/%d} the same in another form."
LONGEST_MINIMUM = 1_000_000  # words; no article has more


class SourceError(BadInput):
    """A source file is missing or wrong; the message names the file, the key and what to put there."""


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


Format = Literal["text", "html", "jsonl", "json", "csv", "parquet", "warc", "ninjs", "nitf", "newsml", "iptc7901", "feed"]
Day = Annotated[str, BeforeValidator(_as_text), AfterValidator(_real_day)]


def _not_reserved(name: str) -> str:
    if name in RESERVED:
        raise ValueError(f"{name!r} stands for {RESERVED[name]}; choose another name")
    return name


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Quality(_Part):
    """What a run of this source may look like and still be published."""

    model_config = ConfigDict(strict=True)

    max_quarantined_share: float = Field(0.2, ge=0, le=1, description="A run with a larger share in quarantine is held.")
    max_duplicate_share: float = Field(0.1, ge=0, le=1, description="A larger share of repeated ids is a warning.")
    min_words: int = Field(20, ge=0, le=LONGEST_MINIMUM, description="An article with a shorter body goes to quarantine.")
    history_runs: int = Field(28, ge=5, le=1000, description="A run is held against so many good ones of other days.")
    min_history_runs: int = Field(7, ge=3, le=1000, description="With fewer, nothing is known of what is usual.")
    expect: Annotated[
        Wishes,
        AfterValidator(check_wishes),
        Field(
            description='Expectations by name, such as `"between:word_count" = { min = 50 }` or `"usual:median_words" = "off"`; '
            "see quality.md."
        ),
    ] = {}


class Source(_Part):
    """One publisher or feed: where its dumps lie, what they are, and what is expected of them."""

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
            description="Lines in doubt go out (`precision`), come in (`recall`), or as seems best for each document; what either costs: benchmarks.md."
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


def load(path: str | Path) -> Source:
    """The source in `path`; SourceError names the file and every wrong key."""
    path = Path(path)
    if path.suffix != ".toml":
        raise SourceError(f"{path}: the name of a source file ends with .toml; rename it to {path.stem}.toml")
    try:
        source = Source.model_validate(_table(path))
    except ValidationError as error:
        raise SourceError("\n".join(f"{path}: {line}" for line in _mistakes(error))) from None
    if source.name != path.stem:
        raise SourceError(f"{path}: name: is {source.name!r}, but the file is named {path.stem!r}; make them the same")
    return source


def load_all(folder: str | Path) -> tuple[dict[str, Source], list[SourceError]]:
    """Every source of `folder` by name, in order, and the error of each file that is wrong."""
    try:
        paths = source_files(Path(folder))
    except SourceError as error:
        return {}, [error]
    sources: dict[str, Source] = {}
    errors: list[SourceError] = []
    for path in paths:
        try:
            sources[path.stem] = load(path)
        except SourceError as error:
            errors.append(error)
    return sources, errors


def find(name: str, folder: str | Path) -> Source:
    """The source called `name` in `folder`."""
    path = Path(folder) / f"{name}.toml"
    paths = source_files(Path(folder))
    if path not in paths:
        known = ", ".join(each.stem for each in paths) or "none"
        raise SourceError(f"{path}: no source {name!r}; known sources: {known}")
    return load(path)


def source_files(folder: Path) -> list[Path]:
    """The source files of a folder by name; one named .TOML is among them, so that it is not passed over in silence."""
    advice = "set COPYDESK_SOURCES to the folder of the source files"
    try:
        return sorted(path for path in folder.iterdir() if path.suffix.lower() == ".toml" and not path.name.startswith("."))
    except (FileNotFoundError, NotADirectoryError):
        raise SourceError(f"{folder}: no such folder; {advice}") from None
    except OSError as error:
        raise SourceError(f"{folder}: cannot be read: {error.strerror}; grant read access to it or {advice}") from None


def _table(path: Path) -> dict[str, object]:
    """What a TOML file says; SourceError where it says nothing that can be read."""
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        missing = f"a link to {path.readlink()}, which is not there" if path.is_symlink() else "no such file"
        raise SourceError(f"{path}: {missing}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(f"{path}: not valid TOML: {error}") from None
    except RecursionError:
        raise SourceError(
            f"{path}: its values are nested too deeply; a source file needs no more than one table in another"
        ) from None
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror}") from None


def _nearest(place: tuple[str | int, ...]) -> str:
    """Which key may be meant, where one is spelled nearly so."""
    *tables, key = map(str, place)
    model: type[BaseModel] = Source
    for table in tables:
        inner = model.model_fields[table].annotation if table in model.model_fields else None
        if not (isinstance(inner, type) and issubclass(inner, BaseModel)):
            return ""
        model = inner
    near = get_close_matches(key, model.model_fields, n=1)
    return f"; is {near[0]} meant?" if near else ""


def _mistakes(error: ValidationError) -> list[str]:
    """`key: what is wrong`, one a mistake."""
    lines = []
    for mistake in error.errors():
        key = ".".join(str(part) for part in mistake["loc"])
        if mistake["type"] == "extra_forbidden":
            lines.append(f"{key}: no such key{_nearest(mistake['loc'])}")
        elif mistake["type"] == "missing":
            lines.append(f"{key}: missing")
        else:
            lines.append(f"{key}: {mistake['msg'].removeprefix('Value error, ')} (found {mistake['input']!r})")
    return lines
