"""`copydesk export`: rows of the lake in one file that other tools read."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from copydesk.commands.environment import WrongCall, preparing, reaching
from copydesk.commands.output import replacing, writer_of
from copydesk.commands.terminal import progress, remark, say


def export(
    output: Path,
    dataset: str,
    *,
    start: str | None = None,
    end: str | None = None,
    sources: Sequence[str] | None = None,
    columns: Sequence[str] | None = None,
) -> int:
    """Write the rows that `copydesk.read` would give to `output`, a bounded number at a time."""
    from copydesk.lake.exporting import WRITERS, export_rows
    from copydesk.lake.reading import ask

    write = writer_of(output, WRITERS)
    with preparing(), reaching("COPYDESK_LAKE"):
        lake, question = ask(dataset, start, end, sources, columns, lake_uri())
    with warnings_as_remarks(), progress() as report, replacing(output) as scratch:
        rows = export_rows(lake, question, scratch, write, lambda begun, of: report("files", begun, of))
    say(f"{output}: {dataset}, rows {rows}")
    return 0


def lake_uri() -> str:
    """COPYDESK_LAKE alone: a reader needs neither dumps nor source files."""
    uri = os.environ.get("COPYDESK_LAKE")
    if not uri:
        raise WrongCall("COPYDESK_LAKE is not set; set it to the lake, a local path or an s3:// URI")
    return uri


@contextmanager
def warnings_as_remarks() -> Iterator[None]:
    """What a notebook gets as a warning, a person at the terminal gets as a line."""
    from copydesk.lake.evolution import NewerSchema

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", NewerSchema)
        yield
    for warning in told:
        remark(str(warning.message))
