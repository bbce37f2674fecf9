"""Called by a test: one attempt of a task is frozen at each of its writes in turn, another is made, and the first goes on.

`two_attempts.py STEP WRITES LAKE OTHER_RUN…`: the lakes are LAKE-0, LAKE-1, …, and hold the work of run `one` up to STEP. With
OTHER_RUN that is what the second attempt is of. What it writes is JSON: of each write the exit codes of both.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import traceback
from importlib import import_module

from copydesk import pipeline
from copydesk.preloading import MODULES
from copydesk.run import Run
from copydesk.settings import Settings
from copydesk.sources import Source
from copydesk.storage import Storage

NEVER = -1
STEPS = {"publish": pipeline.publish, "clean": lambda run: pipeline.clean(run, 0)}


def freeze_at(write: int) -> None:
    """Stop this process before the write of that number; what waits for it then sees it stopped."""
    count = 0

    def counted(name):
        call = getattr(Storage, name)

        def stop_first(self, *arguments, **keywords):
            nonlocal count
            if count == write:
                os.kill(os.getpid(), signal.SIGSTOP)
            count += 1
            return call(self, *arguments, **keywords)

        setattr(Storage, name, stop_first)

    for name in ("write_bytes", "open_output", "link_file", "delete_file", "delete_tree"):
        counted(name)


def attempt(step: str, run: Run, write: int) -> int:
    """A process of its own, as on a machine of its own: no connection is shared, since none was made before, and no lock in its files."""
    if process := os.fork():
        return process
    tempfile.tempdir = tempfile.mkdtemp()
    code = 1
    try:
        freeze_at(write)
        STEPS[step](run)
        code = 0
    finally:
        traceback.print_exc()
        os._exit(code)


def main() -> None:
    step, writes, lake, source, *other = sys.argv[1:]
    for module in MODULES:  # once, before the forks, as in the process that Airflow forks its tasks from
        import_module(module)
    told = []
    for write in range(int(writes)):
        head, _, options = lake.partition("?")
        settings = Settings(raw=".", lake=f"{head}-{write}{'?' if options else ''}{options}", sources=".")
        one = Run(Source.model_validate_json(source), "2026-11-03", "one", settings)
        two = Run(one.source, one.key, *(other or ["one"]), settings)
        zombie = attempt(step, one, write)
        _, status = os.waitpid(zombie, os.WUNTRACED)
        if not os.WIFSTOPPED(status):
            break
        second = attempt(step, two, NEVER)
        _, second_status = os.waitpid(second, 0)
        os.kill(zombie, signal.SIGCONT)
        _, status = os.waitpid(zombie, 0)
        told.append({"first": os.waitstatus_to_exitcode(status), "second": os.waitstatus_to_exitcode(second_status)})
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
