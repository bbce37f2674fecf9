"""`python -m localairflow.faults --days 60 --kills 30`: a backfill under `kill -9`, and the page that says what came of it."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from localairflow.faults.dumps import Dumps
from localairflow.faults.experiment import Experiment, carry_out, telling
from localairflow.faults.page import page


def _outage(text: str) -> tuple[str, float]:
    name, _, seconds = text.partition("=")
    if name not in ("postgres", "valkey", "store"):
        raise argparse.ArgumentTypeError(f"{name!r} is no service; there are postgres, valkey, store")
    return name, float(seconds)


def main() -> int:
    """Write the page; 1 where the faults made a difference."""
    parser = argparse.ArgumentParser(prog="python -m localairflow.faults", description=__doc__)
    parser.add_argument("--days", type=int, default=60, help="dump days of the backfill (60)")
    parser.add_argument("--documents", type=int, default=200, help="a day (200)")
    parser.add_argument("--kills", type=int, default=30, help="how many (30)")
    parser.add_argument("--workers", type=int, default=3, help="Celery workers, each with one task at a time (3)")
    parser.add_argument("--more", nargs="*", default=(), help="further victims: api-server, triggerer, postgres")
    parser.add_argument("--outages", nargs="*", type=_outage, default=(), help="services and seconds, as postgres=120 store=120")
    parser.add_argument("--seed", type=int, default=2026, help="of dumps, victims and moments (2026)")
    parser.add_argument("--hours", type=float, default=3, help="give up after so long (3)")
    parser.add_argument("--folder", type=Path, help="where it happens, for a look afterwards (a new one, removed)")
    parser.add_argument("--out", type=Path, help="page to write, such as docs/reliability.md")
    options = parser.parse_args()
    dumps = Dumps(options.days, options.documents, options.seed)
    experiment = Experiment(dumps, options.kills, options.workers, tuple(options.more), dict(options.outages))
    with tempfile.TemporaryDirectory() as scratch:
        result = carry_out(experiment, options.folder or Path(scratch), options.hours * 3600, telling())
    text = page(experiment, result)
    sys.stdout.write(text)
    if options.out:
        options.out.write_text(text, "utf-8")
    return 0 if result.verdict.holds else 1


if __name__ == "__main__":
    sys.exit(main())
