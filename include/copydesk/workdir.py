"""The files of one ingest run between its steps: each step replaces its own, so a run can be killed and go on anywhere."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from copydesk.lake.layout import ingest_folder
from copydesk.storage import Storage

PLAN, REPETITION, VERDICT = "plan.json", "repetition.arrow", "verdict.json"
TOUCHED, PUBLICATION = "touched.json", "published.json"
PACKING = pa.ipc.IpcWriteOptions(compression="lz4")  # half as large again as zstd, in half of its time
END = b"\xff\xff\xff\xff\0\0\0\0"  # of a stream


class Packed(bytes):
    """A record batch as it lies in a stream of them."""


@dataclass(frozen=True, slots=True)
class Workdir:
    """A folder in the lake's staging, which every machine that works on the run can reach."""

    storage: Storage
    folder: str

    @classmethod
    def of(cls, storage: Storage, source: str, key: str, run_id: str) -> Workdir:
        """The folder of that run."""
        return cls(storage, ingest_folder(source, key, run_id))

    def path(self, name: str) -> str:
        """A file of the run, below the lake."""
        return f"{self.folder}/{name}"

    def shard(self, number: int, name: str) -> str:
        """The name of a shard's file."""
        return f"shard-{number:04d}/{name}"

    def write_json(self, name: str, value: Any) -> None:
        """Keep a small value."""
        self.storage.write_bytes(self.path(name), json.dumps(value, indent=1, sort_keys=True).encode())

    def read_json(self, name: str) -> Any:
        """A small value that an earlier step kept; None where it did not."""
        try:
            return json.loads(self.storage.read_bytes(self.path(name)))
        except FileNotFoundError:
            return None

    @contextmanager
    def writing_tables(self, name: str, schema: pa.Schema) -> Iterator[Callable[[pa.Table | Packed], None]]:
        """Keep tables one behind the other, each as one record batch, as they are given: there is a file only at the end."""
        with self.storage.open_output(self.path(name)) as sink:

            def write(table: pa.Table | Packed) -> None:
                sink.write(table if isinstance(table, Packed) else packed(table, schema))

            sink.write(schema.serialize())
            yield write
            sink.write(END)

    def read_tables(self, name: str) -> Iterator[pa.Table]:
        """The tables again, one at a time."""
        with self.storage.open_input(self.path(name)) as stream, pa.ipc.open_stream(stream) as reader:
            for batch in reader:
                yield pa.Table.from_batches([batch])

    def clear(self) -> None:
        """Forget the run."""
        self.storage.delete_tree(self.folder)

    def keep_only(self, name: str) -> None:
        """Delete every file of the run but one."""
        for file in self.storage.files(self.folder):
            if file.path != self.path(name):
                self.storage.delete_file(file.path)


def packed(table: pa.Table, schema: pa.Schema) -> Packed:
    """The table as it lies in such a file, for another process to write."""
    stream = pa.BufferOutputStream()
    with pa.ipc.new_stream(stream, schema, options=PACKING) as writer:
        writer.write_batch(_one_batch(table, schema))
    return Packed(memoryview(stream.getvalue())[schema.serialize().size : -len(END)])


def _one_batch(table: pa.Table, schema: pa.Schema) -> pa.RecordBatch:
    arrays = [column.combine_chunks() for column in table.select(schema.names).columns]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)
