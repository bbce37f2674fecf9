"""Measure Copydesk and its peers on gold sets: `python -m copydesk.benchmarks --data DIR [--models DIR]`.

DIR holds one Parquet file a set (see the page it writes). Peers that are not installed are listed as such.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
from threadpoolctl import threadpool_limits

from copydesk.benchmarks.baselines import baselines
from copydesk.benchmarks.circumstances import circumstances
from copydesk.benchmarks.contest import Say, repetitions, slow_pages, tables
from copydesk.benchmarks.engine import shipped, unseen
from copydesk.benchmarks.memory import peak
from copydesk.benchmarks.page import page
from copydesk.benchmarks.peers import PEERS, Peer
from copydesk.benchmarks.results import Results
from copydesk.benchmarks.sets import MEDIA_TYPES, find_sets, read_set
from copydesk.benchmarks.speed import Pace, text_speed
from copydesk.errors import BadInput
from copydesk.favor import EVERYTHING, FAVORS

CALL_WRONG = 2
PROXIES = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")
NOWHERE = "http://127.0.0.1:9"  # nothing listens there
COSTED_MODES = ("html", "text_full")  # in which memory and the slowest page are looked for


def main(arguments: Sequence[str] | None = None, peers: Sequence[Peer] = PEERS) -> int:
    """Write the page; 2 where the sets or models are not what they should be."""
    options = _parser().parse_args(arguments)
    try:
        with one_thread(), offline():
            results = measure(options, peers, _say)
    except BadInput as error:
        sys.stderr.write(f"{error}\n")
        return CALL_WRONG
    options.output.write_text(page(results), "utf-8")
    return 0


@contextmanager
def one_thread() -> Iterator[None]:
    """Programs that would share their work over threads do it on one."""
    before = pa.cpu_count()
    pa.set_cpu_count(1)
    try:
        with threadpool_limits(1):
            yield
    finally:
        pa.set_cpu_count(before)


@contextmanager
def offline() -> Iterator[None]:
    """Programs that would fetch something are refused at once: it is not the page, and one waited for it without end."""
    before = {name: os.environ.get(name) for name in PROXIES}
    os.environ.update(dict.fromkeys(PROXIES, NOWHERE))
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value


def measure(options: argparse.Namespace, peers: Sequence[Peer], say: Say) -> Results:
    """Everything, in one run."""
    paths = find_sets(options.data, options.sets)
    costed = [mode for mode in COSTED_MODES if mode in options.modes]
    say("memory")
    memory = {mode: peak(paths, mode, options.batch) for mode in costed}
    sets = [read_set(path) for path in paths]
    full_texts = sets if "text_full" in options.modes else []
    ours = [*(unseen(options.models, favor) for favor in FAVORS if options.models and favor != EVERYTHING), shipped()]
    pace = Pace(options.repeat, options.timed)
    everyone = [*ours, *baselines(), *(peer.contestant() for peer in peers if peer.version())]
    return Results(
        circumstances(datetime.now(UTC).date(), _command(options), peers),
        list(tables(sets, options.modes, everyone, pace, say)),
        list(repetitions(full_texts, ours[0], say)),
        list(slow_pages(sets, costed, ours[-1], say)),
        text_speed(full_texts, options.batch, pace),
        memory,
        pace,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m copydesk.benchmarks", description=(__doc__ or "").split(":", maxsplit=1)[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of gold sets")
    parser.add_argument("--models", type=Path, help="folder of fold models, for figures on sites unseen")
    parser.add_argument("--output", type=Path, default=Path("docs/benchmarks.md"), help="page to write")
    parser.add_argument("--sets", type=_names, default=[], help="names of sets, with commas; all unless told")
    parser.add_argument("--modes", type=_modes, default=list(MEDIA_TYPES), help="of html,text_full,text_main; all unless told")
    parser.add_argument("--repeat", type=int, default=5, help="rounds in which speed is measured")
    parser.add_argument("--timed", type=int, default=50, help="pages of each set on which speed is measured")
    parser.add_argument("--batch", type=int, default=1_000, help="pages for memory, and texts for the speed of plain text")
    return parser


def _names(value: str) -> list[str]:
    return [name for name in value.split(",") if name]


def _modes(value: str) -> list[str]:
    unknown = set(_names(value)) - set(MEDIA_TYPES)
    if unknown:
        raise argparse.ArgumentTypeError(f"no mode {', '.join(sorted(unknown))}; there is {', '.join(MEDIA_TYPES)}")
    return _names(value)


def _command(options: argparse.Namespace) -> str:
    """The call without the places of one machine."""
    models = " --models MODELS" if options.models else ""
    sets = f" --sets {','.join(options.sets)}" if options.sets else ""
    modes = f" --modes {','.join(options.modes)}" if options.modes != list(MEDIA_TYPES) else ""
    numbers = f" --repeat {options.repeat} --timed {options.timed} --batch {options.batch}"
    return f"python -m copydesk.benchmarks --data DIR{models}{sets}{modes}{numbers}"


def _say(line: str) -> None:
    """Progress, for who watches."""
    if sys.stderr.isatty():
        sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
