"""The source files as they are read, wrong ones too, and what was ingested of each source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

from pydantic import BaseModel

from copydesk.dumps import is_archive, is_day
from copydesk.errors import BadInput
from copydesk.lake.run_files import RunFiles
from copydesk.lake.run_lines import RunLine
from copydesk.schema import RUNS
from copydesk.sources import Source, load, source_files

MOST_BYTES = 100_000  # of a file that is shown; a source file has a few hundred


@dataclass(frozen=True, slots=True)
class Value:
    """One key with the value that holds."""

    key: str  # such as `quality.min_words`
    value: str
    is_given: bool  # in the file; else it is the default
    meaning: str


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One source file."""

    name: str  # of the source, and of the file without its ending
    path: str
    text: str
    source: Source | None  # None where the file is wrong
    mistakes: tuple[str, ...]  # one a wrong key

    @property
    def values(self) -> list[Value]:
        """Every key there is, those of the file and those left to their defaults."""
        return list(_values(self.source)) if self.source else []


def read_source_files(folder: str) -> list[SourceFile]:
    """Every source file of the folder, by name; BadInput where there is no such folder."""
    return [_read(path) for path in source_files(Path(folder))]


@dataclass(frozen=True, slots=True)
class Ingested:
    """What was ingested of one source."""

    days: int  # that have a run
    last: RunLine | None  # what the last run of the latest of them came to
    archives: tuple[str, ...]


def what_was_ingested(runs: RunFiles, source: str) -> Ingested:
    """From the names of folders, and the runs of the latest day."""
    folder = f"{RUNS.name}/source={quote(source, safe='')}"
    keys = [unquote(path.rpartition("dump=")[2]) for path in runs.storage.folders(folder)]
    days = sorted(key for key in keys if is_day(key))
    lines = runs.of_dump(source, days[-1]) if days else []
    return Ingested(len(days), lines[-1] if lines else None, tuple(key for key in keys if is_archive(key)))


def _read(path: Path) -> SourceFile:
    try:
        text = path.read_bytes()[:MOST_BYTES].decode("utf-8-sig", "replace")
        return SourceFile(path.stem, str(path), text, load(path), ())
    except OSError as error:
        return SourceFile(path.stem, str(path), "", None, (f"cannot be read: {error.strerror}",))
    except BadInput as error:
        mistakes = tuple(line.removeprefix(f"{path}: ") for line in str(error).splitlines())
        return SourceFile(path.stem, str(path), text, None, mistakes)


def _values(part: BaseModel, prefix: str = "") -> Iterator[Value]:
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        if isinstance(value, BaseModel):
            yield from _values(value, f"{prefix}{name}.")
        else:
            yield Value(f"{prefix}{name}", _shown(value), name in part.model_fields_set, field.description or "")


def _shown(value: object) -> str:
    if value is None or value in ({}, ()):
        return "–"
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_shown(one)}" for key, one in value.items())
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
