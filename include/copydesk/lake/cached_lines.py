"""Rows of `runs` in short, kept beside the lake: a file for each source and month of dumps, so that whoever shows years opens few files.

A run adds its own when it is recorded; what a page had to read from `runs` itself, as of a run of an older version, it adds too. A file
of `runs` is named by its content and never changed, so what is kept under its path cannot grow old; it is left out once the file is gone.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import quote

from copydesk.lake.cache import VIEWS, keep, kept
from copydesk.lake.locks import in_turn
from copydesk.lake.manifest import REQUESTS
from copydesk.lake.run_lines import FIELDS, RunLine, dump_of
from copydesk.storage import Storage

KEPT = f"{VIEWS}/runs"  # may be deleted at any time
MONTH = re.compile(r"\d{4}-\d\d")
NO_MONTH = "archives"
ENCODED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=datetime.isoformat).encode

log = logging.getLogger(__name__)


def keep_lines(storage: Storage, lines: Iterable[RunLine]) -> None:
    """Add the runs to what is kept. That it cannot be written is no reason to fail: the runs are read from `runs` then.

    Writers of one machine take turns. Of two machines the later wins, and what it did not know of is added when it is first missed.
    """
    groups: dict[tuple[str, str], dict[str, RunLine]] = {}
    for line in lines:
        groups.setdefault((line.source, _place(line.source, line.dump)), {})[line.path] = line
    for (source, place), new in groups.items():
        try:
            with in_turn(storage, f"{KEPT} {source}"):
                known = _read(storage, place)
                if new.keys() - known.keys():
                    keep(storage, place, _packed([*(known | new).values()]))
        except OSError as error:
            log.warning("%s: runs are not kept in short, so pages of them open slower: %s", storage.uri_of(place), error)
            return


def kept_lines(storage: Storage, paths: Iterable[str]) -> dict[str, RunLine]:
    """What is kept of these files of `runs` and others of their months, by path."""
    places = {_place(values["source"], values["dump"]) for path in paths if (values := dump_of(path))}
    found: dict[str, RunLine] = {}
    with ThreadPoolExecutor(1 if storage.is_local else REQUESTS) as pool:
        for lines in pool.map(partial(_read, storage), sorted(places)):
            found |= lines
    return found


def _place(source: str, dump: str) -> str:
    month = MONTH.match(dump)  # an archive begins with a letter
    return f"{KEPT}/source={quote(source, safe='')}/{month[0] if month else NO_MONTH}.json"


def _packed(lines: list[RunLine]) -> bytes:
    rows = [[getattr(line, name) for name in FIELDS] for line in lines]
    return ENCODED({"fields": FIELDS, "runs": rows}).encode()


def _read(storage: Storage, place: str) -> dict[str, RunLine]:
    """Nothing where there is none that this user may read, or a damaged one, or one of another version."""
    content = kept(storage, place)
    if content is None:
        return {}
    known: dict[str, Any] = json.loads(content)
    return {line.path: line for line in map(_line, known["runs"])} if known["fields"] == list(FIELDS) else {}


def _line(row: list[Any]) -> RunLine:
    values = dict(zip(FIELDS, row, strict=True))
    times = {name: datetime.fromisoformat(values[name]) for name in ("started_at", "finished_at")}
    return RunLine(**{**values, **times, "verdict_reasons": tuple(values["verdict_reasons"])})
