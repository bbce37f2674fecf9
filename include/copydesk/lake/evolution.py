"""Partitions that another version of Copydesk wrote, with other columns than this one knows.

A column that came later is null in what was written before. A column that this version does not know is left out.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyarrow as pa

from copydesk.errors import BadInput
from copydesk.lake.manifest import Manifest
from copydesk.schema import SCHEMA_VERSION, Dataset
from copydesk.storage import Storage

if TYPE_CHECKING:
    import pyarrow.dataset as pads


class NewerSchema(UserWarning):
    """A later Copydesk wrote what is read, and may have written columns that this one leaves out."""


def warn_of_newer(storage: Storage, manifests: Iterable[Manifest | None]) -> None:
    """Say once if a partition has a later schema than this version's."""
    newer = [manifest for manifest in manifests if manifest and manifest.schema_version > SCHEMA_VERSION]
    if newer:
        version = max(manifest.schema_version for manifest in newer)
        what = (
            f"{storage.uri}: {newer[0].dataset} is of schema version {version}, and this copydesk knows version {SCHEMA_VERSION}"
        )
        warnings.warn(f"{what}: columns that came later are left out; upgrade copydesk", NewerSchema, stacklevel=2)


@contextmanager
def explaining(storage: Storage, dataset: Dataset, fragments: Callable[[], Iterable[pads.Fragment]]) -> Iterator[None]:
    """BadInput, with the file and the column, where values do not fit this version's types."""
    try:
        yield
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        advice = f"publish the partition again with schema version {SCHEMA_VERSION}"
        raise BadInput(f"{storage.uri}: {error}{_cause(fragments(), dataset)}; {advice}") from None


def _cause(fragments: Iterable[pads.Fragment], dataset: Dataset) -> str:
    """The first column of another type and its file, of which Arrow says nothing; of a damaged file it says all."""
    try:
        return next((f": {words}" for fragment in fragments for words in _misfits(fragment, dataset)), "")
    except pa.ArrowInvalid:
        return ""


def _misfits(fragment: pads.Fragment, dataset: Dataset) -> Iterator[str]:
    for column in dataset.schema:
        at = fragment.physical_schema.get_field_index(column.name)
        if at >= 0 and _plain(fragment.physical_schema.field(at).type) != _plain(column.type):
            found = fragment.physical_schema.field(at).type
            yield f"{fragment.path}: {column.name} is {found}, and in version {SCHEMA_VERSION} {column.type}"


def _plain(type_: pa.DataType) -> pa.DataType:
    return type_.value_type if pa.types.is_dictionary(type_) else type_
