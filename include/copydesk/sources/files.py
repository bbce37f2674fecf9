"""Source files as they lie in their folder: found, read, and with one clear message a mistake."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from pydantic import BaseModel, ValidationError

from copydesk.errors import BadInput
from copydesk.sources.source import Source


class SourceError(BadInput):
    """A source file is missing or wrong; the message names the file, the key and what to put there."""


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
    if near := get_close_matches(key, model.model_fields, n=1):
        return f"; is {near[0]} meant?"
    owner = next((table for table, inner in _tables() if not tables and key in inner.model_fields), None)
    return f"; is {key} of the table [{owner}] meant?" if owner else ""


def _tables() -> Iterator[tuple[str, type[BaseModel]]]:
    """The tables of a source file by name."""
    for name, field in Source.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield name, field.annotation


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
