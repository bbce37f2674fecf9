"""Coverage-guided fuzzing of every reader and of extraction: `python -m copydesk.benchmarks.fuzz --minutes 10`.

Needs the extra `fuzz`. An input that breaks a promise is written to the folder of findings; once the cause is mended it belongs
in `tests/data/fuzz/<target>/`, where a test tries it again.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory

from copydesk.benchmarks.fuzz.seeds import seeds
from copydesk.benchmarks.fuzz.targets import KINDS, targets

HANG_SECONDS = 20  # one input; the limit of a document in a run
MEMORY_MB = 1024
EXTRACTIONS = 1500  # inputs of one process: atheris keeps what comparisons of arrays give, which is no leak of ours
LONGEST_INPUT = 1 << 16  # bytes
LOOP = "copydesk.benchmarks.fuzz.loop"


def main(arguments: list[str]) -> int:
    """Fuzz the targets one after the other; 1 where one of them broke."""
    parser = argparse.ArgumentParser(prog="python -m copydesk.benchmarks.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", help=f"all unless named: {', '.join(targets())}")
    parser.add_argument("--minutes", type=float, default=10, help="for each target")
    parser.add_argument("--findings", type=Path, default=Path("findings"), help="folder for inputs that break a promise")
    options = parser.parse_args(arguments)
    if unknown := set(options.targets) - set(targets()):
        parser.error(f"no target {', '.join(sorted(unknown))}; there is {', '.join(targets())}")
    broken = [name for name in options.targets or targets() if not _fuzz(name, options.minutes, options.findings)]
    sys.stdout.write(f"broken: {', '.join(broken)}\n" if broken else "nothing broke\n")
    return 1 if broken else 0


def _fuzz(target: str, minutes: float, findings: Path) -> bool:
    """Whether the target kept its promises for so long."""
    found = findings / target
    found.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + 60 * minutes
    with TemporaryDirectory() as corpus:
        for number, seed in enumerate(seeds(target)):
            Path(corpus, f"seed-{number}").write_bytes(seed)
        while (left := ceil(until - time.monotonic())) > 0:
            options = (
                f"-max_total_time={left}",
                f"-runs={EXTRACTIONS if target in KINDS else -1}",
                f"-timeout={HANG_SECONDS}",
                f"-rss_limit_mb={MEMORY_MB}",
                f"-max_len={LONGEST_INPUT}",
                f"-artifact_prefix={found}/",
                "-print_final_stats=1",
            )
            child = subprocess.run([sys.executable, "-m", LOOP, target, corpus, *options], check=False)  # noqa: S603 (ourselves)
            if child.returncode:
                return False
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
