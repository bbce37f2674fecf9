"""Source files: one TOML per publisher or feed, validated, with one clear message a mistake."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from copydesk.errors import BadInput

CURATE = "curate"  # under this name curations stand among the sources in `runs`


class SourceError(BadInput):
    """A source file is missing or wrong; the message names the file, the key and what to put there."""


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(f"{name!r} is not an IANA time zone, such as 'Europe/London'")
    return name


def _has_key(pattern: str) -> str:
    if "{key}" not in pattern:
        raise ValueError("must contain {key}, which stands for the partition key, such as 'lbc/{key}/*.txt*'")
    if pattern.startswith("/") or "://" in pattern or ".." in Path(pattern).parts:
        raise ValueError("must be relative to COPYDESK_RAW and stay below it")
    return pattern


def _real_day(text: str) -> str:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        raise ValueError("must be a day such as '2026-11-03'")
    date.fromisoformat(text)  # its ValueError says what is out of range
    return text


Day = Annotated[str, AfterValidator(_real_day)]


def _not_reserved(name: str) -> str:
    if name == CURATE:
        raise ValueError(f"{name!r} stands for curation in `runs`; choose another name")
    return name


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RecordFields(_Part):
    """For containers: which field of a record is what."""

    content: str = Field("content", description="Field with the page or the text.")
    media_type: Literal["text/html", "text/plain"] = Field("text/html", description="What the content is.")
    id: str | None = Field(None, description="Field with the publisher's own id.")
    url: str | None = Field("url", description="Field with the address.")
    crawl_date: str | None = Field(None, description="Field with the time of the crawl, ISO 8601.")
    title: str | None = Field(None, description="Field with the title, where the container has it.")
    published_at: str | None = Field(None, description="Field with the date of publication.")
    authors: str | None = Field(None, description="Field with the authors.")


class Quality(_Part):
    """What a run of this source may look like and still be published."""

    max_quarantined_share: float = Field(0.2, ge=0, le=1, description="A run with a larger share in quarantine is held.")
    max_duplicate_share: float = Field(0.1, ge=0, le=1, description="A larger share of repeated ids is a warning.")
    min_words: int = Field(20, ge=0, description="An article with a shorter body goes to quarantine.")


class Source(_Part):
    """One publisher or feed: where its dumps lie, what they are, and what is expected of them."""

    name: Annotated[
        str,
        AfterValidator(_not_reserved),
        Field(pattern=r"^[a-z][a-z0-9_]{0,62}$", description="Name in the lake and of the DAG."),
    ]
    raw: Annotated[str, AfterValidator(_has_key), Field(description="Files under COPYDESK_RAW; {key} is the dump day.")]
    format: Annotated[Literal["text", "html", "jsonl"], Field(description="Reader; compression is found by content.")]
    timezone: Annotated[str, AfterValidator(_known_zone), Field(description="Zone of dates that carry none.")] = "UTC"
    language: Annotated[str | None, Field(pattern=r"^[a-z]{2,3}$", description="What to expect, not what to believe.")] = None
    on_missing: Annotated[
        Literal["empty", "wait", "fail"], Field(description="No raw file: an empty day, wait for one, or fail.")
    ] = "fail"
    start: Annotated[Day, Field(description="First dump day.")] = "2024-01-01"
    end: Annotated[Day | None, Field(description="Last dump day, of a source that has ended: later days are not scheduled.")] = (
        None
    )
    record: RecordFields = RecordFields()
    quality: Quality = Quality()


def load(path: str | Path) -> Source:
    """The source in `path`; SourceError names the file and every wrong key."""
    path = Path(path)
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise SourceError(f"{path}: no such file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(f"{path}: not valid TOML: {error}") from None
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror}") from None
    try:
        source = Source.model_validate(table)
    except ValidationError as error:
        raise SourceError("\n".join(f"{path}: {line}" for line in _mistakes(error))) from None
    if source.name != path.stem:
        raise SourceError(f"{path}: name: is {source.name!r}, but the file is named {path.stem!r}; make them the same")
    return source


def load_all(folder: str | Path) -> tuple[dict[str, Source], list[SourceError]]:
    """Every source of `folder` by name, in order, and the error of each file that is wrong."""
    folder = Path(folder)
    if not folder.is_dir():
        return {}, [SourceError(f"{folder}: no such folder; set COPYDESK_SOURCES to the folder of the source files")]
    sources: dict[str, Source] = {}
    errors: list[SourceError] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            sources[path.stem] = load(path)
        except SourceError as error:
            errors.append(error)
    return sources, errors


def find(name: str, folder: str | Path) -> Source:
    """The source called `name` in `folder`."""
    path = Path(folder) / f"{name}.toml"
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or not path.is_file():
        known = ", ".join(p.stem for p in sorted(Path(folder).glob("*.toml"))) or "none"
        raise SourceError(f"{path}: no source {name!r}; known sources: {known}")
    return load(path)


def _mistakes(error: ValidationError) -> list[str]:
    """`key: what is wrong`, one a mistake."""
    lines = []
    for mistake in error.errors():
        key = ".".join(str(part) for part in mistake["loc"])
        if mistake["type"] == "extra_forbidden":
            lines.append(f"{key}: no such key")
        elif mistake["type"] == "missing":
            lines.append(f"{key}: missing")
        else:
            lines.append(f"{key}: {mistake['msg'].removeprefix('Value error, ')} (found {mistake['input']!r})")
    return lines
