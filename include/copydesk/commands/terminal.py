"""What people see: results on standard output, progress and remarks on standard error, both plain away from a terminal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

Report = Callable[[str, int, int], None]  # step, done, of how many

WIDE = 10_000
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Output(Console):
    """Standard output; when its reader has gone the command is done, while rich would exit as if it had failed."""

    def on_broken_pipe(self) -> None:
        """Leave it to the command line."""
        raise BrokenPipeError


def printable(text: str) -> str:
    """`text` on one line, unable to steer the terminal: raw records may hold escape sequences."""
    return CONTROL.sub("\ufffd", " ".join(text.split()))


def counted(counts: Mapping[str, object]) -> str:
    """`days 3, days rewritten 1`."""
    return ", ".join(f"{what.replace('_', ' ')} {value}" for what, value in counts.items())


def say(text: str | Text = "") -> None:
    """A line of the result, whole: a pipe gets no line breaks of ours."""
    Output(highlight=False, markup=False).print(text, soft_wrap=True)


def show(table: Table) -> None:
    """A table of the result; a pipe gets it as wide as it is."""
    console = Output()
    console.print(table, width=None if console.is_terminal else WIDE, crop=console.is_terminal)


def remark(text: str) -> None:
    """A line for the person at the terminal, not part of the result."""
    Console(stderr=True, highlight=False, markup=False).print(text, soft_wrap=True)


@contextmanager
def progress() -> Iterator[Report]:
    """A bar a step while the work runs; on anything but a terminal nothing at all."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bars:
        steps = {}

        def report(step: str, done: int, total: int) -> None:
            if step not in steps:
                steps[step] = bars.add_task(step)
            bars.update(steps[step], completed=done, total=total)

        yield report
