"""`copydesk backup`: a copy of the lake somewhere else, and the lake again from its copy."""

from __future__ import annotations

from rich.filesize import decimal

from copydesk.commands.environment import preparing, reaching
from copydesk.commands.export import lake_uri
from copydesk.commands.terminal import progress, say


def backup(target: str) -> int:
    """Bring the lake at `target` up to that of COPYDESK_LAKE."""
    from copydesk.lake.reading import open_lake
    from copydesk.storage import Storage
    from copydesk.upkeep.copying import copy_lake

    with preparing(), reaching("COPYDESK_LAKE"):
        lake = open_lake(lake_uri())
        copy = Storage.open(target)
    with progress() as report:
        copied = copy_lake(lake, copy, lambda done, of: report("folders", done, of))
    say(f"{copy.uri}: {copied.files:,} files ({decimal(copied.bytes)}) copied from {lake.uri}")
    return 0
