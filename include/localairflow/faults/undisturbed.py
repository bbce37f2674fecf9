"""The lake as it is without Airflow and without faults: the steps of each day in turn, then curation, in one process.

`python -m localairflow.faults.undisturbed SOURCE KEY…`, with the settings in the environment.
"""

from __future__ import annotations

import sys

from copydesk.commands.curate import curate
from copydesk.pipeline import run_alone
from copydesk.run import Run


def main(source: str, keys: list[str]) -> int:
    """The exit code of the curation."""
    for key in keys:
        run_alone(Run.from_env(source, key, f"undisturbed-{key}"))
    return curate(None)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
