"""`copydesk migrate`: what an older Copydesk published, in the schema of this one."""

from __future__ import annotations

from copydesk.commands.environment import preparing, reaching
from copydesk.commands.export import lake_uri
from copydesk.commands.terminal import remark, say


def migrate(*, is_rehearsal: bool) -> int:
    """Write every partition of an older schema version anew; with `is_rehearsal` only say which."""
    from copydesk.lake.migrating import migrate as migrate_partition
    from copydesk.lake.migrating import outdated
    from copydesk.lake.reading import open_lake
    from copydesk.schema import SCHEMA_VERSION

    with preparing(), reaching("COPYDESK_LAKE"):
        lake = open_lake(lake_uri())
        found = list(outdated(lake))
    for dataset, old in found:
        what = f"{dataset.name} {' '.join(str(value) for value in old.values.values())}"
        if is_rehearsal:
            say(f"{what}: of version {old.schema_version}, {old.rows} rows")
        elif migrate_partition(lake, dataset, old) is None:
            remark(f"{what}: published anew meanwhile, and left as that has it")
        else:
            say(f"{what}: version {old.schema_version} → {SCHEMA_VERSION}, {old.rows} rows")
    say(f"schema version {SCHEMA_VERSION}: {len(found)} partitions {'are older' if is_rehearsal else 'were older'}")
    return 0
