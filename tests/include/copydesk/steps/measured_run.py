"""The steps of a run of so many pages in one shard, in a process of its own: prints the most memory any process held, in MiB."""

from __future__ import annotations

import os
import resource
import sys
from datetime import UTC, datetime
from pathlib import Path

from copydesk import pipeline
from copydesk.lake import parts
from copydesk.run import Run
from copydesk.settings import Settings
from copydesk.sources import Source
from copydesk.steps import cleaning, counting
from copydesk.steps.judging import judge_run

PARAGRAPH = (
    "The harbour office counted {n} boats on Monday, {m} more than in any week since the bridge was mended in the spring. "
)


def write_dump(folder: Path, pages: int) -> None:
    folder.mkdir(parents=True)
    with (folder / "all.jsonl").open("w") as dump:
        for n in range(pages):
            body = "".join(f"<p>{PARAGRAPH.format(n=n, m=m) * 4}</p>" for m in range(8))
            page = f"<article><h1>Boats counted, part {n}</h1>{body}</article>"
            dump.write(f'{{"url": "https://paper.example/{n}", "content": "{page}", "published": "2026-11-03T10:00:00Z"}}\n')


def largest_process() -> int:
    """Peak of this process and of those it started and keeps."""
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    lines = [line for pid in children for line in Path(f"/proc/{pid}/status").read_text().splitlines()]
    peaks = [int(line.split()[1]) for line in lines if line.startswith("VmHWM")]
    return max([resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, *peaks]) >> 10


def main(root: Path, pages: int) -> None:
    # What is held at once is small, so that a few pages are many times as much.
    parts.RUN_BYTES = cleaning.CHECKED_BYTES = 1 << 20
    counting.RUN_ROWS = 1000
    write_dump(root / "raw" / "2026-11-03", pages)
    table = {"name": "paper", "raw": "{key}/*", "format": "jsonl", "record": {"published_at": "published"}}
    settings = Settings(raw=str(root / "raw"), lake=str(root / "lake"), sources=str(root), batch_records=50)
    run = Run(Source.model_validate(table), "2026-11-03", "one", settings)
    pipeline.plan(run)
    pipeline.segment(run, 0)
    pipeline.add_up_repetition(run)
    pipeline.clean(run, 0)
    judge_run(run, datetime(2026, 11, 4, tzinfo=UTC))
    pipeline.publish(run)
    print(largest_process())  # noqa: T201 - the answer


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
