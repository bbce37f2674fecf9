"""The file a command writes: named rightly before any work, and never there half-written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from copydesk.commands.environment import WrongCall

Writer = TypeVar("Writer")


def writer_of(output: Path, writers: Mapping[str, Writer]) -> Writer:
    """How to write `output`, by its ending; WrongCall where nothing can be written there."""
    if output.suffix not in writers:
        raise WrongCall(f"{output}: not a name to write to; end it with {' or '.join(writers)}")
    if output.is_dir():
        raise WrongCall(f"{output}: is a folder; give the name of a file to write")
    if not output.parent.is_dir():
        raise WrongCall(f"{output.parent}: no such folder to write {output.name} to; make it first")
    return writers[output.suffix]


@contextmanager
def replacing(output: Path) -> Iterator[Path]:
    """A file beside `output` that takes its place when it is complete, and is removed when it fails."""
    scratch = output.with_name(f".{output.name}.unfinished")
    try:
        yield scratch
        scratch.replace(output)
    finally:
        scratch.unlink(missing_ok=True)
