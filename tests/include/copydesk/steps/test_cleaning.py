"""A worker that dies while it labels."""

from __future__ import annotations

import os
import signal

import pyarrow as pa

from copydesk import pipeline
from copydesk.steps.cleaning import made_of
from copydesk.steps.working import WORKER

LONG = "".join(
    f"<p>Boat {n} of the harbour was counted on Monday, and its owner said that it had been there before.</p>" for n in range(900)
)


def test_a_worker_that_is_killed_while_it_labels_is_replaced_and_every_article_comes_once(press, page):
    press.dump([page(n, extra=f"<article>{LONG}</article>") for n in range(40)])
    run = press.run(batch_records=2)
    pipeline.plan(run)
    pipeline.segment(run, 0)
    pipeline.add_up_repetition(run)

    def made(killed_after: int | None) -> tuple[pa.Table, pa.Table]:
        found = []
        for n, some in enumerate(made_of(run, 0)):
            found.append(some)
            if n == killed_after:
                os.kill(WORKER.process_id, signal.SIGKILL)
        assert not any(some.rejects for some in found)
        return pa.concat_tables([some.articles for some in found]), pa.concat_tables([some.cut for some in found])

    WORKER.start()
    undisturbed, first = made(None), WORKER.process_id
    assert undisturbed[0].num_rows == 40
    assert made(3) == undisturbed
    assert WORKER.process_id != first
