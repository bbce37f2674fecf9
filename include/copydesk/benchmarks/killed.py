"""A run that is killed half-way, held against one that is not: `python -m copydesk.benchmarks.killed --source NAME --key KEY`.

Runs `copydesk run` to its end in one lake, and in another kills every process of it after a share of that time and calls it again.
Both lakes are new folders below COPYDESK_LAKE. It fails where they differ in a byte that readers see, or where a process is left.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from hashlib import file_digest
from pathlib import Path

from copydesk.benchmarks.scale import Outcome, command_of, measure, row_of
from copydesk.lake.layout import partition_path
from copydesk.schema import CLEAN, QUARANTINE, REMOVED
from copydesk.settings import Settings

GONE_SECONDS = 5  # that a process may take to be gone once its parent is


def published(lake: Path, source: str, key: str) -> dict[str, str]:
    """The checksum of every file of a dump that readers see, by its path, and of the manifests."""
    folders = [lake / partition_path(dataset, {"source": source, "dump": key}) for dataset in (CLEAN, QUARANTINE, REMOVED)]
    files = sorted(file for folder in folders for file in folder.iterdir())
    return {str(file.relative_to(lake)): _checksum(file) for file in files}


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def left(lake: Path) -> list[int]:
    """Processes that work on the lake still: those that have it in their environment."""
    mark = f"COPYDESK_LAKE={lake}".encode()
    found = []
    for environment in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark in environment.read_bytes().split(b"\0"):
                found.append(int(environment.parent.name))
        except OSError:  # it ended, or is another user's
            continue
    return found


def main(arguments: list[str] | None = None) -> int:
    """Run undisturbed, run and kill, run again, and compare."""
    parser = argparse.ArgumentParser(prog="python -m copydesk.benchmarks.killed", description=__doc__)
    parser.add_argument("--source", required=True)
    parser.add_argument("--key", required=True)
    parser.add_argument("--after", type=float, default=0.5, help="share of the time of the undisturbed run; default: %(default)s")
    given = parser.parse_args(arguments)
    root, dump = Path(Settings.from_env().lake).absolute(), (given.source, given.key)
    lakes = [root / name for name in ("undisturbed", "killed")]
    if any(lake.exists() for lake in lakes):
        parser.error(f"{root}: there is a lake of an earlier call; delete it or name another COPYDESK_LAKE")
    whole = _told("undisturbed", dump, measure(command_of(*dump), _environment(lakes[0])))
    if whole.returncode:
        return whole.returncode
    _told("killed", dump, measure(command_of(*dump), _environment(lakes[1]), whole.seconds * given.after))
    time.sleep(GONE_SECONDS)
    remaining = left(lakes[1])
    again = _told("called again", dump, measure(command_of(*dump), _environment(lakes[1])))
    expected, found = (published(lake, *dump) for lake in lakes)
    differing = sorted(path for path in expected.keys() | found.keys() if expected.get(path) != found.get(path))
    sys.stdout.write(
        f"{len(remaining)} processes left; {len(expected)} published files, of which differ: {differing or 'none'}\n"
    )
    return again.returncode or bool(differing or remaining)


def _environment(lake: Path) -> dict[str, str]:
    return {**os.environ, "COPYDESK_LAKE": str(lake)}


def _told(name: str, dump: tuple[str, str], outcome: Outcome) -> Outcome:
    sys.stdout.write(f"{name}: {row_of(*dump, outcome)}\n")
    sys.stdout.flush()
    return outcome


if __name__ == "__main__":
    sys.exit(main())
