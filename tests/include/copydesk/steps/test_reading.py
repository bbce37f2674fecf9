from __future__ import annotations

import os
import signal

from copydesk import pipeline
from copydesk.steps.reading import READER, ShardReading


def test_every_record_comes_once_with_an_account_of_each_file(press, page):
    press.dump([page(n) for n in range(5)], [page(n) for n in range(5, 7)])
    run = press.run(batch_records=2)
    pipeline.plan(run)
    reading = ShardReading(run, 0)
    assert [item.url for item in reading] == [f"https://paper.example/{n}" for n in range(7)]
    assert [(account["records"], account["rejected"], account["complete"]) for account in reading.accounts] == [
        (5, 0, True),
        (2, 0, True),
    ]


def test_a_reader_that_is_killed_goes_on_where_it_was(press, page):
    press.dump([page(n) | {"content": page(n)["content"] + "x" * 200_000} for n in range(40)])
    run = press.run(batch_records=2)
    pipeline.plan(run)
    reading = ShardReading(run, 0)
    items = iter(reading)
    found = [next(items)]
    os.kill(READER.process_id, signal.SIGKILL)
    found += items
    assert [item.origin.ordinal for item in found] == list(range(40))
    assert [(account["records"], account["complete"]) for account in reading.accounts] == [(40, True)]


def test_what_a_reader_dies_of_again_costs_the_rest_of_its_file_and_nothing_else(press, page):
    press.dump([page(n) | {"content": page(n)["content"] + "x" * 200_000} for n in range(9)], [page(9)])
    run = press.run(batch_records=3)
    pipeline.plan(run)
    reading = ShardReading(run, 0)
    found = []
    for item in reading:
        found.append(item)
        if item.origin.ordinal in (2, 4) and len(found) < 9:
            os.kill(READER.process_id, signal.SIGKILL)
    assert [item.origin.ordinal for item in found[:-1]] == list(range(len(found) - 1))
    rest, other = found[-2:]
    assert (rest.stage, rest.reason, rest.origin.ordinal) == ("read", "crashed", len(found) - 2)
    assert "the rest of the file was not read" in rest.detail
    assert other.url == "https://paper.example/9"
    first, second = reading.accounts
    assert (first["records"], first["rejected"], first["complete"]) == (len(found) - 1, 1, False)
    assert (second["records"], second["complete"]) == (1, True)
