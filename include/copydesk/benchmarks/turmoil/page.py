"""The page `docs/publishing.md`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from copydesk.benchmarks.circumstances import Circumstances
from copydesk.benchmarks.markdown import grid
from copydesk.benchmarks.turmoil.readers import Tally
from copydesk.benchmarks.turmoil.trial import Outcome
from copydesk.benchmarks.turmoil.week import DAYS, VERSIONS

HEAD = f"""# Publishing, and who reads meanwhile

<!-- Written by `python -m copydesk.benchmarks.turmoil`; run that after a change of publishing or reading. -->

{len(DAYS)} days of `articles`, each in {VERSIONS} versions of one to {VERSIONS} files that have neither all articles nor any file in common, are published
in turn by a process that is killed (`kill -9`) at random moments and started again at the day it was at. Beside it, loops read the whole dataset
without a pause. A read is right where it shows every day, each in one version, with each article of that version once."""

TAIL = """## What the figures do not say

- **An error is not a wrong answer.** Who follows no manifest lists the files first and opens them afterwards: a day that is replaced in between
  is a `FileNotFoundError`, and no rows. Read again. `copydesk.read()` does so by itself.
- **`pd.read_parquet(folder)` can miss a day.** Arrow asks of each name it has listed whether it is there still, and passes over those that are
  not, without a word. That takes some 40 µs a day; a publication of that day within them is a day that is missing from the answer. No way of
  publishing can prevent it while the name of a file stands for its content. With a list of files, as `glob` gives it, a file that is gone
  is always an error: `pd.read_parquet(sorted(glob("lake/articles/*/*.parquet")))`.
- **A file never gets other content.** With names that stay, pandas met neither errors nor gaps; but DuckDB read the bytes of one
  version by the footer of another, Polars crashed, and an Iceberg table would not notice that a day was published anew.
- **On object storage** who follows no manifest sees both versions of a day from the first new file to the last deleted one.
- **Two writers of one day.** On one machine they take turns, by a lock, on object storage too. Of two on different machines the later
  wins whole. Neither deletes the other's files while they come; what nobody names goes when nothing was added for five seconds, so the
  first publication after a kill may take that much longer. There is no lock between machines, since Arrow's client of S3 knows no
  conditional writes: a writer that stalls between its last look at the manifest and a deletion, for as long as another takes to name
  that very file again and look whether it is there, leaves a day that names a file which is gone. Reading that day is then an error, and never fewer
  rows; publishing it again heals it.
- **What a kill leaves.** In `.staging/publish` a folder for each publication that was cut short, which nobody reads; they can be deleted while no
  writer is at work."""


def page(outcomes: Sequence[Outcome], about: Circumstances) -> str:
    """What came of each lake."""
    return "\n\n".join([HEAD, about.in_a_line, *(part for outcome in outcomes for part in _section(outcome)), TAIL]) + "\n"


def _section(outcome: Outcome) -> Iterator[str]:
    yield f"## {'A local file system' if outcome.is_local else 'Object storage'}"
    life = outcome.life
    yield grid(
        ("the writer", ""),
        [
            ("publications", f"{life.publications:,}"),
            ("killed", f"{life.kills:,}"),
            ("days not clean when published again after a kill", f"{life.unhealed:,}"),
            ("files no manifest names, at the end", f"{outcome.strays:,}"),
            ("publications cut short, left in `.staging/publish`", f"{outcome.staged:,}"),
            ("seconds", f"{outcome.seconds:,.0f}"),
        ],
    )
    heads = ("the readers", "reads", "days read", "not one version whole", "reads that ended with an error")
    yield grid(heads, [_line(tally) for tally in outcome.tallies])
    yield f"`copydesk.read()` began again {outcome.read_again:,} times, since a file was replaced between its manifest and its opening."


def _line(tally: Tally) -> tuple[str, ...]:
    days = (tally.reads - tally.errors.total()) * len(DAYS)
    return tally.way, f"{tally.reads:,}", f"{days:,}", _counts(tally.wrong), _counts(tally.errors)


def _counts(counter: Counter[str]) -> str:
    """The number, and of what."""
    told = ", ".join(f"{name}: {count:,}" for name, count in sorted(counter.items()))
    return f"{counter.total():,} ({told})" if told else "0"
