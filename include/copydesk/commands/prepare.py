"""`copydesk prepare`: make the roots where they are missing, so that an installation can begin."""

from __future__ import annotations

import time
from collections.abc import Callable

from pyarrow import fs

from copydesk.commands.environment import preparing, reaching
from copydesk.commands.terminal import say
from copydesk.settings import Settings
from copydesk.storage import Storage

PATIENCE_S = 120.0  # a store that has just been started cannot write for some seconds
PAUSE_S = 2.0


def prepare() -> int:
    """Make the folders or buckets of raw dumps and lake, and see that the first can be read and the second written."""
    with preparing():
        settings = Settings.from_env()
    for variable, uri in (("COPYDESK_RAW", settings.raw), ("COPYDESK_LAKE", settings.lake)):
        with reaching(variable):
            root = _made(uri)
            say(f"{variable}: {root.uri} is there")
    with reaching("COPYDESK_LAKE"):
        _patiently(root.check_writable)
    return 0


def _made(uri: str) -> Storage:
    root = Storage.open(uri)
    if root.is_local:
        root.filesystem.create_dir(root.base)
    else:
        _patiently(lambda: _make_bucket(uri, root))
    root.check_readable()
    return root


def _make_bucket(uri: str, root: Storage) -> None:
    bucket = root.base.split("/")[0]
    if root.filesystem.get_file_info(bucket).type == fs.FileType.Directory:
        return
    may_make, _ = fs.FileSystem.from_uri(f"{uri}{'&' if '?' in uri else '?'}allow_bucket_creation=true")
    may_make.create_dir(bucket)


def _patiently(step: Callable[[], None]) -> None:
    give_up = time.monotonic() + PATIENCE_S
    while True:
        try:
            return step()
        except OSError:
            if time.monotonic() > give_up:
                raise
            time.sleep(PAUSE_S)
