"""Learn the labeller from gold sets: `python -m copydesk.labels.train --data DIR`.

DIR holds one Parquet file a set, with the columns id, url, crawl_date, html, text_full, text_main, body, body_required, title,
captions, with, without. Prints how well sites are read that the model has not seen, then writes the model that is shipped.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from threadpoolctl import threadpool_limits

from copydesk.labels import learned
from copydesk.labels.training.course import Course, Settings
from copydesk.labels.training.gold import lessons
from copydesk.labels.training.importance import importance
from copydesk.labels.training.samples import samples

PROJECT = Path(__file__).resolve().parents[3]
SAMPLES, EXPECTED = PROJECT / "include" / "samples", PROJECT / "tests" / "data" / "samples.json"


def main(arguments: list[str] | None = None) -> int:
    """Print the table of scores on unseen sites and the weight of each input; write the model unless told otherwise."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of gold sets")
    parser.add_argument("--output", type=Path, default=Path(learned.__file__).with_name(learned.FILE), help="file to write")
    parser.add_argument(
        "--folds", type=int, default=4, help="parts of the sites, each tested on a model of the others; 0: no test"
    )
    parser.add_argument("--passes", type=int, default=Settings().passes, help="over all blocks")
    parser.add_argument("--networks", type=int, default=Settings().networks, help="whose opinions are averaged")
    options = parser.parse_args(arguments)
    started = time.monotonic()
    with threadpool_limits(1):  # small products of matrices: more threads wait for each other
        course = Course.prepare(
            [*lessons(options.data), *samples(SAMPLES, EXPECTED)], Settings(passes=options.passes, networks=options.networks)
        )
        say(f"{course.size()} after {time.monotonic() - started:.0f} s")
        for line in course.examine(options.folds) if options.folds else ():
            say(line)
        model = course.learn()
        for name, weight in importance(model):
            say(f"{weight:7.3f}  {name}")
    options.output.write_bytes(learned.write(model))
    say(f"{options.output}: {options.output.stat().st_size / 1000:.0f} kB after {time.monotonic() - started:.0f} s")
    return 0


def say(line: str) -> None:
    """One line of the report, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
