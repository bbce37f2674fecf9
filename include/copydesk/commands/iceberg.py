"""`copydesk iceberg`: `articles` for people who want a table format."""

from __future__ import annotations

from importlib.util import find_spec

from copydesk.commands.environment import WrongCall, preparing, reaching
from copydesk.commands.export import lake_uri
from copydesk.commands.terminal import counted, say


def sync(catalog_uri: str) -> int:
    """Register the published files of `articles` in an Iceberg catalogue, and take out those that were replaced."""
    if not find_spec("pyiceberg"):
        raise WrongCall("pyiceberg is not installed; install copydesk[iceberg]")
    from copydesk.lake.iceberg import TABLE, open_catalog, sync_articles
    from copydesk.lake.reading import open_lake

    with preparing(), reaching("COPYDESK_LAKE"):
        lake = open_lake(lake_uri())
    with preparing():
        catalog = open_catalog(catalog_uri)
    say(f"{TABLE}: {counted(sync_articles(lake, catalog))}")
    return 0
