from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = 'name = "lbc"\nraw = "lbc/{key}/*.txt"\nformat = "text"\non_missing = "wait"\narrival.deadline_hours = 1e3\n'
LONGEST_PAUSE_S = 2.0  # on a busy machine; a look at storage out of reach takes longer
DRIVE = """
import asyncio, sys, time
from datetime import date
from pathlib import Path
import copydesk_arrival

copydesk_arrival.POLL_S = 0.05
raw, case, patience = Path(sys.argv[1]), sys.argv[2], float(sys.argv[3])
today = date.today().isoformat()
classpath, keywords = copydesk_arrival.ArrivalTrigger("lbc", today, "manual").serialize()
assert classpath == "copydesk_arrival.ArrivalTrigger"


def deliver():
    (raw / "lbc" / today).mkdir(parents=True)
    (raw / "lbc" / today / "1.txt").write_text("The ferry is late.")


async def first_event(trigger):
    async for event in trigger.run():
        return event.payload


async def main():
    waiting = asyncio.create_task(first_event(copydesk_arrival.ArrivalTrigger(**keywords)))
    longest, last = 0.0, time.monotonic()
    for turn in range(100):
        await asyncio.sleep(0.01)
        now = time.monotonic()
        longest, last = max(longest, now - last) if turn > 1 else 0.0, now
    print(longest, flush=True)
    assert not waiting.done(), "fired too early"
    if case == "restarted":
        waiting.cancel()
        deliver()
        waiting = asyncio.create_task(first_event(copydesk_arrival.ArrivalTrigger(**keywords)))
    elif case == "arrives":
        deliver()
    elif case == "unmounted":
        raw.rmdir()
    assert await asyncio.wait_for(waiting, patience) == today


asyncio.run(main())
"""


@pytest.fixture
def drive(tmp_path: Path, checkout: Path):
    """Run a trigger in a process of its own, as the triggerer does; it prints the longest pause of its event loop, in seconds."""

    def run(case: str, raw: str | None = None, patience_s: int = 60) -> subprocess.CompletedProcess[str]:
        (tmp_path / "raw").mkdir()
        (tmp_path / "sources").mkdir()
        (tmp_path / "sources" / "lbc.toml").write_text(SOURCE + "arrival.settle_minutes = 0\n")
        own = {name: value for name, value in os.environ.items() if not name.startswith("AIRFLOW")}
        environment = own | {
            "AIRFLOW_HOME": str(tmp_path / "airflow"),
            "PYTHONPATH": str(checkout / "plugins"),
            "COPYDESK_RAW": raw or str(tmp_path / "raw"),
        }
        command = [sys.executable, "-c", DRIVE, str(tmp_path / "raw"), case, str(patience_s)]
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=800, check=False)

    return run


@pytest.mark.parametrize("case", ["arrives", "restarted", "unmounted"])
def test_a_trigger_fires_when_there_is_something_to_do(drive, case):
    done = drive(case)
    assert done.returncode == 0, done.stderr


def test_storage_that_does_not_answer_neither_fires_nor_blocks_the_event_loop(drive):
    done = drive("out of reach", raw="s3://bucket/x?region=us-east-1&scheme=http&endpoint_override=127.0.0.1:1", patience_s=2)
    assert "TimeoutError" in done.stderr
    assert "fired too early" not in done.stderr
    assert float(done.stdout.split()[0]) < LONGEST_PAUSE_S
