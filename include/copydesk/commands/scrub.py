"""`copydesk scrub`: whether the lake holds what its manifests say."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.filesize import decimal

from copydesk.commands.environment import preparing, reaching
from copydesk.commands.export import lake_uri
from copydesk.commands.terminal import progress, remark, say

if TYPE_CHECKING:
    from copydesk.lake.scrubbing import Finding


def scrub(*, is_quick: bool) -> int:
    """Every file that is not as it should be, one a line, then what was looked at; 1 where there is any."""
    from copydesk.lake.reading import open_lake
    from copydesk.lake.scrubbing import scrub as scrub_lake

    with preparing(), reaching("COPYDESK_LAKE"):
        lake = open_lake(lake_uri())
    with progress() as report:
        scrubbed = scrub_lake(lake, is_quick=is_quick, report=lambda done, total: report("partitions", done, total))
    for finding in scrubbed.findings:
        say(f"{finding.fault}: {finding.path}: {finding.detail}")
    say(
        f"{scrubbed.partitions:,} partitions, {scrubbed.files:,} files ({decimal(scrubbed.bytes)}): {_in_words(scrubbed.findings)}"
    )
    if any(finding.is_damage for finding in scrubbed.findings):
        remark(
            "damage: take the partition from a back-up, or delete its _manifest.json and make it again "
            "(`copydesk run SOURCE KEY`, `copydesk curate --month YYYY-MM`)"
        )
    if any(not finding.is_damage for finding in scrubbed.findings):
        remark("extra: no reader sees them; `copydesk housekeeping` removes those that no writer is about to name")
    return 1 if scrubbed.findings else 0


def _in_words(findings: tuple[Finding, ...]) -> str:
    counts = Counter(finding.fault for finding in findings)
    return ", ".join(f"{count:,} {fault}" for fault, count in sorted(counts.items())) or "clean"
