"""Learn the labeller from gold sets: `python -m copydesk.labels.train --data DIR`.

DIR holds one Parquet file a set, with the columns id, url, crawl_date, html, text_full, text_main, body, body_required, title,
captions, with, without; `--corrections LAKE` adds what people corrected on the Copydesk page. Prints how well sites are read that
the model has not seen, then writes the model that is shipped.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from threadpoolctl import threadpool_limits

from copydesk.labels import learned_file
from copydesk.labels.training.corrected import corrected
from copydesk.labels.training.course import Course, Settings
from copydesk.labels.training.evaluation import report, summarise
from copydesk.labels.training.gold import Lesson
from copydesk.labels.training.gold import lessons as gold_lessons
from copydesk.labels.training.importance import importance
from copydesk.labels.training.samples import samples
from copydesk.labels.training.unseen import Pairs
from copydesk.settings import PREFIX
from copydesk.settings import Settings as Surroundings

PROJECT = Path(__file__).resolve().parents[3]
SAMPLES, EXPECTED = PROJECT / "include" / "samples", PROJECT / "tests" / "data" / "samples.json"


def main(arguments: list[str] | None = None) -> int:
    """Print the table of scores on unseen sites and the weight of each input; write the models."""
    options = _parser().parse_args(arguments)
    started = time.monotonic()
    with threadpool_limits(1):  # small products of matrices: more threads wait for each other
        lessons = [*gold_lessons(options.data), *samples(SAMPLES, EXPECTED), *_corrections(options.corrections)]
        course = Course.prepare(lessons, Settings(passes=options.passes, networks=options.networks))
        say(f"{course.size()} after {time.monotonic() - started:.0f} s")
        for line in _study(course, options):
            say(line)
    say(f"{options.output}: {options.output.stat().st_size / 1000:.0f} kB after {time.monotonic() - started:.0f} s")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of gold sets")
    parser.add_argument(
        "--corrections", metavar="LAKE", help="learn too from what people corrected in this lake; reads COPYDESK_RAW again"
    )
    parser.add_argument(
        "--output", type=Path, default=Path(learned_file.__file__).with_name(learned_file.FILE), help="file to write"
    )
    parser.add_argument(
        "--folds", type=int, default=4, help="parts of the sites, each tested on a model of the others; 0: no test"
    )
    parser.add_argument("--models", type=Path, help="folder for the models of the folds: for benchmarks on unseen sites")
    parser.add_argument("--passes", type=int, default=Settings().passes, help="over all blocks")
    parser.add_argument("--networks", type=int, default=Settings().networks, help="whose opinions are averaged")
    return parser


def _corrections(lake: str | None) -> Iterator[Lesson]:
    """The documents that people corrected blocks of, where a lake of such is named."""
    return corrected(Surroundings.from_env({**os.environ, f"{PREFIX}LAKE": lake}), say) if lake else iter(())


def _study(course: Course, options: argparse.Namespace) -> Iterator[str]:
    """The lines of the report, while models are learned and written."""
    pairs: Pairs = {}
    *folds, final = course.study(options.folds)
    for part, fold in enumerate(folds):
        for key, found in fold.pairs.items():
            pairs.setdefault(key, []).extend(found)
        if options.models:
            options.models.mkdir(parents=True, exist_ok=True)
            (options.models / f"fold{part}.npz").write_bytes(learned_file.write(fold.model))
    for (name, mode), found in sorted(pairs.items()):
        yield report(name, mode, summarise(found))
    for form, networks in final.model.networks.items():
        for weighed in importance(final.model.inputs, final.spread[form], networks):
            yield f"{form:4} {weighed.weight:7.3f}  {weighed.name}"
    options.output.write_bytes(learned_file.write(final.model))


def say(line: str) -> None:
    """One line of the report, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
