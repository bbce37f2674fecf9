"""What decides on the bytes a run publishes, in one hash: equal hash, equal result."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

from copydesk.raw.inputs import InputFile
from copydesk.run import Run
from copydesk.settings import Settings
from copydesk.sites.book import own_version

PACKAGE = Path(__file__).parents[1]
PLACES = {"raw", "lake", "sources", "site_rules"}  # where things are; what they hold is in the fingerprint by itself
KEEPING = {name for name in Settings.model_fields if name.startswith("keep_")}  # what housekeeping does is no run's matter
TIMING = {"shards_at_once", "processes"}  # how many at once changes nothing of what each does


def fingerprint(run: Run, inputs: Sequence[InputFile]) -> str:
    """The same for a dump that did not change, under the same source file, settings, code, model and site rules."""
    parts = {
        "kind": run.kind,
        "inputs": [(file.uri, file.size, file.modified_at) for file in inputs],
        "source": run.source.model_dump(mode="json", exclude={"good_by"}),
        "settings": run.settings.model_dump(mode="json", exclude=PLACES | KEEPING | TIMING),
        "site rules": own_version(),
        "code": _code(),
    }
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


@cache
def _code() -> str:
    """Of every file of the package, the model among them: a version number stays the same while somebody mends the code."""
    files = sorted(path for path in PACKAGE.rglob("*") if path.is_file() and path.suffix != ".pyc")
    digest = sha256()
    for path in files:
        digest.update(str(path.relative_to(PACKAGE)).encode() + b"\0" + sha256(path.read_bytes()).digest())
    return digest.hexdigest()
