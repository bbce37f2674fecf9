"""What extraction alone takes of the documents that a run is made of: `copydesk.extract`, in one process, from memory to a table."""

from __future__ import annotations

import time
from itertools import chain, islice

from copydesk.extraction import extract_records
from copydesk.raw.inputs import list_inputs
from copydesk.raw.reading import read_file
from copydesk.records import Record, Reject
from copydesk.settings import Settings
from copydesk.sources import Source, find
from copydesk.storage import Storage

WARMING = 50  # documents, so that nothing is loaded for the first time


def records_of(source: Source, key: str, count: int, settings: Settings) -> list[Record | Reject]:
    """The first records of a dump, read and held in memory."""
    raw = Storage.open(settings.raw)
    files = list_inputs(raw, source, key)
    return list(islice(chain.from_iterable(read_file(raw, file, source, settings) for file in files), count))


def cpu_seconds_alone(name: str, key: str, count: int) -> float:
    """Seconds of CPU for a document, over the first `count` of the dump; the settings are those of the environment."""
    settings = Settings.from_env()
    source = find(name, settings.sources)
    records = records_of(source, key, count, settings)
    extract_records(records[:WARMING], source, settings.batch_records)
    began = time.process_time()
    extract_records(records, source, settings.batch_records)
    return (time.process_time() - began) / max(len(records), 1)
