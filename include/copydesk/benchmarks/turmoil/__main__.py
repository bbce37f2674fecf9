"""`python -m copydesk.benchmarks.turmoil --times 500`: is every day that is read one version whole?

Days of `articles` are published over and over by a process that is killed at random moments, and read meanwhile.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from copydesk.benchmarks.circumstances import circumstances
from copydesk.benchmarks.turmoil.page import page
from copydesk.benchmarks.turmoil.trial import endure


def main() -> int:
    """Write the page; 1 where a read, or the lake at the end, is not as it must be."""
    parser = argparse.ArgumentParser(prog="python -m copydesk.benchmarks.turmoil", description=__doc__)
    parser.add_argument("--times", type=int, default=500, help="publications (500)")
    parser.add_argument(
        "--lake", action="append", help="empty root, a local path or an s3:// URI; may be given again (a new folder)"
    )
    parser.add_argument("--seed", type=int, default=2026, help="of the moments of the kills (2026)")
    parser.add_argument("--out", type=Path, default=Path("docs/publishing.md"), help="page to write (docs/publishing.md)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcomes = []
        about = circumstances(datetime.now(UTC).date(), "python -m copydesk.benchmarks.turmoil")
        for uri in options.lake or [folder]:
            outcomes.append(endure(uri, options.times, options.seed))
            options.out.write_text(page(outcomes, about), "utf-8")
    return int(any(outcome.failed for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
