"""`copydesk put`: raw dumps of this machine to where runs look for them, which may be a bucket nobody else can reach."""

from __future__ import annotations

import shutil
from pathlib import Path

from copydesk.commands.environment import WrongCall, preparing, reaching
from copydesk.commands.terminal import say
from copydesk.settings import Settings
from copydesk.storage import Storage


def put(folder: Path) -> int:
    """Copy every file of `folder` to the same place below COPYDESK_RAW; each appears there whole, and replaces its namesake."""
    if not folder.is_dir():
        raise WrongCall(f"{folder}: no such folder; give the one that holds the folders of the sources")
    with preparing():
        raw = Storage.open(Settings.from_env().raw)
        found = Storage.open(str(folder)).files()
    with reaching("COPYDESK_RAW"):
        raw.check_readable()
        for file in found:
            with (folder / file.path).open("rb") as source, raw.open_output(file.path) as target:
                shutil.copyfileobj(source, target, 1 << 20)
    say(f"{len(found)} files, {sum(file.size for file in found):,} bytes, are in {raw.uri}")
    return 0
