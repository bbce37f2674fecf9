"""What every reader makes of good and bad files: `python -m copydesk.benchmarks.formats` writes docs/formats.md."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from copydesk.benchmarks.formats import reading
from copydesk.benchmarks.formats.cases import CONDITIONS, MEMBERS, PACKINGS, SCARRED_BYTES, Case, cases, write
from copydesk.benchmarks.formats.reading import Outcome
from copydesk.benchmarks.formats.samples import BOMB_BYTES, DOCUMENTS
from copydesk.benchmarks.markdown import grid

PAGE = Path("docs/formats.md")
START = "forkserver"  # each file in a process that has loaded its modules and nothing else
INTRODUCTION = f"""# Formats, good and bad

Written by `python -m copydesk.benchmarks.formats`, from invented documents. A cell says how many records came of a file, what was
rejected and why, whether the file counts as read to its end (*partial*: not), and by how much the process grew at the most.

- A file holds one document (text, html, nitf) or {DOCUMENTS}; an archive holds {MEMBERS} such files.
- *truncated*: the last two fifths of the file are missing. *corrupt*: {SCARRED_BYTES} bytes in its middle are wrong. *empty*: nothing
  inside. What lost its end, or was changed, in a way that its format allows cannot be told.
- *bomb*: {BOMB_BYTES >> 20} MiB of blanks behind the documents, or for Parquet in further rows, in a file of less than a hundredth of that.
"""

EXPORTS = """## Exports of news databases

A text that opens with labelled lines (`Headline: …`, `Byline: …`, `Date: …`, in some thirty languages), codes (`HD  …`, `TI  - …`), labels above
their values, the head of a mail, or front matter between `---` gives its title, authors, date, section and topics from there, and what
such lines say below the article is no part of it. Several articles in one file need the line that stands between them:

```toml
name = "courier"
raw = "courier/{key}/*.txt"
format = "text"

[record]
separator_pattern = "_{20,}|End of Document|\\\\d+ of \\\\d+ DOCUMENTS"
```
"""


def measure(chosen: Iterable[Case], start: str = START) -> dict[Case, Outcome]:
    """Each case, written, read in a process of its own, and deleted."""
    context = get_context(start)
    if start == START:
        context.set_forkserver_preload([reading.__name__])
    found: dict[Case, Outcome] = {}
    with TemporaryDirectory() as folder, ProcessPoolExecutor(1, context, max_tasks_per_child=1) as pool:
        for case in chosen:
            path = write(case, Path(folder))
            found[case] = pool.submit(reading.read, path, case.format).result()
            path.unlink()
    return found


def page(found: Mapping[Case, Outcome]) -> str:
    """The outcomes as a page: a table a format, a line a packing."""
    worst = max(found, key=lambda case: found[case].peak_mb)
    most = f"The most memory was taken by {worst.format}, {worst.packing}, {worst.condition}: {found[worst].peak_mb:.0f} MB."
    parts = [INTRODUCTION + "\n" + most]
    for format in dict.fromkeys(case.format for case in found):
        rows = [
            [packing, *(_cell(found.get(Case(format, packing, condition))) for condition in CONDITIONS)] for packing in PACKINGS
        ]
        parts.append(f"## {format}\n\n{grid(['', *CONDITIONS], rows)}")
    return "\n\n".join([*parts, EXPORTS])


def _cell(outcome: Outcome | None) -> str:
    if outcome is None:
        return ""
    rejects = [f"{reason} {count}" for reason, count in sorted(outcome.rejects.items())]
    told = [str(outcome.records), *rejects, *(() if outcome.is_complete else ("*partial*",))]
    return f"{', '.join(told)}; {outcome.peak_mb:.0f} MB"


def main(arguments: list[str] | None = None) -> int:
    """Write the page and print it."""
    parser = argparse.ArgumentParser(prog="python -m copydesk.benchmarks.formats", description=__doc__)
    parser.add_argument("--format", action="append", help="only this one, and print without writing; may be given again")
    formats = parser.parse_args(arguments).format
    text = page(measure(case for case in cases() if not formats or case.format in formats))
    if not formats:
        PAGE.write_text(text, "utf-8")
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
