"""The steps of an ingest run in their order, the same for the dump of a day and for an archive."""

from __future__ import annotations

from typing import Any

from airflow.sdk import Asset, AssetAlias

from desk import steps
from desk.publishing import Publish


def wire(source: str, outlet: Asset | AssetAlias) -> Any:
    """Join the steps for a source, by its name or a template that gives it, to what its dump is known as; the first of them."""
    shards = steps.plan(source)
    segmented = steps.segment.partial(source=source).expand(shard=shards)
    cleaned = steps.clean.partial(source=source).expand(shard=shards)
    published = Publish(task_id="publish", source=source, outlets=[outlet])
    segmented >> steps.add_up_repetition(source) >> cleaned >> steps.judge(source) >> published
    steps.announce(source, published.output)
    return shards
