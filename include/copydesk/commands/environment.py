"""What a command takes from the environment, and whose fault it is when that is wrong."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from copydesk.errors import BadInput
from copydesk.settings import Settings


class WrongCall(BadInput):
    """The command was called wrongly, or its environment is not set up; the message says what to do."""


@contextmanager
def preparing() -> Iterator[None]:
    """Before any data is touched, bad input is the caller's."""
    try:
        yield
    except BadInput as error:
        raise WrongCall(str(error)) from None


@contextmanager
def reaching(variable: str) -> Iterator[None]:
    """An OSError on the way to a root names the setting it stands in; PermissionError remains what it is."""
    try:
        yield
    except PermissionError:
        raise
    except OSError as error:
        raise OSError(f"{variable} cannot be reached: {error}") from None


def sources_folder() -> Path:
    """COPYDESK_SOURCES alone: neither checking source files nor `extract` needs a lake."""
    folder = os.environ.get("COPYDESK_SOURCES")
    if not folder:
        raise WrongCall("COPYDESK_SOURCES is not set; set it to the folder of the source files (TOML)")
    if not Path(folder).is_dir():
        raise WrongCall(f"{folder}: no such folder; set COPYDESK_SOURCES to the folder of the source files")
    if not os.access(folder, os.R_OK | os.X_OK):
        raise WrongCall(f"{folder}: cannot be read; grant read access to it, or set COPYDESK_SOURCES to another folder")
    return Path(folder)


def local(path: str) -> Path:
    """The path, where it is one of this machine: other places have a scheme, which `Path` would take for a folder."""
    if "://" in path and not Path(path).exists():
        raise WrongCall(f"{path}: is no path of this machine, and this command reaches no other; copy the file")
    return Path(path)


def reading_settings() -> Settings:
    """The limits of the environment, for commands that read files named on the command line and use none of the roots."""
    roots = dict.fromkeys(("COPYDESK_RAW", "COPYDESK_LAKE", "COPYDESK_SOURCES"), "unused")
    with preparing():
        return Settings.from_env({**os.environ, **roots})
