"""Files that no manifest names, among those a quick scrub found too many, and writes that were never finished."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from copydesk.filesystems.local import UNFINISHED
from copydesk.lake.cached_lines import KEPT
from copydesk.lake.scrubbing import Fault, Finding
from copydesk.quality.docs_folder import DOCS
from copydesk.steps.publishing import REPETITIONS
from copydesk.storage import FileInfo, Storage
from copydesk.upkeep.waste import Kind, Waste

EARLIER = f"{KEPT}.arrow"  # which builds before the first release kept in the place of the folder
OURS = re.compile(rf"part-[0-9a-f]{{32}}(-\d+)?\.parquet|{UNFINISHED}.*")  # what has another name, somebody else has put there


def strays(storage: Storage, findings: Iterable[Finding]) -> Iterator[Waste]:
    """Those of ours, in the datasets and beside them."""
    paths = [EARLIER, *(finding.path for finding in findings if finding.fault is Fault.EXTRA)]
    for folder, recursive in (("", False), (DOCS, True), (REPETITIONS, True), (KEPT, True)):
        files = storage.files(folder, recursive, unfinished=True)
        paths += [file.path for file in files if PurePosixPath(file.path).name.startswith(UNFINISHED)]
    for path in paths:
        if waste := stray(storage, path):
            yield waste


def stray(storage: Storage, path: str) -> Waste | None:
    """One of them as it is now; None where it has gone or is not ours."""
    info = storage.filesystem.get_file_info(storage.full(path))
    if not info.is_file or not (path == EARLIER or OURS.fullmatch(PurePosixPath(path).name)):
        return None
    return Waste(Kind.STRAY, path, 1, info.size, storage.changed_at(FileInfo(path, info.size, info.mtime)))
