"""`copydesk sources`: the source files, validated."""

from __future__ import annotations

import os
from pathlib import Path

from copydesk.commands.calls import WrongCall, preparing
from copydesk.commands.terminal import remark, say
from copydesk.sources import Source, find, load, load_all

ILL, WELL = 1, 0


def check_sources() -> int:
    """One line a good source on standard output, one a mistake on standard error."""
    folder = sources_folder()
    sources, errors = load_all(folder)
    for source in sources.values():
        say(f"{source.name}: {source.format}, {source.raw}")
    for error in errors:
        remark(str(error))
    if not sources and not errors:
        raise WrongCall(f"{folder}: no source file; add <name>.toml, or set COPYDESK_SOURCES to the folder of the source files")
    return ILL if errors else WELL


def named_source(name: str) -> Source:
    """The source of a TOML file, or the one of that name in COPYDESK_SOURCES."""
    with preparing():
        return load(name) if name.endswith(".toml") else find(name, sources_folder())


def sources_folder() -> Path:
    """COPYDESK_SOURCES alone: neither reading a source file nor `extract` needs a lake."""
    folder = os.environ.get("COPYDESK_SOURCES")
    if not folder:
        raise WrongCall("COPYDESK_SOURCES is not set; set it to the folder of the source files (TOML)")
    if not Path(folder).is_dir():
        raise WrongCall(f"{folder}: no such folder; set COPYDESK_SOURCES to the folder of the source files")
    return Path(folder)
