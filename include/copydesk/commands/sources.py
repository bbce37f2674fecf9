"""`copydesk sources`: the source files, validated."""

from __future__ import annotations

from copydesk.commands.environment import WrongCall, preparing, sources_folder
from copydesk.commands.terminal import remark, say
from copydesk.quality.suite import check_expectations
from copydesk.sources import Source, SourceError, find, load, load_all


def check_sources() -> int:
    """One line a good source on standard output, one a mistake on standard error; 1 where there is one."""
    folder = sources_folder()
    sources, errors = load_all(folder)
    if not sources and not errors:
        raise WrongCall(f"{folder}: no source file; add <name>.toml, or set COPYDESK_SOURCES to the folder of the source files")
    for source in sources.values():
        try:
            check_expectations(source)
            say(f"{source.name}: {source.format}, {source.raw}")
        except SourceError as error:
            errors.append(error)
    for mistake in errors:
        remark(str(mistake))
    return 1 if errors else 0


def named_source(name: str) -> Source:
    """The source of a TOML file, or the one of that name in COPYDESK_SOURCES."""
    with preparing():
        return load(name) if name.endswith(".toml") else find(name, sources_folder())
