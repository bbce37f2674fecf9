"""`articles` as an Apache Iceberg table over the published files, which are registered where they lie and not copied."""

from __future__ import annotations

import logging
from typing import Any

import pyarrow as pa
from pyiceberg.catalog import Catalog, load_catalog
from pyiceberg.exceptions import NoSuchTableError
from pyiceberg.table import Table
from pyiceberg.transforms import DayTransform
from sqlalchemy.exc import SQLAlchemyError

from copydesk.errors import BadInput
from copydesk.lake.layout import partition_path
from copydesk.lake.manifest import partitions
from copydesk.schema import ARTICLES
from copydesk.storage import Storage

CATALOG, NAMESPACE = "copydesk", "copydesk"
TABLE = f"{NAMESPACE}.{ARTICLES.name}"
FOLDER = f"iceberg/{ARTICLES.name}"  # of the table's own metadata, below the lake's root
DAY = "published_day"


def open_catalog(uri: str) -> Catalog:
    """The catalogue at a database's URI, such as `sqlite:////data/catalogue.db`; what else it needs, pyiceberg's settings say."""
    logging.getLogger("pyiceberg").setLevel(logging.ERROR)  # it warns of every dictionary column of every file
    try:
        catalog = load_catalog(CATALOG, uri=uri)
        catalog.create_namespace_if_not_exists(NAMESPACE)
    except (SQLAlchemyError, ValueError) as error:
        raise BadInput(f"{uri!r} is no catalogue: {error}; give one such as sqlite:////data/catalogue.db") from None
    return catalog


def sync_articles(lake: Storage, catalog: Catalog) -> dict[str, int]:
    """Make the table name the files that are published now, and no others, in one commit; how many came and went."""
    published, table = published_files(lake), _table(lake, catalog)
    held = {task.file.file_path: task.file for task in table.scan().plan_files()}
    came, gone = sorted(published - set(held)), [held[uri] for uri in sorted(set(held) - published)]
    with table.transaction() as change:
        with change.update_schema() as columns:
            columns.union_by_name(plain_schema())
        if gone:
            with change.update_snapshot().overwrite() as snapshot:
                for file in gone:
                    snapshot.delete_data_file(file)
        if came:
            change.add_files(came)
    return {"files": len(published), "files_added": len(came), "files_removed": len(gone)}


def published_files(lake: Storage) -> set[str]:
    """The addresses of all files that have rows, as Iceberg's readers want them."""
    folders = ((partition_path(ARTICLES, values), manifest) for values, manifest in partitions(lake, ARTICLES))
    return {_address(lake, f"{folder}/{part.name}") for folder, manifest in folders for part in manifest.parts if part.rows}


def plain_schema() -> pa.Schema:
    """The columns without dictionaries, which Iceberg does not know."""
    fields = [(f.name, f.type.value_type if pa.types.is_dictionary(f.type) else f.type) for f in ARTICLES.schema]
    return pa.schema(
        [pa.field(*field, metadata={"doc": ARTICLES.schema.field(field[0]).metadata[b"description"]}) for field in fields]
    )


def _table(lake: Storage, catalog: Catalog) -> Table:
    location = _address(lake, FOLDER)
    try:
        table = catalog.load_table(TABLE)
    except NoSuchTableError:
        return _created(catalog, location)
    if table.location() != location:
        raise BadInput(f"{TABLE} of this catalogue is the table of another lake, {table.location()}; give a catalogue of its own")
    return table


def _created(catalog: Catalog, location: str) -> Table:
    """Partitioned by the day of publication, which Iceberg takes from the rows: our partition column stands in paths alone."""
    with catalog.create_table_transaction(TABLE, schema=plain_schema(), location=location) as creation:
        change: Any = creation.update_spec()
        with change:
            change.add_field("published_at", DayTransform(), DAY)
    return catalog.load_table(TABLE)


def _address(lake: Storage, path: str) -> str:
    return f"file://{lake.full(path)}" if lake.is_local else lake.uri_of(path)
