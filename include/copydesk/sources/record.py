"""The `[record]` table of a source: which field of a container's record is what, and how its files are cut into records."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from copydesk.raw.encodings.names import python_codec

Row = Mapping[str, Any]  # a record as its container has it


def _one_or_several(names: object) -> object:
    several = names if isinstance(names, list | tuple) else [names]
    if not several or not all(isinstance(name, str) and name for name in several):
        raise ValueError("must be the name of a field, or a list of names of which the first that holds anything counts")
    return names if isinstance(names, str) else tuple(several)


Names = Annotated[str | tuple[str, ...], BeforeValidator(_one_or_several)]


def _known_encoding(name: str) -> str:
    if not python_codec(name):
        raise ValueError(f"{name!r} is no encoding the Web or older systems know, such as 'windows-1252', 'utf-16' or 'cp850'")
    return name


def _below_its_folder(path: str) -> str:
    if path.startswith("/") or "://" in path or ".." in Path(path).parts:
        raise ValueError("must be relative to the folder before the first wildcard of raw, and stay below it")
    return path


def _a_regular_expression(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"is no regular expression: {error}") from None
    return pattern


def names_of(names: Names | None) -> tuple[str, ...]:
    """The names, be they one or several."""
    return (names,) if isinstance(names, str) else names or ()


class RecordFields(BaseModel):
    """For containers: which field of a record is what; `a.b` is field b of the object in field a.

    Of several names in a list the first counts whose field holds anything: a source may have renamed it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    content: Names = Field("content", description="Field with the page or the text.")
    media_type: Literal["text/html", "text/plain"] = Field("text/html", description="What the content is.")
    media_type_field: Names | None = Field(
        None, description="Field that says what the content is, record by record; where it says neither, `media_type` holds."
    )
    id: Names | None = Field(None, description="Field with the publisher's own id.")
    url: Names | None = Field("url", description="Field with the address.")
    crawl_date: Names | None = Field(None, description="Field with the time of the crawl, ISO 8601.")
    title: Names | None = Field(None, description="Field with the title, where the container has it.")
    standfirst: Names | None = Field(None, description="Field with the standfirst, the summary above the text.")
    published_at: Names | None = Field(None, description="Field with the date of publication.")
    modified_at: Names | None = Field(None, description="Field with the date of the last change.")
    authors: Names | None = Field(None, description="Field with the authors.")
    agency: Names | None = Field(None, description="Field with the agency.")
    section: Names | None = Field(None, description="Field with the section.")
    tags: Names | None = Field(None, description="Field with the tags.")
    language: Names | None = Field(None, description="Field with the language.")
    canonical_url: Names | None = Field(None, description="Field with the address the publisher calls the article's own.")
    items: str | None = Field(
        None,
        min_length=1,
        description="JSON: key of the array of records; without it, the file's array or its only array of objects.",
    )
    delimiter: str | None = Field(
        None, min_length=1, max_length=1, description="CSV: what stands between fields; without it, told from the first line."
    )
    encoding: Annotated[str, AfterValidator(_known_encoding)] | None = Field(
        None,
        description="CSV, text, HTML: encoding of files that are not UTF-8, such as `windows-1252`, `macintosh` or `cp850`; "
        "without it, what a page declares, or told from the content.",
    )
    columns: tuple[str, ...] | None = Field(
        None, min_length=1, description="CSV: names of the columns of files without a header line."
    )
    separator: str | None = Field(
        None,
        min_length=1,
        description="Text: the line that stands between the articles of a file; without one, a file is an article.",
    )
    separator_pattern: Annotated[str, AfterValidator(_a_regular_expression)] | None = Field(
        None, min_length=1, description="Text: a regular expression for the whole of such a line, instead of `separator`."
    )
    manifest: Annotated[str, AfterValidator(_below_its_folder)] | None = Field(
        None,
        min_length=1,
        description="HTML: a CSV that says more of each file, in the folder before the first wildcard of `raw`; "
        "one of a single dump also tells which files are missing.",
    )
    manifest_file: str = Field("file", min_length=1, description="HTML: column of the manifest with the path of the file.")

    members: str | None = Field(
        None,
        min_length=1,
        description="Archives: the members to read, such as '*.html' (`*` also spans folders); without it, all but hidden ones. "
        "Of archives in it, all but hidden ones.",
    )

    @model_validator(mode="after")
    def _one_separator(self) -> Self:
        if self.separator and self.separator_pattern:
            raise ValueError("separator and separator_pattern are two ways to say the same; keep one")
        return self
